"""Countersigning what teachers declare: by the leader of their subject group or the head, in time, never one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select

from elearn.database import day_of
from elearn.models.material import Material
from elearn.models.people import Person, SchoolClass
from elearn.models.usage import ActKind, SignStep, UsageAct, UsageSign
from elearn.services import audit
from elearn.services.access import MANAGERS
from elearn.services.access.reach import owns
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.people.subject_groups import Roster, groups_led
from elearn.services.reports.ruleset import Rules, rulesets
from elearn.services.usage.signs import signs_of
from elearn.services.usage.voids import LONGEST_REASON, is_void, void_acts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_SHOWN, LOOKED_AT = 100, 2000
LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class SignRow:
    """A declared lesson with its names, the newest word about it (None: it waits) and the last day to countersign."""

    act: UsageAct
    person: Person
    title: Material
    school_class: SchoolClass
    sign: UsageSign | None
    last_day: date

    def is_late(self, day: date) -> bool:
        """Whether a countersignature of a day would not count any more."""
        return day > self.last_day


def signs_somewhere(session: Session, identity: Identity) -> bool:
    """Whether somebody has lessons to countersign at all: leads a subject group, or manages a unit."""
    return bool(identity.units_of(MANAGERS)) or bool(groups_led(session, identity.person_id, day_of(session)))


def waiting(session: Session, identity: Identity, *, most: int = MOST_SHOWN) -> list[SignRow]:
    """What waits for the countersignature of somebody, the oldest first; what would be late already is left out.

    A manager gets those of the units at which the role was given; for units below they may sign, and are not asked.
    """
    today = day_of(session)
    unanswered = and_(~exists().where(UsageSign.act_id == UsageAct.id), UsageAct.id.not_in(void_acts()))
    acts = _acts(session, identity, unanswered, today - _longest(session), newest_first=False)
    given = sign_days(session, {act.act_date for act in acts})
    return _told(session, identity, [act for act in acts if today <= act.act_date + given[act.act_date]], most)


def answered(session: Session, identity: Identity, *, most: int = MOST_SHOWN) -> list[SignRow]:
    """What somebody signed or refused lately, or could take back, the newest first."""
    # A lesson with any row is answered; whose row it was stands beside it.
    is_answered = exists().where(UsageSign.act_id == UsageAct.id)
    return _told(
        session, identity, _acts(session, identity, is_answered, day_of(session) - LATELY, newest_first=True), most
    )


def _acts(
    session: Session, identity: Identity, condition: ColumnElement[bool], since: date, *, newest_first: bool
) -> Sequence[UsageAct]:
    """The declared lessons of the units where somebody leads a group or manages, since a day."""
    groups = groups_led(session, identity.person_id, day_of(session))
    units = {group.unit_id for group in groups} | identity.units_of(MANAGERS)
    if not units:
        return []
    order = (UsageAct.act_date.desc(), UsageAct.id.desc()) if newest_first else (UsageAct.act_date, UsageAct.id)
    acts = (
        select(UsageAct)
        .where(UsageAct.kind == ActKind.TAUGHT_WITH, UsageAct.unit_id.in_(sorted(units)), condition)
        .where(UsageAct.act_date >= since)
        .order_by(*order)
        .limit(LOOKED_AT)
    )
    return session.scalars(acts).all()


def _told(session: Session, identity: Identity, acts: Sequence[UsageAct], most: int) -> list[SignRow]:
    """The first of those that somebody may countersign: a leader is not asked about the lessons of other groups."""
    allowed = signable(session, identity, acts)
    return told(session, [act for act in acts if act.id in allowed][:most])


def _longest(session: Session) -> timedelta:
    """For how long a lesson can be countersigned at most, whatever the ruleset."""
    given = [Rules().b_sign_days, *(Rules.from_json(row.rules).b_sign_days for row in rulesets(session))]
    return timedelta(days=max(given))


def told(session: Session, acts: Sequence[UsageAct]) -> list[SignRow]:
    """Acts with their names, in a fixed number of statements."""
    signs = signs_of(session, [act.id for act in acts])
    persons = _by_id(session, Person, {act.person_id for act in acts})
    titles = _by_id(session, Material, {act.material_id for act in acts})
    classes = _by_id(session, SchoolClass, {act.class_id for act in acts})
    given = sign_days(session, {act.act_date for act in acts})
    return [
        SignRow(
            act=act,
            person=persons[act.person_id],
            title=titles[act.material_id],
            school_class=classes[act.class_id],
            sign=signs.get(act.id),
            last_day=act.act_date + given[act.act_date],
        )
        for act in acts
    ]


def sign_days(session: Session, days: Collection[date]) -> dict[date, timedelta]:
    """Day of a lesson -> for how long it can be countersigned, by the ruleset of that day."""
    known = rulesets(session) if days else ()
    rules = {day: next((row for row in known if row.valid_from <= day), None) for day in days}
    found = {day: Rules.from_json(row.rules) if row is not None else Rules() for day, row in rules.items()}
    return {day: timedelta(days=row.b_sign_days) for day, row in found.items()}


def _by_id(session: Session, table: type, ids: Collection[int | None]) -> dict:
    known = sorted(each for each in ids if each is not None)
    return {row.id: row for row in session.scalars(select(table).where(table.id.in_(known)))} if known else {}


def signable(session: Session, identity: Identity, acts: Sequence[UsageAct]) -> set[int]:
    """The ids of the acts that somebody may countersign or refuse.

    Whoever manages the unit where the lesson was given, or above it; and whoever leads a group there to which the
    teacher belonged that day. A leader's own lessons are for another leader of the school, or the head.
    """
    declared = [act for act in acts if act.kind is ActKind.TAUGHT_WITH and not owns(identity, act)]
    managed = {act.id for act in declared if act.unit_id is not None and identity.reaches(MANAGERS, act.unit_id)}
    open_ones = [act for act in declared if act.id not in managed]
    today = day_of(session)
    led = {group.id: group.unit_id for group in groups_led(session, identity.person_id, today)} if open_ones else {}
    near = [act for act in open_ones if act.unit_id in led.values()]
    if not near:
        return managed
    roster = Roster(session, set(led.values()), {act.person_id for act in near if act.person_id is not None})
    return managed | {act.id for act in near if _leads_over(roster, led, act, today)}


def _leads_over(roster: Roster, led: dict[int, int], act: UsageAct, today: date) -> bool:
    if act.person_id is None or act.unit_id is None:
        return False
    belongs = roster.groups_of(act.person_id, act.unit_id, act.act_date)
    return not belongs.isdisjoint(led) or roster.leads(act.person_id, act.unit_id, today)


def sign(session: Session, identity: Identity, acts: Sequence[UsageAct]) -> int:
    """Countersign lessons, all of them or none; returns how many.

    Raises:
        ForbiddenError: `own_act`, `may_not_sign`, `person_needed`.
        ConflictError: `sign_already`, `sign_withdrawn`, `sign_void`, `sign_late` (the days of the ruleset are over).
    """
    newest, today = _hold(session, identity, acts), day_of(session)
    for row in told(session, acts):
        last = newest.get(row.act.id)
        if last is not None and last.step is not SignStep.REFUSED:
            raise ConflictError("sign_already" if last.step is SignStep.SIGNED else "sign_withdrawn")
        if is_void(session, row.act):
            raise ConflictError("sign_void")
        if row.is_late(today):
            raise ConflictError("sign_late", day=row.last_day)
        _add(session, identity, row.act, SignStep.SIGNED)
    return len(acts)


def refuse(session: Session, identity: Identity, acts: Sequence[UsageAct], reason: str) -> int:
    """Do not countersign lessons, or take a signature back, with a reason; all of them or none.

    Raises:
        ForbiddenError: as `sign`; ServiceError: `void_reason_needed`.
        ConflictError: `sign_refused`, `sign_withdrawn`.
    """
    newest = _hold(session, identity, acts)
    if not reason.strip():
        raise ServiceError("void_reason_needed")
    for act in acts:
        last = newest.get(act.id)
        if last is not None and last.step is not SignStep.SIGNED:
            raise ConflictError("sign_refused" if last.step is SignStep.REFUSED else "sign_withdrawn")
        _add(session, identity, act, SignStep.REFUSED, reason.strip()[:LONGEST_REASON])
    return len(acts)


def withdraw(session: Session, identity: Identity, act: UsageAct) -> None:
    """Take back what one has declared by mistake, whether it was countersigned or not; it stays in the ledger.

    Raises:
        ForbiddenError: `not_own_act`; ConflictError: `sign_withdrawn`.
    """
    if act.kind is not ActKind.TAUGHT_WITH or not owns(identity, act):
        raise ForbiddenError("not_own_act")
    _lock(session, [act])
    last = signs_of(session, [act.id]).get(act.id)
    if last is not None and last.step is SignStep.WITHDRAWN:
        raise ConflictError("sign_withdrawn")
    _add(session, identity, act, SignStep.WITHDRAWN)


def _hold(session: Session, identity: Identity, acts: Sequence[UsageAct]) -> dict[int, UsageSign]:
    """The newest words about acts that the identity may sign; nobody else decides about them until the commit."""
    if identity.account_id is None:
        raise ForbiddenError("person_needed")
    if any(owns(identity, act) for act in acts):
        raise ForbiddenError("own_act_sign")
    if signable(session, identity, acts) != {act.id for act in acts}:
        raise ForbiddenError("may_not_sign")
    _lock(session, acts)
    return signs_of(session, [act.id for act in acts])


def _lock(session: Session, acts: Sequence[UsageAct]) -> None:
    held = sorted(act.id for act in acts)
    session.execute(select(UsageAct.id).where(UsageAct.id.in_(held)).order_by(UsageAct.id).with_for_update())


def _add(session: Session, identity: Identity, act: UsageAct, step: SignStep, reason: str = "") -> None:
    row = UsageSign(act_id=act.id, step=step, signed_on=day_of(session), reason=reason, account_id=identity.account_id)
    session.add(row)
    session.flush()
    audit.record(session, identity, f"act.{step.value}", act, note=reason, day=act.act_date.isoformat())


def declared_by_uid(session: Session, uids: Collection[str]) -> list[UsageAct]:
    """The declared lessons with some uids, in the order of the days.

    Raises:
        NotFoundError: `act_not_found`; one of them is none.
    """
    wanted = set(uids)
    held = select(UsageAct).where(UsageAct.uid.in_(wanted), UsageAct.kind == ActKind.TAUGHT_WITH)
    found = list(session.scalars(held.order_by(UsageAct.act_date, UsageAct.id)))
    if len(found) != len(wanted):
        raise NotFoundError("act_not_found")
    return found
