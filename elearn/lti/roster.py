"""The members of a course, page by page (Names and Role Provisioning Services 2.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from elearn.lti.errors import LtiError
from elearn.lti.roles import context_roles
from elearn.lti.values import LONGEST_ID, identifier, is_web_address, text, texts

if TYPE_CHECKING:
    from elearn.lti.roles import ContextRole

SCOPE: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_LINK = re.compile(r'<([^<>]*)>\s*;[^,<]*\brel\s*=\s*"?(next|differences)"?', re.IGNORECASE)
LONGEST_HEADER = 8192
MOST_OF_A_PAGE = 100  # a Moodle asks its database several times for each member: 500 took it 13 seconds


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a course; names are "" where the platform keeps them to itself.

    `groups` are ids of groups of the course (Course Groups 1.0, 3.2); None where the platform says nothing of them.
    """

    subject: str
    roles: frozenset[ContextRole]
    is_active: bool
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    groups: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a roster, and where the next one is ("" after the last)."""

    members: tuple[Member, ...]
    following: str = ""


def listing(memberships: str, **more: str) -> str:
    """The address of the first page; without a limit platforms tell a whole school at once.

    `more` are further fields of the question, such as `groups` ("true") or `user_id`.
    """
    parts = urlsplit(memberships)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in more]
    wanted = {} if any(name == "limit" for name, _ in asked) else {"limit": str(MOST_OF_A_PAGE)}
    if not wanted and not more:
        return memberships
    return urlunsplit(parts._replace(query=urlencode([*asked, *wanted.items(), *more.items()]), fragment=""))


def page(body: object, link: str, *, asked: str) -> Page:
    """Read a page that came from the address `asked`, with its `Link` header.

    Raises:
        LtiError: it is no roster (`service_malformed`), or the next page lies on another host (`service_elsewhere`).
    """
    if not isinstance(body, dict) or not isinstance(body.get("members"), list):
        raise LtiError("service_malformed", service="roster", field="members")
    told = [_member(each) for each in body["members"] if isinstance(each, dict)]
    return Page(tuple(member for member in told if member is not None), following(link, asked=asked))


def following(link: str, *, asked: str, relation: str = "next") -> str:
    """The address of the next page, "" without one; only on the host that was asked, over the same scheme."""
    for address, rel in _LINK.findall(link[:LONGEST_HEADER]):
        if rel.lower() != relation:
            continue
        target = urljoin(asked, address)
        if not is_web_address(target) or urlsplit(target)[:2] != urlsplit(asked)[:2]:
            raise LtiError("service_elsewhere", url=target[:200])
        return "" if target == asked else target
    return ""


def _member(told: dict[str, Any]) -> Member | None:
    if not isinstance(told.get("user_id"), str) or not told["user_id"]:
        return None
    try:
        subject = identifier(told, "user_id")
        names = {name: text(told, name) for name in ("name", "given_name", "family_name", "email")}
        is_active = text(told, "status") in {"", "Active"}
        return Member(subject, context_roles(texts(told, "roles")), is_active, **names, groups=_groups(told))
    except LtiError as error:
        raise LtiError("service_malformed", service="roster", field=str(error.params.get("field", ""))) from error


def _groups(told: dict[str, Any]) -> frozenset[str] | None:
    listed = told.get("group_enrollments")
    if not isinstance(listed, list):
        return None
    found = (name_of_group(each.get("group_id")) for each in listed if isinstance(each, dict))
    return frozenset(name for name in found if name)


def name_of_group(told: object) -> str:
    """The id of a group as a string; some platforms count their groups. "" when it is none."""
    if isinstance(told, bool) or not isinstance(told, str | int):
        return ""
    name = str(told)
    return name if len(name) <= LONGEST_ID and "\0" not in name else ""
