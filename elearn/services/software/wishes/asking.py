"""Requests for titles: asked once for all who want it, joined by others, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from content_packages.facts import Kind
from elearn.clock import now
from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.material import Material, MaterialLevel, Status
from elearn.models.organisation import Unit
from elearn.models.software_request import (
    RequestEvent,
    RequestState,
    RequestStep,
    RequestVoice,
    SoftwareRequest,
)
from elearn.services import audit
from elearn.services.access import MANAGERS
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.people.pasting import plain
from elearn.services.software.decisions import approved_titles
from elearn.services.software.titles import checked_address
from elearn.services.teach.classes import TEACHING
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ScalarSelect, Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

OPEN = (RequestState.ASKED, RequestState.GROUP, RequestState.SCHOOL, RequestState.TRIAL)
LONGEST_NAME, LONGEST_REASON = 300, 2000
MOST_OPEN = 500
STAFF = TEACHING | WATCHERS


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: a name with maker and address, for some levels, and why."""

    name: str
    reason: str
    maker: str = ""
    maker_url: str = ""
    levels: frozenset[str] = frozenset()


def decider_of(identity: Identity, unit_id: int) -> int:
    """The unit that decides about requests of a school: the highest above it."""
    return identity.tree.ancestors(unit_id)[-1]


def require_work_at(identity: Identity, unit: Unit) -> None:
    """Demand that somebody teaches at a unit or manages it.

    Raises:
        ForbiddenError: `ask_elsewhere`.
    """
    if identity.account_id is None or not identity.reaches(TEACHING, unit.id):
        raise ForbiddenError("ask_elsewhere")


def ask(session: Session, identity: Identity, unit: Unit, wish: Wish) -> tuple[SoftwareRequest, bool]:
    """Ask for a title in the name of a school; who asks for what is asked already joins that request.

    A title of the catalogue is known by its name. Returns the request and whether it is a new one.

    Raises:
        ForbiddenError: `ask_elsewhere`; the identity does not teach at the unit.
        ServiceError: `ask_nameless`, `ask_reason`, `ask_levels` (none given for a new name), `web_address`.
        ConflictError: `ask_approved` (for this school already), `voice_twice` (one's own voice is there).
    """
    require_work_at(identity, unit)
    name, reason = one_line(wish.name)[:LONGEST_NAME], several_lines(wish.reason)[:LONGEST_REASON]
    if not plain(name):
        raise ServiceError("ask_nameless")
    if not reason:
        raise ServiceError("ask_reason")
    address = checked_address(wish.maker_url)
    decider = decider_of(identity, unit.id)
    # Requests of one department come one after the other: of two for the same thing the second one joins.
    session.execute(select(Unit.id).where(Unit.id == decider).with_for_update())
    title = _title_named(session, identity, unit, name)
    known = _open_one(session, decider, plain(name), title)
    if known is not None:
        join(session, identity, known, unit, reason)
        return known, False
    levels = sorted(wish.levels or _levels_of(session, title))
    if not levels:
        raise ServiceError("ask_levels")
    made = SoftwareRequest(
        decider_id=decider,
        title_id=title.id if title else None,
        name=title.title if title else name,
        folded=plain(title.title if title else name)[:LONGEST_NAME],
        maker=one_line(wish.maker)[:200],
        maker_url=address,
        levels=levels,
        subjects=[],
        state=RequestState.ASKED,
    )
    session.add(made)
    session.flush()
    _raise_voice(session, identity, made, unit, reason=reason, step=RequestStep.ASKED)
    audit.record(session, identity, "request.ask", made, name=made.name, unit=unit.code, note=reason)
    return made, True


