"""Mirrors: a unit offers a release's file in its own network to its people and those below; never fetched from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.models.installations import SoftwareMirror
from elearn.models.organisation import Unit
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.access.visibility import readable_units
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.software.titles import checked_address

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_MIRRORS = 20  # of one unit for the files of one release


def add_mirror(session: Session, identity: Identity, file: SoftwareFile, unit: Unit, address: str) -> SoftwareMirror:
    """Say where a unit offers a file.

    Raises:
        ForbiddenError: the identity does not manage the unit, or does not see the title.
        ServiceError: `web_address`; it is not http or https.
        ConflictError: `mirror_twice`, `mirror_most`.
    """
    require(identity, Action.SEE_MATERIAL, file.release.title)
    require(identity, Action.MANAGE_UNIT, unit)
    address = checked_address(address)
    if not address:
        raise ServiceError("web_address", address="")
    held = [row for row in _mirrors_of(session, file.release) if row.unit_id == unit.id]
    if any(row.file_id == file.id and row.address == address for row in held):
        raise ConflictError("mirror_twice")
    if len(held) >= MOST_MIRRORS:
        raise ConflictError("mirror_most", most=MOST_MIRRORS)
    mirror = SoftwareMirror(file_id=file.id, unit_id=unit.id, address=address, created_by_id=identity.account_id)
    session.add(mirror)
    session.flush()
    audit.record(session, identity, "mirror.add", mirror, unit=unit.code, file=file.file_name, address=address)
    return mirror


def mirrors_for(session: Session, identity: Identity, release: SoftwareRelease) -> Mapping[int, list[SoftwareMirror]]:
    """The mirrors of a release's files that are for somebody, by file: of their units and those above."""
    return mirrors_of_files(session, identity, [file.id for file in release.files])


def mirrors_of_files(
    session: Session, identity: Identity, files: Collection[int]
) -> Mapping[int, list[SoftwareMirror]]:
    """The same for some files, with one statement."""
    theirs = readable_units(identity)
    found: dict[int, list[SoftwareMirror]] = {}
    for mirror in session.scalars(_mirrors().where(SoftwareMirror.file_id.in_(files))) if files else ():
        if mirror.unit_id in theirs:
            found.setdefault(mirror.file_id, []).append(mirror)
    return found


def _mirrors_of(session: Session, release: SoftwareRelease) -> list[SoftwareMirror]:
    of_release = select(SoftwareFile.id).where(SoftwareFile.release_id == release.id)
    return list(session.scalars(_mirrors().where(SoftwareMirror.file_id.in_(of_release))))


def _mirrors() -> Select[tuple[SoftwareMirror]]:
    return (
        select(SoftwareMirror)
        .where(SoftwareMirror.removed_at.is_(None))
        .options(joinedload(SoftwareMirror.unit).selectinload(Unit.names))
        .order_by(SoftwareMirror.id)
    )


def remove_mirror(session: Session, identity: Identity, release: SoftwareRelease, uid: str) -> None:
    """Take a mirror away.

    Raises:
        NotFoundError: `mirror_not_found`; ForbiddenError: the identity does not manage the unit that offers it.
    """
    mirror = next((row for row in _mirrors_of(session, release) if row.uid == uid), None)
    if mirror is None:
        raise NotFoundError("mirror_not_found")
    require(identity, Action.MANAGE_UNIT, mirror.unit)
    mirror.removed_at = now()
    audit.record(session, identity, "mirror.remove", mirror, unit=mirror.unit.code, address=mirror.address)
