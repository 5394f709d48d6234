"""The deciding unit's answer to a request: approved as a title of its catalogue, declined, or joined with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.database import day_of
from elearn.models.material import Material, Status
from elearn.models.software import Outcome
from elearn.models.software_request import RequestState, RequestStep, RequestVoice, SoftwareRequest
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.metadata import Metadata
from elearn.services.software.decisions import decide
from elearn.services.software.titles import TitleDetails, create_title
from elearn.services.software.wishes.asking import note_step, require_open, voices_of
from elearn.services.software.wishes.supporting import set_state
from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

SUPPORTED = frozenset({RequestState.SCHOOL, RequestState.TRIAL})


def hold_to_decide(session: Session, identity: Identity, request: SoftwareRequest) -> None:
    """Demand that somebody manages the deciding unit, and that the request is open; two decide one after the other.

    Raises:
        ForbiddenError: `may_not`; ConflictError: `request_over`.
    """
    require(identity, Action.MANAGE_UNIT, request.decider)
    state = select(SoftwareRequest.state).where(SoftwareRequest.id == request.id).with_for_update()
    request.state = session.execute(state).scalar_one()
    require_open(request)


def require_support(request: SoftwareRequest) -> None:
    """Raises: ConflictError: `request_unsupported`; no school stands behind it yet."""
    if request.state not in SUPPORTED:
        raise ConflictError("request_unsupported", name=request.name)


def title_of(session: Session, identity: Identity, request: SoftwareRequest) -> Material:
    """The title of a request; one that is new is entered into the catalogue of the deciding unit, as a draft."""
    title = session.get(Material, request.title_id) if request.title_id is not None else None
    if title is not None and title.status is not Status.WITHDRAWN:
        return title
    said = Metadata(title=request.name, vendor=request.maker, levels=frozenset(request.levels))
    title = create_title(session, identity, request.decider, said, TitleDetails(maker_url=request.maker_url))
    request.title_id = title.id
    session.flush()
    session.expire(request, ["title"])
    return title


def approve(
    session: Session, identity: Identity, request: SoftwareRequest, *, decided_on: date, reason: str, document: str = ""
) -> Material:
    """Approve what was asked for: it stands in the catalogue and is decided about like every other title.

    Raises:
        ForbiddenError: `may_not`; ServiceError: `decide_reason`; further as `decisions.decide`.
        ConflictError: `request_over`, `request_unsupported`.
    """
    hold_to_decide(session, identity, request)
    require_support(request)
    reason = _reason(reason)
    title = title_of(session, identity, request)
    decide(
        session,
        identity,
        title,
        request.decider,
        outcome=Outcome.APPROVED,
        decided_on=decided_on,
        reason=reason,
        document=document,
    )
    settle(session, identity, title, request.decider_id, reason)
    return title


def settle(session: Session, identity: Identity, title: Material, unit_id: int, reason: str) -> None:
    """Close the open requests for a title that the deciding unit has approved, by whatever way."""
    held = select(SoftwareRequest).where(SoftwareRequest.title_id == title.id, SoftwareRequest.decider_id == unit_id)
    for request in session.scalars(held):
        if request.state in {RequestState.ASKED, RequestState.GROUP, *SUPPORTED}:
            request.state = RequestState.APPROVED
            note_step(session, identity, request, RequestStep.APPROVED, unit_id=unit_id, note=reason)
            audit.record(session, identity, "request.approve", request, name=request.name, note=reason)


def decline(session: Session, identity: Identity, request: SoftwareRequest, reason: str) -> None:
    """Decline a request, with a reason that all who asked for it read.

    Raises:
        ForbiddenError: `may_not`; ServiceError: `decide_reason`; ConflictError: `request_over`.
    """
    hold_to_decide(session, identity, request)
    reason = _reason(reason)
    request.state = RequestState.DECLINED
    note_step(session, identity, request, RequestStep.DECLINED, unit_id=request.decider_id, note=reason)
    audit.record(session, identity, "request.decline", request, name=request.name, note=reason)


def _reason(text: str) -> str:
    text = several_lines(text)[:5000]
    if not text:
        raise ServiceError("decide_reason")
    return text


def merge(session: Session, identity: Identity, request: SoftwareRequest, into_uid: str) -> SoftwareRequest:
    """Let a request go on as another one of the same deciding unit; its voices and words go along.

    Raises:
        ForbiddenError: `may_not`; NotFoundError: `request_not_found`.
        ConflictError: `request_over` (one of the two), `merge_itself`.
    """
    hold_to_decide(session, identity, request)
    held = select(SoftwareRequest).where(SoftwareRequest.uid == into_uid)
    into = session.scalar(held.where(SoftwareRequest.decider_id == request.decider_id))
    if into is None:
        raise NotFoundError("request_not_found")
    if into.id == request.id:
        raise ConflictError("merge_itself")
    hold_to_decide(session, identity, into)
    there = {voice.account_id: voice for voice in into.voices}
    for voice in voices_of(request):
        kept = there.get(voice.account_id)
        if kept is None:
            into.voices.append(
                RequestVoice(
                    account_id=voice.account_id, unit_id=voice.unit_id, reason=voice.reason, asked_at=voice.asked_at
                )
            )
        else:
            kept.withdrawn_at = None
    for row in [row for row in request.steps if row.step in _WORDS]:
        note_step(session, identity, into, row.step, unit_id=row.unit_id, note=row.note)
        into.steps[-1].account_id, into.steps[-1].at = row.account_id, row.at
    into.title_id = into.title_id or request.title_id
    set_state(into)
    request.state, request.merged_into_id = RequestState.MERGED, into.id
    note_step(session, identity, request, RequestStep.MERGED, unit_id=request.decider_id, note=into.name)
    session.flush()
    told = {"name": request.name, "into": into.uid, "day": day_of(session).isoformat()}
    audit.record(session, identity, "request.merge", request, **told)
    return into


_WORDS = frozenset({RequestStep.GROUP_YES, RequestStep.GROUP_NO, RequestStep.SCHOOL_YES, RequestStep.SCHOOL_NO})