def _title_named(session: Session, identity: Identity, unit: Unit, name: str) -> Material | None:
    """A title of a catalogue above the school that bears the name and is not approved for it yet."""
    above = identity.tree.ancestors(unit.id)
    held = select(Material).where(
        Material.kind == Kind.SOFTWARE.value, Material.unit_id.in_(above), Material.status != Status.WITHDRAWN
    )
    named = [row for row in session.scalars(held.order_by(Material.id)) if plain(row.title) == plain(name)]
    if not named:
        return None
    approved = approved_titles(session, above, day_of(session))
    if any(row.id in approved for row in named):
        raise ConflictError("ask_approved", title=name)
    return named[0]


def _levels_of(session: Session, title: Material | None) -> Collection[str]:
    if title is None:
        return ()
    return list(session.scalars(select(MaterialLevel.level).where(MaterialLevel.material_id == title.id)))


def _open_one(session: Session, decider: int, folded: str, title: Material | None) -> SoftwareRequest | None:
    held = select(SoftwareRequest).where(SoftwareRequest.decider_id == decider, SoftwareRequest.state.in_(OPEN))
    same = SoftwareRequest.folded == folded[:LONGEST_NAME]
    if title is not None:
        same |= SoftwareRequest.title_id == title.id
    return session.scalar(held.where(same).order_by(SoftwareRequest.id).limit(1))


def join(session: Session, identity: Identity, request: SoftwareRequest, unit: Unit, reason: str) -> None:
    """Want it too, in the name of a school below the same deciding unit.

    Raises:
        ForbiddenError: `ask_elsewhere`; ServiceError: `ask_reason`.
        ConflictError: `request_over`, `voice_twice`.
    """
    require_work_at(identity, unit)
    if decider_of(identity, unit.id) != request.decider_id:
        raise ForbiddenError("ask_elsewhere")
    require_open(request)
    reason = several_lines(reason)[:LONGEST_REASON]
    if not reason:
        raise ServiceError("ask_reason")
    _raise_voice(session, identity, request, unit, reason=reason, step=RequestStep.JOINED)
    audit.record(session, identity, "request.join", request, name=request.name, unit=unit.code, note=reason)


def _raise_voice(
    session: Session, identity: Identity, request: SoftwareRequest, unit: Unit, *, reason: str, step: RequestStep
) -> None:
    own = next((row for row in request.voices if row.account_id == identity.account_id), None)
    if own is None:
        own = RequestVoice(account_id=identity.account_id, unit_id=unit.id, reason=reason)
        request.voices.append(own)
    elif own.withdrawn_at is None:
        raise ConflictError("voice_twice", name=request.name)
    else:
        own.unit_id, own.reason, own.asked_at, own.withdrawn_at = unit.id, reason, now(), None
    note_step(session, identity, request, step, unit_id=unit.id, note=reason)


def leave(session: Session, identity: Identity, request: SoftwareRequest) -> None:
    """Take one's own voice back; a request that nobody wants any more is withdrawn.

    Raises:
        NotFoundError: `voice_not_found`; ConflictError: `request_over`.
    """
    require_open(request)
    own = next((row for row in voices_of(request) if row.account_id == identity.account_id), None)
    if own is None:
        raise NotFoundError("voice_not_found")
    own.withdrawn_at = now()
    note_step(session, identity, request, RequestStep.LEFT, unit_id=own.unit_id)
    if not voices_of(request) and request.state is not RequestState.TRIAL:
        request.state = RequestState.WITHDRAWN
    session.flush()
    audit.record(session, identity, "request.leave", request, name=request.name, state=request.state.value)


def voices_of(request: SoftwareRequest) -> list[RequestVoice]:
    """The voices that have not been taken back."""
    return [row for row in request.voices if row.withdrawn_at is None]


def require_open(request: SoftwareRequest) -> None:
    """Refuse what comes too late.

    Raises:
        ConflictError: `request_over`.
    """
    if request.state not in OPEN:
        raise ConflictError("request_over", name=request.name)


