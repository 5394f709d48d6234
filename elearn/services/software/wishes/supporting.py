"""What a subject group and a school say of a request of their teachers; the state of the request follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.database import day_of
from elearn.models.software_request import RequestState, RequestStep, RequestVoice
from elearn.services import audit
from elearn.services.access import MANAGERS
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.people.subject_groups import Roster, groups_led
from elearn.services.software.wishes.asking import note_step, require_open, voices_of
from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from elearn.models.software_request import SoftwareRequest
    from elearn.services.access import Identity

GROUP = {True: RequestStep.GROUP_YES, False: RequestStep.GROUP_NO}
SCHOOL = {True: RequestStep.SCHOOL_YES, False: RequestStep.SCHOOL_NO}


def speaks_for(session: Session, identity: Identity, requests: Sequence[SoftwareRequest]) -> dict[int, dict[int, bool]]:
    """Id of a request -> id of a unit -> whether somebody speaks for the whole school (else: for a group there).

    Whoever manages the school of a voice, or leads the group of whoever raised it; nobody speaks for a wish that
    nobody but themselves has there. Units above the schools decide and do not support.
    """
    today = day_of(session)
    led = {group.id: group.unit_id for group in groups_led(session, identity.person_id, today)}
    managed = identity.units_of(MANAGERS)
    voices = _voices_at(session, identity, requests, {*managed, *led.values()})
    near = {voice.account.person_id for voice in voices if voice.unit_id in led.values()} - {None}
    roster = Roster(session, set(led.values()), {each for each in near if each is not None}) if near else None
    found: dict[int, dict[int, bool]] = {row.id: {} for row in requests}
    for voice in voices:
        if voice.unit_id in managed:
            found[voice.request_id][voice.unit_id] = True
        elif roster is not None and voice.account.person_id is not None:
            belongs = roster.groups_of(voice.account.person_id, voice.unit_id, today)
            if not belongs.isdisjoint(led):
                found[voice.request_id].setdefault(voice.unit_id, False)
    return found


def _voices_at(
    session: Session, identity: Identity, requests: Sequence[SoftwareRequest], units: Collection[int]
) -> list[RequestVoice]:
    """The voices of others that were raised at some units: of a request of all schools only a few are read."""
    if not requests or not units:
        return []
    held = select(RequestVoice).where(
        RequestVoice.request_id.in_([row.id for row in requests]),
        RequestVoice.unit_id.in_(sorted(units)),
        RequestVoice.withdrawn_at.is_(None),
    )
    voices = session.scalars(held.options(joinedload(RequestVoice.account)).order_by(RequestVoice.id))
    return [voice for voice in voices if not _own(identity, voice)]


def _own(identity: Identity, voice: RequestVoice) -> bool:
    same_person = identity.person_id is not None and voice.account.person_id == identity.person_id
    return same_person or voice.account_id == identity.account_id


def said_by(request: SoftwareRequest, unit_id: int, *, for_school: bool) -> RequestStep | None:
    """What a school, or a group of it, said last; None: nothing yet."""
    steps = set((SCHOOL if for_school else GROUP).values())
    said = [row.step for row in request.steps if row.unit_id == unit_id and row.step in steps]
    return said[-1] if said else None


def support(
    session: Session, identity: Identity, request: SoftwareRequest, unit_id: int, *, supports: bool, note: str = ""
) -> None:
    """Support a request for a school or a group of it, or say why not; the newest word of each counts.

    Raises:
        ForbiddenError: `support_not_yours`; the identity speaks neither for the school nor for the group of a voice.
        ServiceError: `support_reason`; a refusal says why.
        ConflictError: `request_over`, `support_same`.
    """
    require_open(request)
    speaks = speaks_for(session, identity, [request])[request.id]
    if unit_id not in speaks:
        raise ForbiddenError("support_not_yours")
    for_school, note = speaks[unit_id], several_lines(note)[:2000]
    if not supports and not note:
        raise ServiceError("support_reason")
    step = (SCHOOL if for_school else GROUP)[supports]
    if said_by(request, unit_id, for_school=for_school) is step:
        raise ConflictError("support_same")
    note_step(session, identity, request, step, unit_id=unit_id, note=note)
    set_state(request)
    session.flush()
    audit.record(session, identity, "request.support", request, name=request.name, step=step.value, note=note)


def set_state(request: SoftwareRequest) -> None:
    """How far an open request is: a school supports it, a group does, or it is only asked for."""
    if request.state is RequestState.TRIAL:
        return
    units = {voice.unit_id for voice in voices_of(request)}
    school = any(said_by(request, unit, for_school=True) is RequestStep.SCHOOL_YES for unit in units)
    group = any(said_by(request, unit, for_school=False) is RequestStep.GROUP_YES for unit in units)
    request.state = RequestState.SCHOOL if school else RequestState.GROUP if group else RequestState.ASKED
