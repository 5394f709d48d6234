"""Lessons taught with a title of software: what a teacher may declare, and the act that is recorded of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from content_packages.facts import Kind
from elearn.clock import now
from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.account import Account
from elearn.models.material import Material, Status
from elearn.models.people import Enrolment, Post, PostRole, SchoolClass
from elearn.models.software_request import SoftwareTrial, TrialSchool
from elearn.models.usage import ActKind, ActSource, SignStep, UsageAct, UsageSign
from elearn.services import usage
from elearn.services.access import load_tree
from elearn.services.access.reach import owns
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.people.learners import learns_on
from elearn.services.software.decisions import approved_titles
from elearn.services.spans import check_day
from elearn.services.teach.classes import class_to_teach
from elearn.services.teach.sessions import PERIODS
from elearn.services.usage.signing import sign_days, told
from elearn.services.usage.signs import signed_acts, signs_of
from elearn.services.usage.voids import void_acts
from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.teach import TeachSession
    from elearn.services.access import Identity
    from elearn.services.usage.signing import SignRow

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as a teacher declares it: class and day, the period (tiết) where it is said, a note."""

    school_class: SchoolClass
    day: date
    lesson_period: int | None = None
    note: str = ""


def titles_on_trial(session: Session, units: Iterable[int], day: date) -> set[int]:
    """Ids of the titles that one of the units tries out on a day."""
    tried = select(SoftwareTrial.title_id).join(TrialSchool, TrialSchool.trial_id == SoftwareTrial.id)
    tried = tried.where(TrialSchool.unit_id.in_(tuple(units)))
    return set(session.scalars(tried.where(SoftwareTrial.starts_on <= day, SoftwareTrial.ends_on >= day)))


def usable_titles(session: Session, unit_id: int, day: date) -> list[Material]:
    """The titles that a school may teach with on a day, by name: approved for it, or tried out by it."""
    above = load_tree(session, day).ancestors(unit_id)
    ids = approved_titles(session, above, day) | titles_on_trial(session, [unit_id], day)
    if not ids:
        return []
    held = select(Material).where(Material.id.in_(ids), Material.kind == Kind.SOFTWARE.value)
    return list(session.scalars(held.where(Material.status != Status.WITHDRAWN).order_by(Material.title, Material.id)))


def class_of(session: Session, identity: Identity, uid: str, day: date) -> SchoolClass:
    """The class of a lesson of a day.

    Raises:
        ForbiddenError: `teach_class_not_found`.
    """
    return class_to_teach(session, identity, uid, day)


def declare(
    session: Session,
    identity: Identity,
    title: Material,
    lesson: Lesson,
    *,
    timezone: ZoneInfo,
    taught: TeachSession | None = None,
    source: ActSource = ActSource.TRACKER,
) -> UsageAct:
    """Record that a lesson was taught with a title; it counts once a leader has countersigned it.

    With a teach session the lesson is the one of the session, and its minutes stand beside it as evidence.

    Raises:
        ForbiddenError: `use_no_person`, `use_no_post`.
        ServiceError: `use_ahead`, `use_late` (nobody could countersign it in time), `teach_period`, `day_range`.
        ConflictError: `use_not_approved` (nor on trial at the school that day), `use_no_pupils`,
            `use_twice`, `use_counted` (the lesson with it counts already by teach mode).
    """
    day, school_class = lesson.day, lesson.school_class
    _check_day(session, day)
    if lesson.lesson_period is not None and lesson.lesson_period not in PERIODS:
        raise ServiceError("teach_period")
    unit_id = _check_post(session, identity, school_class, day)
    if title.id not in {row.id for row in usable_titles(session, unit_id, day)}:
        raise ConflictError("use_not_approved", title=title.title)
    if session.scalar(select(Enrolment.id).where(learns_on(school_class.id, day)).limit(1)) is None:
        raise ConflictError("use_no_pupils")
    said = {"lesson_period": lesson.lesson_period, "note": several_lines(lesson.note)[:LONGEST_NOTE]}
    details = {"by": "declared", **said}
    if taught is not None:
        details |= {"by": "teach", "session": taught.uid}
    act = usage.record(
        session,
        identity,
        ActKind.TAUGHT_WITH,
        timezone=timezone,
        material=title,
        version=title.current_version,
        class_id=school_class.id,
        course_id=taught.course_id if taught is not None else None,
        occurred_at=taught.started_at if taught is not None else _moment(session, day, timezone),
        key=_key(session, identity.person_id, school_class, title, day),
        details=details,
        source=source,
    )
    if act is None:  # the same lesson was declared in the same moment
        raise ConflictError("use_twice", title=title.title)
    return act


