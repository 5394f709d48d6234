"""Trials: a title at some schools between two days, under criteria with scores, and what each school found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.organisation import Unit, UnitKind
from elearn.models.software_request import RequestState, RequestStep, SoftwareTrial, TrialSchool
from elearn.services import audit
from elearn.services.access import MANAGERS, Action, may, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.software.wishes.asking import note_step
from elearn.services.software.wishes.deciding import hold_to_decide, require_support, title_of
from elearn.services.spans import check_day
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.models.software_request import SoftwareRequest
    from elearn.services.access import Identity

LONGEST = timedelta(days=366)
REPORTS_FOR = timedelta(days=60)  # after the last day
MOST_SCHOOLS, MOST_CRITERIA, HIGHEST = 100, 20, 100

Criterion = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TrialTerms:
    """Where and when a title is tried out, and what the schools look at: names with their highest scores."""

    schools: tuple[Unit, ...]
    starts_on: date
    ends_on: date
    criteria: tuple[Criterion, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What the schools found: the mean score of each criterion, and the share of all that could be had."""

    reported: int
    schools: int
    means: tuple[Fraction | None, ...]
    share: Fraction | None


def start_trial(session: Session, identity: Identity, request: SoftwareRequest, terms: TrialTerms) -> SoftwareTrial:
    """Let schools try what was asked for; until it is decided they may teach with it on these days.

    Raises:
        ForbiddenError: `may_not`; ConflictError: `request_over`, `request_unsupported`.
        ServiceError: `trial_span`, `trial_long`, `trial_schools`, `trial_school` (no school below), `trial_criteria`,
            `day_range`.
    """
    hold_to_decide(session, identity, request)
    require_support(request)
    criteria = _checked(identity, request, terms)
    title = title_of(session, identity, request)
    trial = SoftwareTrial(
        title_id=title.id,
        unit_id=request.decider_id,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        criteria=[list(row) for row in criteria],
        note=several_lines(terms.note)[:2000],
        created_by_id=identity.account_id,
        schools=[TrialSchool(unit_id=unit.id) for unit in terms.schools],
    )
    session.add(trial)
    request.state = RequestState.TRIAL
    note_step(session, identity, request, RequestStep.TRIAL, unit_id=request.decider_id, note=trial.note)
    told = {"name": request.name, "starts_on": terms.starts_on.isoformat(), "ends_on": terms.ends_on.isoformat()}
    audit.record(session, identity, "trial.start", trial, schools=[unit.code for unit in terms.schools], **told)
    return trial


def _checked(identity: Identity, request: SoftwareRequest, terms: TrialTerms) -> list[Criterion]:
    check_day(terms.starts_on, terms.ends_on)
    if terms.ends_on < terms.starts_on:
        raise ServiceError("trial_span")
    if terms.ends_on - terms.starts_on > LONGEST:
        raise ServiceError("trial_long", days=LONGEST.days)
    ids = {unit.id for unit in terms.schools}
    if not ids or len(ids) != len(terms.schools) or len(ids) > MOST_SCHOOLS:
        raise ServiceError("trial_schools", most=MOST_SCHOOLS)
    below = identity.tree.below([request.decider_id])
    for unit in terms.schools:
        if unit.kind is not UnitKind.SCHOOL or unit.id not in below:
            raise ServiceError("trial_school", unit=unit.code)
    criteria = [(one_line(name)[:200], most) for name, most in terms.criteria]
    names = {name for name, _ in criteria}
    if not 0 < len(criteria) <= MOST_CRITERIA or len(names) != len(criteria) or "" in names:
        raise ServiceError("trial_criteria", most=MOST_CRITERIA, highest=HIGHEST)
    if any(not 0 < most <= HIGHEST for _, most in criteria):
        raise ServiceError("trial_criteria", most=MOST_CRITERIA, highest=HIGHEST)
    return criteria


