"""The groups of the test platform's course (Course Groups Service 1.0), in pages and with their sets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

GS = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice"
GS_SCOPE = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly"
GROUPS_TYPE = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json"
SETS_TYPE = "application/vnd.ims.lti-gs.v1.contextgroupsetcontainer+json"


@dataclass
class CourseGroups:
    """Groups by id: name, set ("" for none) and who is in them. `in_roster` is whether the roster tells that."""

    address: str
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    in_roster: bool = True

    def add(self, identifier: str, name: str, *subjects: str, of: str = "") -> None:
        """A group."""
        self.names[identifier] = (name, of)
        self.members[identifier] = set(subjects)

    def claim(self) -> dict[str, Any]:
        """What a launch says."""
        told = {"scope": [GS_SCOPE], "service_versions": ["1.0"], "context_groups_url": f"{self.address}/groups"}
        return told | ({"context_group_sets_url": f"{self.address}/sets"} if self.sets else {})

    def enrolled(self, subject: str) -> dict[str, Any]:
        """What the roster says of somebody when it is asked for groups."""
        if not self.in_roster:
            return {}
        return {"group_enrollments": [{"group_id": name} for name, those in self.members.items() if subject in those]}

    def groups(self, request: Request) -> Response:
        """The groups, those of one user with `user_id`."""
        user = request.args.get("user_id")
        told = [
            {"id": name, "name": title, **({"set_id": of} if of else {})}
            for name, (title, of) in self.names.items()
            if user is None or user in self.members[name]
        ]
        return _page(request, "groups", told, GROUPS_TYPE)

    def group_sets(self, request: Request) -> Response:
        """The sets."""
        return _page(request, "sets", [{"id": name, "name": title} for name, title in self.sets.items()], SETS_TYPE)


def _page(request: Request, key: str, rows: list[dict[str, Any]], kind: str) -> Response:
    begin, most = int(request.args.get("from", 0)), min(int(request.args.get("limit", 2)), 2)
    answer = Response(json.dumps({"id": request.base_url, key: rows[begin : begin + most]}), content_type=kind)
    if begin + most < len(rows):
        onward = urlencode({**request.args.to_dict(), "from": begin + most})
        answer.headers["Link"] = f'<{request.base_url}?{onward}>; rel="next"'
    return answer
