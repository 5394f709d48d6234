"""Who somebody is in a course of the platform (LTI Core 1.3, appendix A.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership"
_ADMINISTRATORS = frozenset(
    {
        "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator",
        "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
        "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin",
    }
)


class ContextRole(StrEnum):
    """The principal roles of a context."""

    LEARNER = "Learner"
    INSTRUCTOR = "Instructor"
    ASSISTANT = "TeachingAssistant"
    DEVELOPER = "ContentDeveloper"
    ADMINISTRATOR = "Administrator"
    MANAGER = "Manager"
    MEMBER = "Member"
    MENTOR = "Mentor"
    OFFICER = "Officer"


TEACHING = frozenset(
    {
        ContextRole.INSTRUCTOR,
        ContextRole.ASSISTANT,
        ContextRole.DEVELOPER,
        ContextRole.ADMINISTRATOR,
        ContextRole.MANAGER,
    }
)
_NAMES = {role.value: role for role in ContextRole}


def context_roles(told: Iterable[str]) -> frozenset[ContextRole]:
    """The roles in the course. A roster's short words ("Learner") count too; roles elsewhere do not.

    `membership/Instructor#TeachingAssistant` is a sub-role: an assistant, and no instructor. The administrator of a
    whole platform or institution may look at everything a teacher sees.
    """
    found = {role for each in told if (role := _context_role(each)) is not None}
    if not _ADMINISTRATORS.isdisjoint(told):
        found.add(ContextRole.ADMINISTRATOR)
    return frozenset(found)


def _context_role(told: str) -> ContextRole | None:
    if told in _NAMES:
        return _NAMES[told]
    before, _, name = told.partition("#")
    if before == _CONTEXT:
        return _NAMES.get(name)
    if not before.startswith(f"{_CONTEXT}/"):
        return None
    return _NAMES.get(name) or _NAMES.get(before.removeprefix(f"{_CONTEXT}/"))
