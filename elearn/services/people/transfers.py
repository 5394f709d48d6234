"""Transfers: the main post at one unit ends on the eve of the day on which one at another unit begins.

Whoever manages both units does it at once. Else the releasing manager asks and the receiving manager accepts;
until then the register stays as it is, so that nobody falls out of the count between two schools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.models.people import Post, Transfer, TransferState
from elearn.services import audit
from elearn.services.access import MANAGERS, Action, may, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.people.persons import hold_person
from elearn.services.people.posts import FIELDS, PostFacts, check_post, put_post, told
from elearn.services.spans import DAY, check_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity


def does_at_once(identity: Identity, post: Post, unit: Unit) -> bool:
    """Whether an identity manages both ends of a transfer."""
    return may(identity, Action.MANAGE_UNIT, post.unit) and may(identity, Action.MANAGE_UNIT, unit)


def transfer(
    session: Session, identity: Identity, post: Post, unit: Unit, first_day: date, **changes: Any
) -> tuple[Post, Transfer]:
    """Move the holder of a main post to another unit from a day on; `changes` are fields of the new post.

    Raises:
        ForbiddenError: the identity does not manage both units.
        ServiceError, ConflictError: as `check_post`; `transfer_same_unit`, `transfer_not_main`, `post_span`.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    require(identity, Action.MANAGE_UNIT, unit)
    request = _asked(session, post, unit, first_day)
    return _settle(session, identity, request, post, changes), request


