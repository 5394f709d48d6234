"""The versions of a material as far as whoever asks may know them, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from elearn.models.learning import NO_LEARNING, Attempt, AttemptStatus, Placement, Registration
from elearn.models.material import Status, Version, VersionState
from elearn.services.access import is_maker
from elearn.services.access.visibility import OVERSEERS
from elearn.services.errors import NotFoundError
from elearn.services.versions.restoring import can_restore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in the list; `under_way` are attempts that go on with it, None for who does not answer for it."""

    version: Version
    under_way: int | None
    can_restore: bool


def sees_all_versions(identity: Identity, material: Material) -> bool:
    """Whether somebody sees also what readers never got: the makers, and whoever oversees the unit."""
    return identity.is_system or identity.reaches(OVERSEERS, material.unit_id) or is_maker(identity, material)


def versions_of(session: Session, identity: Identity, material: Material) -> list[VersionRow]:
    """The versions of a material that the identity sees, newest first."""
    answers = sees_all_versions(identity, material)
    query = select(Version).where(Version.material_id == material.id)
    if not answers:
        query = query.where(_released())
    query = query.options(joinedload(Version.created_by), joinedload(Version.blob))
    versions = list(session.scalars(query.order_by(Version.number.desc())))
    counts = _under_way(session, [version.id for version in versions]) if answers else {}
    return [
        VersionRow(version, counts.get(version.id, 0) if answers else None, can_restore(material, version))
        for version in versions
    ]


def version_of(session: Session, identity: Identity, material: Material, number: int) -> Version:
    """One version by its number.

    Raises:
        NotFoundError: `version_not_found`; there is none, or it is not for the identity (the two look alike).
    """
    query = select(Version).where(Version.material_id == material.id, Version.number == number)
    query = query if sees_all_versions(identity, material) else query.where(_released())
    version = session.scalar(query.options(joinedload(Version.blob)))
    if version is None:
        raise NotFoundError("version_not_found", number=number)
    return version


def may_try(identity: Identity, material: Material, version: Version) -> bool:
    """Whether somebody may open a version that is not the current one: who answers for the material."""
    if material.status is Status.WITHDRAWN or identity.account_id is None:
        return False
    is_there = version.state in {VersionState.TAKEN, VersionState.WAITING, VersionState.DECLINED}
    return is_there and sees_all_versions(identity, material)


def _released() -> ColumnElement[bool]:
    return Version.released_at.is_not(None)


def _under_way(session: Session, ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(Registration.version_id, func.count())
        .join(Attempt, Attempt.registration_id == Registration.id)
        .join(Placement, Placement.id == Registration.placement_id)
        .where(
            Registration.version_id.in_(ids),
            Registration.reset_at.is_(None),
            Attempt.status != AttemptStatus.ENDED,
            Placement.kind.not_in(NO_LEARNING),
        )
    )
    return dict(session.execute(query.group_by(Registration.version_id)).all())
