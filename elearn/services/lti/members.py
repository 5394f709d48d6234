"""Who belongs to a course of a platform: as its roster says, and as launches have shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, cast, or_

from elearn.lti.roles import TEACHING
from elearn.models.lti_courses import LtiMember

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

_TEACHING = frozenset(role.value for role in TEACHING)


def is_teacher(member: LtiMember) -> bool:
    """Whether a member teaches the course or looks after it."""
    return not _TEACHING.isdisjoint(member.roles)


def teaching_members() -> ColumnElement[bool]:
    """The condition on `LtiMember` that says the same as `is_teacher`."""
    return or_(*(cast(LtiMember.roles, String).contains(f'"{role}"') for role in sorted(_TEACHING)))