def note_step(
    session: Session,
    identity: Identity,
    request: SoftwareRequest,
    step: RequestStep,
    *,
    unit_id: int | None,
    note: str = "",
) -> None:
    """Add a step to the history of a request."""
    request.changed_at = now()
    request.steps.append(RequestEvent(step=step, account_id=identity.account_id, unit_id=unit_id, note=note))
    session.flush()


def get_request(session: Session, identity: Identity, uid: str) -> SoftwareRequest:
    """A request of the province in which the identity works.

    Raises:
        NotFoundError: `request_not_found`.
    """
    found = None
    if is_uid(uid):
        found = session.scalar(_whole().where(SoftwareRequest.uid == uid))
    if found is None or found.decider_id not in deciders(identity):
        raise NotFoundError("request_not_found")
    return found


def _whole() -> Select[tuple[SoftwareRequest]]:
    return select(SoftwareRequest).options(
        joinedload(SoftwareRequest.decider).selectinload(Unit.names),
        joinedload(SoftwareRequest.title),
        selectinload(SoftwareRequest.voices).joinedload(RequestVoice.account),
        selectinload(SoftwareRequest.voices).joinedload(RequestVoice.unit).selectinload(Unit.names),
        selectinload(SoftwareRequest.steps).joinedload(RequestEvent.account),
        selectinload(SoftwareRequest.steps).joinedload(RequestEvent.unit).selectinload(Unit.names),
    )


def deciders(identity: Identity) -> frozenset[int]:
    """The deciding units of everybody who works in a school or watches over one."""
    return frozenset(decider_of(identity, unit_id) for unit_id in identity.units_of(STAFF))


class Seen(NamedTuple):
    """A request in the list of all, with the number of its voices."""

    request: SoftwareRequest
    voices: int


def requests_seen(
    session: Session, identity: Identity, *, is_open: bool, limit: int, offset: int = 0
) -> tuple[int, list[Seen]]:
    """The open requests of the province, most wanted first, or those that are over, newest first.

    Returns the number of all, and one page; the voices themselves are not read.
    """
    state = SoftwareRequest.state.in_(OPEN) if is_open else SoftwareRequest.state.not_in(OPEN)
    held = [SoftwareRequest.decider_id.in_(sorted(deciders(identity))), state]
    total = session.scalar(select(func.count()).select_from(SoftwareRequest).where(*held)) or 0
    newest = (SoftwareRequest.changed_at.desc(), SoftwareRequest.id.desc())
    order = (_count_of_voices().desc(), *newest) if is_open else newest
    page = select(SoftwareRequest, _count_of_voices()).where(*held).options(joinedload(SoftwareRequest.decider))
    rows = session.execute(page.order_by(*order).limit(limit).offset(offset))
    return total, [Seen(*row) for row in rows]


def _count_of_voices() -> ScalarSelect[int]:
    counted = select(func.count()).where(
        RequestVoice.request_id == SoftwareRequest.id, RequestVoice.withdrawn_at.is_(None)
    )
    return counted.correlate(SoftwareRequest).scalar_subquery()


def others_open(session: Session, request: SoftwareRequest) -> dict[str, str]:
    """Uid -> name of the open requests as which another one may go on, at most `MOST_OPEN`, most wanted first."""
    held = select(SoftwareRequest.uid, SoftwareRequest.name).where(
        SoftwareRequest.decider_id == request.decider_id,
        SoftwareRequest.state.in_(OPEN),
        SoftwareRequest.id != request.id,
    )
    ordered = held.order_by(_count_of_voices().desc(), SoftwareRequest.changed_at.desc(), SoftwareRequest.id.desc())
    return dict(session.execute(ordered.limit(MOST_OPEN)).all())


def sees_voice(identity: Identity, voice: RequestVoice) -> bool:
    """Whether somebody reads who asks and why: the asker, and whoever watches over the school."""
    return voice.account_id == identity.account_id or identity.reaches(MANAGERS | WATCHERS, voice.unit_id)
