"""The evidence behind one act, for the drill-down from the ratio: what was done, with what, who approved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from elearn.identifiers import is_uid
from elearn.models.account import Account
from elearn.models.course import Course, CourseItem
from elearn.models.learning import Attempt, Registration
from elearn.models.lti_courses import LtiContext, LtiLink
from elearn.models.material import Material, ReviewEvent, Version
from elearn.models.organisation import Unit
from elearn.models.people import Person, SchoolClass
from elearn.models.teach import TeachSession
from elearn.models.usage import ActKind, UsageAct, UsageSign, UsageVoid
from elearn.services.access import Action, may
from elearn.services.errors import NotFoundError
from elearn.services.people.persons import home_post
from elearn.services.usage.signing import signable

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class MaterialEvidence:
    """The version that was used; `sha256` is the digest of its file. A title without a file of ours has number 0."""

    uid: str
    title: str
    number: int
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ApprovalEvidence:
    """One step of the publishing form: a `ReviewStep` with whoever took it; `person` is "name (code)" or empty."""

    step: str
    who: str
    person: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class TeachEvidence:
    """The teach session; `minutes` are whole minutes of active time, `end` is None while it runs."""

    uid: str
    started_at: datetime
    ended_at: datetime | None
    minutes: int
    lesson_period: int | None
    end: str | None


@dataclass(frozen=True, slots=True)
class CourseEvidence:
    """The course and its item (empty title: the whole course); `learners` opened it so far."""

    uid: str
    title: str
    item_title: str
    learners: int


@dataclass(frozen=True, slots=True)
class PlatformEvidence:
    """The course of a learning platform and the activity in it (empty: the whole course) from which it came."""

    platform: str
    course: str
    activity: str
    learners: int


@dataclass(frozen=True, slots=True)
class SignEvidence:
    """A word about a lesson that a teacher declared: a `SignStep`, by whom (`person` as above), when, and why."""

    step: str
    reason: str
    who: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A void or its restoration."""

    restores: bool
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one act. Valid time is `occurred_at` (`act_date`), knowledge time `recorded_at`."""

    uid: str
    kind: str
    source: str
    person_code: str
    person_name: str
    unit_code: str
    unit_name: str
    occurred_at: datetime
    act_date: date
    recorded_at: datetime
    class_name: str
    class_unit: str
    material: MaterialEvidence | None
    approvals: tuple[ApprovalEvidence, ...]
    teach: TeachEvidence | None
    course: CourseEvidence | None
    platform: PlatformEvidence | None
    signs: tuple[SignEvidence, ...]
    decisions: tuple[Decision, ...]
    details: dict[str, Any]

    @property
    def is_void(self) -> bool:
        """Whether the newest decision voids the act."""
        return bool(self.decisions) and not self.decisions[-1].restores


def act_by_uid(session: Session, identity: Identity, uid: str) -> UsageAct:
    """The act with a uid.

    Raises:
        NotFoundError: there is none, or the identity may not see its evidence (the two look alike).
    """
    act = session.scalar(select(UsageAct).where(UsageAct.uid == uid)) if is_uid(uid) else None
    if act is None or not _may_see(session, identity, act):
        raise NotFoundError("act_not_found")
    return act


def evidence_of(session: Session, identity: Identity, act: UsageAct) -> Evidence:
    """What stands behind an act.

    Raises:
        NotFoundError: the identity sees neither the unit of the act nor the main unit of the person who did it.
    """
    if not _may_see(session, identity, act):
        raise NotFoundError("act_not_found")
    person = session.get(Person, act.person_id) if act.person_id is not None else None
    account = session.get(Account, act.account_id) if act.account_id is not None else None
    unit = session.get(Unit, act.unit_id) if act.unit_id is not None else None
    school_class = session.get(SchoolClass, act.class_id) if act.class_id is not None else None
    return Evidence(
        uid=act.uid,
        kind=act.kind.value,
        source=act.source.value,
        person_code=person.code if person else "",
        person_name=person.full_name if person else (account.display_name if account else ""),
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
        occurred_at=act.occurred_at,
        act_date=act.act_date,
        recorded_at=act.recorded_at,
        class_name=school_class.name if school_class else "",
        class_unit=school_class.unit.name if school_class else "",
        material=_material(session, act),
        approvals=_approvals(session, act),
        teach=_teach(session, act),
        course=_course(session, act),
        platform=_platform(session, act),
        signs=_signs(session, act),
        decisions=_decisions(session, act),
        details=dict(act.details),
    )


def _may_see(session: Session, identity: Identity, act: UsageAct) -> bool:
    # A teacher who moved takes the acts along into the count of the new school, whose head must see why.
    if may(identity, Action.SEE_ACT, act) or signable(session, identity, [act]):
        return True
    person = session.get(Person, act.person_id) if act.person_id is not None else None
    # Only the unit of the main post: whoever borrows the person for a few hours sees nothing of the work elsewhere.
    home = home_post(session, person) if person is not None else None
    return home is not None and may(identity, Action.SEE_REGISTER, home.unit)


def _material(session: Session, act: UsageAct) -> MaterialEvidence | None:
    if act.version_id is None:
        title = session.get(Material, act.material_id) if act.kind is ActKind.TAUGHT_WITH else None
        return MaterialEvidence(title.uid, title.title, 0, "", "") if title is not None else None
    version = session.get_one(Version, act.version_id, options=[joinedload(Version.material)])
    material = version.material
    return MaterialEvidence(material.uid, material.title, version.number, version.file_name, version.blob_sha256)


def _approvals(session: Session, act: UsageAct) -> tuple[ApprovalEvidence, ...]:
    """The chain that made an authored lesson count, or the one behind the shared material that was used."""
    if act.material_id is None:
        return ()
    steps = select(ReviewEvent).where(ReviewEvent.material_id == act.material_id).order_by(ReviewEvent.id)
    steps = steps.join(Account, Account.id == ReviewEvent.account_id)
    taken = steps.outerjoin(Person, Person.id == Account.person_id).add_columns(Account.display_name, Person)
    return tuple(
        ApprovalEvidence(event.step.value, name, _named(person), event.at, event.note)
        for event, name, person in session.execute(taken)
    )


def _named(person: Person | None) -> str:
    return f"{person.full_name} ({person.code})" if person else ""


def _signs(session: Session, act: UsageAct) -> tuple[SignEvidence, ...]:
    """Who countersigned what a teacher declared, refused it, or took it back; in the order of time."""
    if act.kind is not ActKind.TAUGHT_WITH:
        return ()
    rows = select(UsageSign, Account.display_name, Person).where(UsageSign.act_id == act.id)
    rows = rows.join(Account, Account.id == UsageSign.account_id).outerjoin(Person, Person.id == Account.person_id)
    return tuple(
        SignEvidence(row.step.value, row.reason, name, _named(person), row.recorded_at)
        for row, name, person in session.execute(rows.order_by(UsageSign.id))
    )


def _teach(session: Session, act: UsageAct) -> TeachEvidence | None:
    uid = act.details.get("session")
    row = session.scalar(select(TeachSession).where(TeachSession.uid == uid)) if isinstance(uid, str) else None
    if row is None:
        return None
    end = row.end.value if row.end else None
    minutes = int(row.active_seconds // 60)
    return TeachEvidence(row.uid, row.started_at, row.ended_at, minutes, row.lesson_period, end)


def _course(session: Session, act: UsageAct) -> CourseEvidence | None:
    item = None
    if act.placement_id is not None:
        item = session.scalar(select(CourseItem).where(CourseItem.placement_id == act.placement_id))
    course_id = act.course_id if item is None else item.course_id
    course = session.get(Course, course_id) if course_id is not None else None
    if course is None:
        return None
    learners = _openers(session, item) if item is not None else _active(session, course)
    return CourseEvidence(course.uid, course.title, item.title if item else "", learners)


def _platform(session: Session, act: UsageAct) -> PlatformEvidence | None:
    if act.details.get("by") != "lti":
        return None
    link_uid, context_uid = act.details.get("link"), act.details.get("context")
    link = session.scalar(select(LtiLink).where(LtiLink.uid == link_uid)) if isinstance(link_uid, str) else None
    context = link.context if link is not None else None
    if isinstance(context_uid, str):
        context = session.scalar(select(LtiContext).where(LtiContext.uid == context_uid))
    if context is None:
        return None
    return PlatformEvidence(
        platform=context.deployment.platform.name,
        course=context.title or context.label,
        activity=link.title if link is not None else "",
        learners=int(act.details.get("learners") or act.details.get("class_size") or 0),
    )


def _openers(session: Session, item: CourseItem) -> int:
    """How many accounts have an attempt at an item."""
    opened = select(func.count(func.distinct(Registration.account_id))).join(
        Attempt, Attempt.registration_id == Registration.id
    )
    return session.scalar(opened.where(Registration.placement_id == item.placement_id)) or 0


def _active(session: Session, course: Course) -> int:
    """How many accounts were active in a course."""
    active = select(func.count(func.distinct(UsageAct.account_id)))
    active = active.where(UsageAct.course_id == course.id, UsageAct.kind == ActKind.COURSE_ACTIVITY)
    return session.scalar(active) or 0


def _decisions(session: Session, act: UsageAct) -> tuple[Decision, ...]:
    rows = session.execute(
        select(UsageVoid, Account.display_name)
        .join(Account, Account.id == UsageVoid.account_id)
        .where(UsageVoid.act_id == act.id)
        .order_by(UsageVoid.id)
    )
    return tuple(Decision(row.restores, row.reason, name, row.recorded_at) for row, name in rows)
