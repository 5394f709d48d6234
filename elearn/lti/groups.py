"""The groups of a course and the sets that hold them, page by page (Course Groups Service 1.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from elearn.lti.claims import GROUPS_SCOPE
from elearn.lti.errors import LtiError
from elearn.lti.roster import following, name_of_group
from elearn.lti.values import text

if TYPE_CHECKING:
    from collections.abc import Iterator

SCOPE: Final = GROUPS_SCOPE
GROUPS_TYPE: Final = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json"
SETS_TYPE: Final = "application/vnd.ims.lti-gs.v1.contextgroupsetcontainer+json"
LONGEST_NAME = 300  # characters


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a course; `set_id` is "" for one outside of all sets."""

    id: str
    name: str
    set_id: str = ""


@dataclass(frozen=True, slots=True)
class GroupSet:
    """A set of groups, such as those for the laboratory."""

    id: str
    name: str


def groups_page(body: object, link: str, *, asked: str) -> tuple[list[Group], str]:
    """The groups of a page that came from the address `asked`, and where the next one is ("" after the last).

    Raises:
        LtiError: it is no page of groups (`service_malformed`), or the next lies on another host
            (`service_elsewhere`).
    """
    found = [Group(name, _title(told, name), name_of_group(told.get("set_id"))) for name, told in _rows(body, "groups")]
    return found, following(link, asked=asked)


def sets_page(body: object, link: str, *, asked: str) -> tuple[list[GroupSet], str]:
    """The same of the sets.

    Raises:
        LtiError: as `groups_page`.
    """
    return [GroupSet(name, _title(told, name)) for name, told in _rows(body, "sets")], following(link, asked=asked)


def _rows(body: object, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    listed = body.get(key) if isinstance(body, dict) else None
    if not isinstance(listed, list):
        raise LtiError("service_malformed", service="groups", field=key)
    for told in listed:
        name = name_of_group(told.get("id")) if isinstance(told, dict) else ""
        if name:
            yield name, told


def _title(told: dict[str, Any], name: str) -> str:
    return text(told, "name", code="service_malformed", longest=LONGEST_NAME) or name
