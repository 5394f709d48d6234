"""From "play this" to an attempt: placement, registration and the walk that is open or new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager

from elearn.clock import now
from elearn.identifiers import is_uid
from elearn.models.learning import (
    NO_LEARNING,
    Attempt,
    AttemptStatus,
    NewAttempt,
    Placement,
    PlacementKind,
    Registration,
)
from elearn.services.access import Action, may
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError
from elearn.services.player.course import end_attempt
from elearn.services.player.locks import lock_learner
from elearn.services.player.outcomes import is_done
from elearn.services.safety import require_released
from scorm.sequencing import without_suspended

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.material import Material, Version
    from elearn.services.access import Identity

PLAYABLE = frozenset({"scorm"})


def open_attempt(
    session: Session,
    identity: Identity,
    material: Material,
    kind: PlacementKind = PlacementKind.SELF_STUDY,
    context: str = "",
    *,
    anew: bool = False,
) -> Attempt:
    """The attempt that a launch continues, or a new one when there is none or the last one has ended.

    An attempt in flight stays on its version even when the material has a newer one; `anew` as in `open_at`.

    Raises:
        ForbiddenError: the identity may not play the material, or has no account to keep the result.
        ConflictError: the kind of material has nothing to play, or its file is held back.
    """
    account_id = _player_of(identity, material)
    lock_learner(session, account_id)
    return open_at(session, identity, placement_at(session, material, kind, context), anew=anew)


def try_version(session: Session, identity: Identity, version: Version) -> Attempt:
    """The attempt at a version that the material does not offer, or offers no more, to judge it by.

    It has a place of its own, so that nothing of it mixes with the learning of whoever tries.

    Raises:
        ForbiddenError, ConflictError: as `open_attempt`.
    """
    lock_learner(session, _player_of(identity, version.material))
    placement = placement_at(session, version.material, PlacementKind.TRIAL, version.uid)
    keep_to(session, placement, version)
    return open_at(session, identity, placement)


def keep_to(session: Session, placement: Placement, version: Version | None) -> None:
    """Let new attempts at a place get a version from now on; None: the one that the material offers."""
    placement.version_id = version.id if version is not None else None
    session.flush()
    session.expire(placement, ["version"])


def _player_of(identity: Identity, material: Material) -> int:
    """The account that keeps the result."""
    if identity.account_id is None or not may(identity, Action.PLAY_MATERIAL, material):
        raise ForbiddenError("may_not_play")
    if material.kind not in PLAYABLE or material.current_version is None:
        raise ConflictError("not_playable", kind=material.kind)
    return identity.account_id


def offered_at(placement: Placement) -> Version | None:
    """The version that new attempts at a place get: the one it keeps to, else the one that the material offers."""
    return placement.version or placement.material.current_version


def open_at(session: Session, identity: Identity, placement: Placement, *, anew: bool = False) -> Attempt:
    """The attempt that a launch from a placement continues, or a new one under the placement's policy.

    `max_attempts` of the policy (0 or absent: any number) counts the attempts that no reset has taken back. `anew`
    ends an attempt in which the learner is done, or whose version is not offered any more, and begins another; one
    that is under way is continued, unless the policy's `new_attempt` wants a new one and there is one left.

    Raises:
        ForbiddenError: as `open_attempt`.
        ConflictError: as `open_attempt`; `attempts_used_up` when the policy allows no further one.
    """
    account_id, version = _player_of(identity, placement.material), offered_at(placement)
    if version is None:
        raise ConflictError("not_playable", kind=placement.material.kind)
    require_released(session, version)
    lock_learner(session, account_id)
    in_flight = latest_attempt(session, account_id, placement.id)
    is_under_way = in_flight is not None and in_flight.status is not AttemptStatus.ENDED
    if in_flight is not None and is_under_way:
        wished = anew and (is_done(in_flight) or in_flight.registration.version_id != version.id)
        wanted = _wants_new(placement, in_flight) and has_attempts_left(session, account_id, placement)
        if not (wished or wanted):
            return in_flight
    _check_policy(session, account_id, placement)
    if in_flight is not None and is_under_way:
        end_attempt(in_flight, suspended=False)
    if in_flight is not None and anew:
        in_flight.registration.tracking = without_suspended(in_flight.registration.tracking)
    return _new_attempt(session, _registration(session, account_id, placement, version))


def new_attempt_of(placement: Placement) -> NewAttempt:
    """When the policy of a placement begins a new attempt."""
    return NewAttempt(placement.policy.get("new_attempt") or NewAttempt.ENDED)


def _wants_new(placement: Placement, attempt: Attempt) -> bool:
    wanted, failed = new_attempt_of(placement), attempt.success == "failed"
    if wanted is NewAttempt.DONE:
        return failed or is_done(attempt)
    return wanted is NewAttempt.ALWAYS or (wanted is NewAttempt.FAILED and failed)


def _check_policy(session: Session, account_id: int, placement: Placement) -> None:
    if not has_attempts_left(session, account_id, placement):
        raise ConflictError("attempts_used_up", allowed=placement.policy["max_attempts"])


def has_attempts_left(session: Session, account_id: int, placement: Placement) -> bool:
    """Whether the policy of a placement lets an account begin one more attempt."""
    allowed = placement.policy.get("max_attempts") or 0
    return not allowed or attempts_made(session, account_id, placement.id) < allowed


def attempts_made(session: Session, account_id: int, placement_id: int) -> int:
    """How many attempts of an account at a placement there are that no reset has taken back."""
    counted = select(func.count()).select_from(Attempt).join(Registration)
    counted = counted.where(
        Registration.account_id == account_id,
        Registration.placement_id == placement_id,
        Registration.reset_at.is_(None),
    )
    return session.scalar(counted) or 0


def placement_at(session: Session, material: Material, kind: PlacementKind, context: str) -> Placement:
    """The place from which a material is launched; of two first launches at once only one makes it."""
    query = select(Placement).where(
        Placement.kind == kind, Placement.material_id == material.id, Placement.context == context
    )
    placement = session.scalar(query)
    if placement is not None:
        return placement
    placement = Placement(kind=kind, material_id=material.id, context=context, policy={})
    try:
        with session.begin_nested():
            session.add(placement)
    except IntegrityError:
        return session.scalars(query).one()
    return placement


def latest_attempt(session: Session, account_id: int, placement_id: int) -> Attempt | None:
    """The newest attempt of an account at a placement, over all its registrations that were not reset."""
    query = (
        select(Attempt)
        .join(Registration)
        .where(
            Registration.account_id == account_id,
            Registration.placement_id == placement_id,
            Registration.reset_at.is_(None),
        )
        .options(contains_eager(Attempt.registration))
        .order_by(Attempt.id.desc())
    )
    return session.scalar(query.limit(1))


def _registration(session: Session, account_id: int, placement: Placement, version: Version) -> Registration:
    query = select(Registration).where(
        Registration.account_id == account_id,
        Registration.placement_id == placement.id,
        Registration.version_id == version.id,
        Registration.reset_at.is_(None),
    )
    registration = session.scalar(query.order_by(Registration.id.desc()).limit(1))
    if registration is None:
        registration = Registration(account_id=account_id, placement_id=placement.id, version_id=version.id)
        session.add(registration)
        session.flush()
    return registration


def _new_attempt(session: Session, registration: Registration) -> Attempt:
    newest = session.scalar(select(func.max(Attempt.number)).where(Attempt.registration_id == registration.id)) or 0
    attempt = Attempt(registration_id=registration.id, number=newest + 1, status=AttemptStatus.OPEN)
    session.add(attempt)
    session.flush()
    return attempt


def visited_attempt(session: Session, account_id: int, placement_id: int, version_id: int) -> Attempt:
    """The one attempt at a file: it was opened, and nobody knows more."""
    registration = Registration(account_id=account_id, placement_id=placement_id, version_id=version_id)
    session.add(registration)
    session.flush()
    attempt = Attempt(
        registration_id=registration.id,
        number=1,
        status=AttemptStatus.ENDED,
        completion="completed",
        progress=1.0,
        ended_at=now(),
    )
    session.add(attempt)
    session.flush()
    return attempt


def attempt_of(session: Session, identity: Identity, uid: str) -> Attempt:
    """The identity's own attempt with a uid.

    Raises:
        NotFoundError: there is none, or it is somebody else's (the two look alike).
    """
    attempt = session.scalar(select(Attempt).where(Attempt.uid == uid)) if is_uid(uid) else None
    if attempt is None or identity.account_id is None or attempt.registration.account_id != identity.account_id:
        raise NotFoundError("attempt_not_found")
    return attempt


def is_learning(attempt: Attempt) -> bool:
    """Whether an attempt is a learner's: what a teacher shows to a class (teach mode) is nobody's result."""
    return attempt.registration.placement.kind not in NO_LEARNING


def attempts_on(session: Session, identity: Identity, material: Material) -> list[Attempt]:
    """The identity's own attempts at learning a material, newest first."""
    query = (
        select(Attempt)
        .join(Attempt.registration)
        .join(Registration.placement)
        .where(
            Registration.account_id == identity.account_id,
            Placement.material_id == material.id,
            Placement.kind.not_in(NO_LEARNING),
        )
        .options(
            contains_eager(Attempt.registration).contains_eager(Registration.placement),
            contains_eager(Attempt.registration).joinedload(Registration.version),
        )
        .order_by(Attempt.id.desc())
    )
    return list(session.scalars(query.limit(20)))