def _check_day(session: Session, day: date) -> None:
    check_day(day)
    today = day_of(session)
    if day > today:
        raise ServiceError("use_ahead")
    given = sign_days(session, [day])[day]
    if today - day > given:
        raise ServiceError("use_late", days=given.days)


def _check_post(session: Session, identity: Identity, school_class: SchoolClass, day: date) -> int:
    """Where the lesson is counted: the school of the class, or the main unit of whoever works at several."""
    if identity.person_id is None:
        raise ForbiddenError("use_no_person")
    works = select(Post.id).where(Post.person_id == identity.person_id, Post.valid_on(day), Post.role != PostRole.STAFF)
    if session.scalar(works.limit(1)) is None:
        raise ForbiddenError("use_no_post")
    unit_id = usage.unit_of_person(session, identity.person_id, day, school_class.id)
    if unit_id is None:
        raise ForbiddenError("use_no_post")
    return unit_id


def _moment(session: Session, day: date, timezone: ZoneInfo) -> datetime:
    """Noon of an earlier day, for nobody said the hour; of today the present moment."""
    return now() if day == day_of(session) else datetime.combine(day, time(12), timezone)


def _key(session: Session, person_id: int | None, school_class: SchoolClass, title: Material, day: date) -> str:
    """The key of a declared lesson: like that of a lesson in teach mode, and free again once it was withdrawn."""
    if person_id is None:
        raise ForbiddenError("use_no_person")
    counted = usage.taught_key(person_id, school_class.id, title.id, day)
    held = select(UsageAct.id).where(UsageAct.key == counted, UsageAct.id.not_in(void_acts()))
    if session.scalar(held) is not None:
        raise ConflictError("use_counted", title=title.title)
    prefix = f"with:{person_id}:{school_class.id}:{title.id}:{day.isoformat()}"
    earlier = list(session.scalars(select(UsageAct.id).where(UsageAct.key.startswith(f"{prefix}#", autoescape=True))))
    signs = signs_of(session, earlier)
    if any(act not in signs or signs[act].step is not SignStep.WITHDRAWN for act in earlier):
        raise ConflictError("use_twice", title=title.title)
    return f"{prefix}#{len(earlier)}"


def own_lessons(session: Session, identity: Identity, *, limit: int, offset: int = 0) -> tuple[int, list[SignRow]]:
    """What somebody has declared, with whichever account, newest first: number of all, and one page."""
    mine = [UsageAct.account_id == identity.account_id]
    if identity.person_id is not None:
        mine = [or_(*mine, UsageAct.person_id == identity.person_id)]
    held = [UsageAct.kind == ActKind.TAUGHT_WITH, *mine]
    total = session.scalar(select(func.count()).select_from(UsageAct).where(*held)) or 0
    acts = select(UsageAct).where(*held).order_by(UsageAct.act_date.desc(), UsageAct.id.desc())
    return total, told(session, session.scalars(acts.limit(limit).offset(offset)).all())


def get_own_lesson(session: Session, identity: Identity, uid: str) -> UsageAct:
    """A declared lesson of one's own.

    Raises:
        NotFoundError: `act_not_found`.
    """
    found = session.scalar(select(UsageAct).where(UsageAct.uid == uid, UsageAct.kind == ActKind.TAUGHT_WITH))
    if found is None or not owns(identity, found):
        raise NotFoundError("act_not_found")
    return found


def has_taught_with(session: Session, person_id: int | None, title_id: int) -> bool:
    """Whether somebody has a countersigned lesson with a title that is not void."""
    if person_id is None:
        return False
    held = select(UsageAct.id).where(
        UsageAct.person_id == person_id,
        UsageAct.material_id == title_id,
        UsageAct.kind == ActKind.TAUGHT_WITH,
        UsageAct.id.in_(signed_acts()),
        UsageAct.id.not_in(void_acts()),
    )
    return session.scalar(held.limit(1)) is not None


def title_taught_with(session: Session, identity: Identity, uid: str) -> Material | None:
    """The title with a uid, if it stands in a lesson that somebody declared."""
    if identity.person_id is None or not is_uid(uid):
        return None
    mine = select(UsageAct.material_id).where(
        UsageAct.person_id == identity.person_id, UsageAct.kind == ActKind.TAUGHT_WITH
    )
    return session.scalar(select(Material).where(Material.uid == uid, Material.id.in_(mine)))


def signer_names(session: Session, rows: Iterable[UsageSign | None]) -> dict[int, str]:
    """Id of an account -> the name of whoever signed or refused with it."""
    ids = {row.account_id for row in rows if row is not None}
    names = select(Account.id, Account.display_name).where(Account.id.in_(ids))
    return dict(session.execute(names).all()) if ids else {}