def last_criteria(session: Session, unit_id: int) -> list[Criterion]:
    """What a unit looked at in its last trial; empty where it had none."""
    held = select(SoftwareTrial.criteria).where(SoftwareTrial.unit_id == unit_id).order_by(SoftwareTrial.id.desc())
    return [(str(name), int(most)) for name, most in session.scalar(held.limit(1)) or ()]


def trials_of(session: Session, title: Material) -> Sequence[SoftwareTrial]:
    """The trials of a title, the newest first."""
    held = select(SoftwareTrial).where(SoftwareTrial.title_id == title.id).options(*_whole())
    return session.scalars(held.order_by(SoftwareTrial.starts_on.desc(), SoftwareTrial.id.desc())).all()


def _whole() -> tuple:
    schools = selectinload(SoftwareTrial.schools).joinedload(TrialSchool.unit).selectinload(Unit.names)
    return (schools, joinedload(SoftwareTrial.title), joinedload(SoftwareTrial.unit).selectinload(Unit.names))


def result_of(trial: SoftwareTrial) -> TrialResult:
    """The means over the schools that have reported."""
    told = [row.scores for row in trial.schools if row.reported_at is not None]
    means = tuple(
        Fraction(sum(scores[place] for scores in told), len(told)) if told else None
        for place in range(len(trial.criteria))
    )
    highest = sum(int(most) for _, most in trial.criteria)
    share = Fraction(sum(map(sum, told)), len(told) * highest) if told else None
    return TrialResult(len(told), len(trial.schools), means, share)


def get_trial_school(session: Session, identity: Identity, uid: str) -> TrialSchool:
    """A school of a trial, for whoever manages it.

    Raises:
        NotFoundError: `trial_not_found`; there is none, or it is another school's.
    """
    held = select(TrialSchool).where(TrialSchool.uid == uid)
    row = session.scalar(held.options(joinedload(TrialSchool.trial).joinedload(SoftwareTrial.title)))
    if row is None or not may(identity, Action.MANAGE_UNIT, row.unit):
        raise NotFoundError("trial_not_found")
    return row


def report_trial(session: Session, identity: Identity, row: TrialSchool, scores: Sequence[int], words: str) -> None:
    """Enter what a school found; a later report takes the place of an earlier one.

    Raises:
        ForbiddenError: `may_not`; ServiceError: `trial_scores` (one for each criterion, none above its highest).
        ConflictError: `trial_early` (it has not begun), `trial_closed` (too long ago).
    """
    require(identity, Action.MANAGE_UNIT, row.unit)
    trial, today = row.trial, day_of(session)
    if today < trial.starts_on:
        raise ConflictError("trial_early", day=trial.starts_on)
    if today > trial.ends_on + REPORTS_FOR:
        raise ConflictError("trial_closed", day=trial.ends_on + REPORTS_FOR)
    highest = [int(most) for _, most in trial.criteria]
    if len(scores) != len(highest) or any(not 0 <= score <= most for score, most in zip(scores, highest, strict=True)):
        raise ServiceError("trial_scores")
    before = {"scores": list(row.scores), "words": row.words}
    row.scores, row.words = list(scores), several_lines(words)[:5000]
    row.reported_by_id, row.reported_at = identity.account_id, now()
    session.flush()
    audit.record(session, identity, "trial.report", trial, unit=row.unit.code, before=before, after=list(scores))


def trials_due(session: Session, identity: Identity) -> list[TrialSchool]:
    """The schools of somebody that try a title now or did lately, and have not reported."""
    units, today = identity.units_of(MANAGERS), day_of(session)
    if not units:
        return []
    held = (
        select(TrialSchool)
        .join(SoftwareTrial, SoftwareTrial.id == TrialSchool.trial_id)
        .where(TrialSchool.unit_id.in_(sorted(units)), TrialSchool.reported_at.is_(None))
        .where(SoftwareTrial.starts_on <= today, SoftwareTrial.ends_on >= today - REPORTS_FOR)
        .options(joinedload(TrialSchool.trial).joinedload(SoftwareTrial.title))
        .order_by(SoftwareTrial.ends_on)
    )
    return list(session.scalars(held))
