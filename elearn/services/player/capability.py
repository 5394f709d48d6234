"""Addresses of content: the host label of a version and the capability that opens its files."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from content_packages.archive.table import EntryTable
from elearn.identifiers import is_uid, keyed_label
from elearn.models.material import Material, Status, StoredBlob, Version
from elearn.models.scanning import FileScan
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.errors import NotFoundError
from elearn.services.player.kept import Kept
from elearn.services.safety import HELD

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from elearn.database import Database

UID_LENGTH = 32
LABEL_LENGTH = 20
RECHECK_SECONDS = 3.0  # how long a withdrawal may take to reach a process that has just served the package
CAPABILITIES_KEPT = 256
TABLES_KEPT = 64


@dataclass(frozen=True, slots=True)
class Served:
    """What a capability opens: the stored bytes of one version.

    `framed_by` are the origins of the learning platform in whose pages it is shown, separated by spaces.
    """

    version_uid: str
    blob: str
    size: int
    file_name: str
    media_type: str
    kind: str
    framed_by: str = ""


def host_label(secret: str, version_uid: str) -> str:
    """The label of the host from which this version, and no other, plays."""
    return keyed_label(secret, "host", version_uid)


def capability_of(secret: str, version_uid: str, epoch: int, framed_by: str = "") -> str:
    """The path segment that opens a version's files: the same for all learners, ended by raising the epoch.

    Files are kept for ever by caches together with the policy that says who may frame them. So what a learning
    platform shows has addresses of its own, in which the origins of the platform stand (`framed_by`).
    """
    inside = (framed_by,) if framed_by else ()
    label = keyed_label(secret, "capability", version_uid, str(epoch), *inside, length=LABEL_LENGTH)
    return version_uid + label + base64.urlsafe_b64encode(framed_by.encode()).decode().rstrip("=")


def _framed_by(capability: str) -> str:
    """What a capability says about who frames it, not yet verified."""
    encoded = capability[UID_LENGTH + LABEL_LENGTH :]
    try:
        return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise NotFoundError("file_not_found") from error


def _named_by(session: Session, uid: str) -> Row[Any] | None:
    """The file of a version or of a release of software with a uid, and what its material says of it."""
    asked = (Material.capability_epoch, Material.status, Material.kind, StoredBlob.size, FileScan.state)
    of_version = (
        select(Version, *asked)
        .join(Material, Material.id == Version.material_id)
        .join(StoredBlob, StoredBlob.sha256 == Version.blob_sha256)
        .outerjoin(FileScan, FileScan.sha256 == Version.blob_sha256)
        .where(Version.uid == uid)
    )
    of_release = (
        select(SoftwareFile, *asked)
        .join(SoftwareRelease, SoftwareRelease.id == SoftwareFile.release_id)
        .join(Material, Material.id == SoftwareRelease.title_id)
        .join(StoredBlob, StoredBlob.sha256 == SoftwareFile.blob_sha256)
        .outerjoin(FileScan, FileScan.sha256 == SoftwareFile.blob_sha256)
        .where(SoftwareFile.uid == uid)
    )
    return session.execute(of_version).one_or_none() or session.execute(of_release).one_or_none()


class Capabilities:
    """Resolves capabilities and keeps entry tables in memory; one per process, safe between threads."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._secret = secret
        self._served: Kept[tuple[float, Served]] = Kept(CAPABILITIES_KEPT)
        self._tables: Kept[EntryTable] = Kept(TABLES_KEPT)

    def resolve(self, capability: str) -> Served:
        """What a capability opens.

        Raises:
            NotFoundError: it is forged, the material has been withdrawn since, or its file is held back.
        """
        until, served = self._served.get(capability, lambda: self._look_up(capability))
        if until < monotonic():
            _, served = self._served.put(capability, self._look_up(capability))
        return served

    def _look_up(self, capability: str) -> tuple[float, Served]:
        """What a capability opens, and until when (monotonic seconds) this need not be asked again."""
        uid, framed_by = capability[:UID_LENGTH], _framed_by(capability)
        with self._database.read() as session:
            row = _named_by(session, uid) if is_uid(uid) else None
        if row is None or row.status is Status.WITHDRAWN:
            raise NotFoundError("file_not_found")
        expected = capability_of(self._secret, uid, row.capability_epoch, framed_by)
        if not hmac.compare_digest(expected.encode(), capability.encode()):
            raise NotFoundError("file_not_found")
        if row.state in HELD:
            raise NotFoundError("file_held")
        file: Version | SoftwareFile = row[0]
        served = Served(uid, file.blob_sha256, row.size, file.file_name, file.media_type, row.kind, framed_by)
        return monotonic() + RECHECK_SECONDS, served

    def table(self, blob: str) -> EntryTable:
        """The verified entries of a stored archive.

        Raises:
            NotFoundError: the blob is not an archive whose entries are served.
        """
        return self._tables.get(blob, lambda: self._load_table(blob))

    def _load_table(self, blob: str) -> EntryTable:
        query = select(StoredBlob).where(StoredBlob.sha256 == blob).options(undefer(StoredBlob.entry_table))
        with self._database.read() as session:
            stored = session.scalar(query)
        if stored is None or stored.entry_table is None:
            raise NotFoundError("file_not_found")
        return EntryTable.from_bytes(stored.entry_table)
