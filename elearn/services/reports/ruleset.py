"""Rulesets: named, versioned thresholds of the ratio, frozen before the first day of the periods they count."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.database import day_of
from elearn.models.reports import Ruleset
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.services.access import Identity

DEFAULT_CODE = "VN-2024.1"
DEFAULT_NAME = "Tỷ lệ giáo viên ứng dụng CNTT, bộ quy tắc 2024.1"
DEFAULT_SINCE = date(2024, 1, 1)  # the first day of the first period a new database gets


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of INDICATORS 1. Shares are of 1, days are calendar days, both ends included.

    Those of class B decide when an act is recorded (teach mode and course items), the others and the days of a
    countersignature when it is counted.
    """

    min_days: int = 30  # in any main teaching post of the register
    leave_share: float = 0.5  # of the period; a longer leave excludes
    visiting_fte: float = 0.5  # thỉnh giảng below it is excluded
    authors: int = 3  # declared co-authors of a lesson
    b_students: int = 3
    b_share: float = 0.3  # of the class
    b_days: int = 7
    b_minutes: int = 10  # active in teach mode
    b_sign_days: int = 14  # from the lesson to the countersignature of what the teacher declares
    c_students: int = 5
    c_share: float = 0.3
    c_acts: int = 1  # of the teacher in the course

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Rules:
        """The rules of a row; what it does not name has the default, what this program does not know is passed over."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in names})

    def as_json(self) -> dict[str, Any]:
        """All thresholds by name, as kept in `ruleset.rules`."""
        return asdict(self)


def seed(session: Session) -> int:
    """Add the default ruleset where there is none at all; returns how many were added."""
    if session.scalar(select(Ruleset.id).limit(1)) is not None:
        return 0
    session.add(Ruleset(code=DEFAULT_CODE, name=DEFAULT_NAME, valid_from=DEFAULT_SINCE, rules=Rules().as_json()))
    session.flush()
    return 1


def create_ruleset(
    session: Session, identity: Identity, *, code: str, name: str, valid_from: date, rules: Rules
) -> Ruleset:
    """Add a ruleset for the periods that begin on a future day or later.

    Raises:
        ForbiddenError: the identity does not administer the house.
        ServiceError: `ruleset_not_future`, rules change only for a future period; `ruleset_rules`.
        ConflictError: `ruleset_code_taken`.
    """
    require(identity, Action.ADMINISTER, None)
    if valid_from <= day_of(session):
        raise ServiceError("ruleset_not_future", day=valid_from)
    if not _is_sensible(rules):
        raise ServiceError("ruleset_rules")
    if session.scalar(select(Ruleset.id).where(Ruleset.code == code)) is not None:
        raise ConflictError("ruleset_code_taken", ruleset=code)
    row = Ruleset(code=code, name=name, valid_from=valid_from, rules=rules.as_json())
    session.add(row)
    session.flush()
    audit.record(session, identity, "ruleset.create", row, code=code, valid_from=valid_from.isoformat())
    return row


def _is_sensible(rules: Rules) -> bool:
    shares = (rules.leave_share, rules.visiting_fte, rules.b_share, rules.c_share)
    counts = (rules.min_days, rules.authors, rules.b_students, rules.b_days, rules.b_minutes, rules.b_sign_days)
    return all(0 <= share <= 1 for share in shares) and min(*counts, rules.c_students, rules.c_acts) >= 1


def rulesets(session: Session) -> Sequence[Ruleset]:
    """All rulesets, newest first."""
    return session.scalars(select(Ruleset).order_by(Ruleset.valid_from.desc(), Ruleset.id.desc())).all()


def ruleset_by_code(session: Session, code: str) -> Ruleset | None:
    """The ruleset with a code such as VN-2024.1."""
    return session.scalar(select(Ruleset).where(Ruleset.code == code))


def ruleset_on(session: Session, day: date) -> Ruleset | None:
    """The ruleset of a period that begins on a day: the newest that was valid then."""
    valid = select(Ruleset).where(Ruleset.valid_from <= day)
    return session.scalar(valid.order_by(Ruleset.valid_from.desc(), Ruleset.id.desc()).limit(1))


def ruleset_of(session: Session, period: Period) -> Ruleset:
    """The ruleset that counts a period.

    Raises:
        NotFoundError: `ruleset_absent`; no ruleset was valid when the period began.
    """
    found = ruleset_on(session, period.starts_on)
    if found is None:
        raise NotFoundError("ruleset_absent", period=period.code)
    return found


def rules_on(session: Session, day: date) -> Rules:
    """The thresholds for an act of a day, as class B is judged when it happens; else the defaults."""
    found = ruleset_on(session, day)
    return Rules.from_json(found.rules) if found is not None else Rules()