def ask_transfer(
    session: Session, identity: Identity, post: Post, unit: Unit, first_day: date, *, note: str = ""
) -> Transfer:
    """Release the holder of a main post to another unit, whose manager is asked to accept.

    Raises:
        ForbiddenError: the identity does not manage the unit of the post.
        ConflictError: `transfer_asked` before and still open; others as `transfer`.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    open_one = select(Transfer.id).where(Transfer.post_id == post.id, Transfer.state == TransferState.ASKED)
    if session.scalar(open_one) is not None:
        raise ConflictError("transfer_asked", person=post.person.code)
    request = _asked(session, post, unit, first_day, note)
    # Better now than at the other school: the new post must fit into the register.
    _check_new(session, post, unit, _facts(post, first_day, {}))
    audit.record(session, identity, "transfer.ask", request, note=note, **_of(request))
    return request


def accept_transfer(session: Session, identity: Identity, request: Transfer, **changes: Any) -> Post:
    """Receive a person: the post there ends and the one here begins, in one step.

    Raises:
        ForbiddenError: the identity does not manage the receiving unit.
        ConflictError: `transfer_settled` already, `transfer_overtaken` when the post changed meanwhile.
    """
    require(identity, Action.MANAGE_UNIT, request.to_unit)
    _must_be_open(session, request)
    post = request.post
    if post is None or not post.is_main or not post.holds_on(request.first_day):
        raise ConflictError("transfer_overtaken")
    return _settle(session, identity, request, post, changes)


def decline_transfer(session: Session, identity: Identity, request: Transfer, note: str) -> None:
    """Refuse to receive a person, with a reason; nothing changes in the register.

    Raises:
        ServiceError: `correction_reason`; ConflictError: `transfer_settled`.
    """
    require(identity, Action.MANAGE_UNIT, request.to_unit)
    if not note.strip():
        raise ServiceError("correction_reason")
    _close(session, identity, request, TransferState.DECLINED, note)


def withdraw_transfer(session: Session, identity: Identity, request: Transfer) -> None:
    """Take a request back before it is accepted.

    Raises:
        ConflictError: `transfer_settled`.
    """
    require(identity, Action.MANAGE_UNIT, request.from_unit)
    _close(session, identity, request, TransferState.WITHDRAWN, "")


def open_transfers(session: Session, identity: Identity) -> Sequence[Transfer]:
    """The requests that wait at one of the units an identity watches over, oldest first."""
    scope = sorted(identity.tree.below(identity.units_of(WATCHERS)))
    rows = select(Transfer).where(Transfer.state == TransferState.ASKED)
    rows = rows.options(joinedload(Transfer.person), joinedload(Transfer.post), joinedload(Transfer.from_unit))
    rows = rows.options(joinedload(Transfer.to_unit)).order_by(Transfer.asked_at, Transfer.id)
    found = session.scalars(rows).all()
    reached = frozenset(scope)
    return [row for row in found if identity.is_system or not reached.isdisjoint({row.from_unit_id, row.to_unit_id})]


def transfers_of(session: Session, person_id: int) -> Sequence[Transfer]:
    """All transfers of a person, newest first."""
    rows = select(Transfer).where(Transfer.person_id == person_id).options(joinedload(Transfer.to_unit))
    return session.scalars(rows.order_by(Transfer.id.desc())).all()


def get_transfer(session: Session, identity: Identity, uid: str) -> Transfer:
    """The request with a public identifier, for whoever watches over one of its ends.

    Raises:
        NotFoundError: `transfer_not_found`.
    """
    request = session.scalar(select(Transfer).where(Transfer.uid == uid))
    ends = () if request is None else (request.from_unit_id, request.to_unit_id)
    if request is None or not any(identity.reaches(WATCHERS, unit_id) for unit_id in ends):
        raise NotFoundError("transfer_not_found")
    return request


def waits_for(session: Session, identity: Identity) -> int:
    """How many requests wait for an identity to receive somebody."""
    scope = identity.tree.below(identity.units_of(MANAGERS))
    waiting = session.scalars(select(Transfer.to_unit_id).where(Transfer.state == TransferState.ASKED))
    return sum(unit_id in scope for unit_id in waiting)


def _asked(session: Session, post: Post, unit: Unit, first_day: date, note: str = "") -> Transfer:
    check_day(first_day)
    if not post.is_main:
        raise ConflictError("transfer_not_main")
    if post.unit_id == unit.id:
        raise ServiceError("transfer_same_unit")
    # It must have been held on the eve, or there is nothing to be transferred from.
    if not post.holds_on(first_day - DAY):
        raise ServiceError("transfer_day", day=first_day)
    request = Transfer(
        post_id=post.id,
        person_id=post.person_id,
        from_unit_id=post.unit_id,
        to_unit_id=unit.id,
        first_day=first_day,
        note=note.strip(),
    )
    session.add(request)
    session.flush()
    return request


def _facts(post: Post, first_day: date, changes: dict[str, Any]) -> PostFacts:
    values = {name: getattr(post, name) for name in FIELDS}
    return PostFacts(**{**values, **changes, "valid_from": first_day, "is_main": True})


def _check_new(session: Session, post: Post, unit: Unit, facts: PostFacts) -> None:
    check_post(session, post.person, unit, facts, but=post)


def _settle(session: Session, identity: Identity, request: Transfer, post: Post, changes: dict[str, Any]) -> Post:
    unit = request.to_unit
    hold_person(session, post.person)
    facts = _facts(post, request.first_day, changes)
    _check_new(session, post, unit, facts)
    before, post.valid_to = told(post), request.first_day - DAY
    session.flush()
    arrived = put_post(session, post.person, unit, facts)
    request.state, request.settled_at = TransferState.ACCEPTED, now()
    session.flush()
    audit.record(session, identity, "transfer.accept", request, before=before, after=told(arrived), **_of(request))
    return arrived


def _must_be_open(session: Session, request: Transfer) -> None:
    session.refresh(request, with_for_update=True)
    if request.state is not TransferState.ASKED:
        raise ConflictError("transfer_settled")


def _close(session: Session, identity: Identity, request: Transfer, state: TransferState, note: str) -> None:
    _must_be_open(session, request)
    request.state, request.settled_at = state, now()
    session.flush()
    audit.record(session, identity, f"transfer.{state.value}", request, note=note.strip(), **_of(request))


def _of(request: Transfer) -> dict[str, str]:
    return {
        "person": request.person.code,
        "from_unit": request.from_unit.code,
        "to_unit": request.to_unit.code,
        "first_day": request.first_day.isoformat(),
    }
