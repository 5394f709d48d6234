"""Files that arrive in parts, over hours or days: what was acknowledged is on the disk, each file is used once.

The lock on a file decides who may write to it, use it, give it up or clean it away; it is taken before its row is
read for good, and let go after the row is committed. A file is named before its row and removed after it, so a crash
leaves at most a file without a row, which `clean` removes.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from content_packages.storage.appending import FileBusyError, GrowingFile
from content_packages.storage.appending import begin as begin_file
from content_packages.storage.contract import StorageFullError
from elearn.clock import now
from elearn.identifiers import is_uid, new_uid
from elearn.models.upload import Upload
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.housekeeping import KEEP_STAGED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Protocol

    from sqlalchemy.orm import Session

    from content_packages.storage.receiving import Readable
    from elearn.database import Database
    from elearn.services.access import Identity

    class Hash(Protocol):
        """A checksum as hashlib makes it."""

        def update(self, data: bytes, /) -> None:
            """Take further bytes into it."""

        def digest(self) -> bytes:
            """The checksum of what came so far."""


KEEP = timedelta(days=7)  # after the last part
MOST_OPEN = 20  # for each account
BLOCK = 16 * 1024 * 1024  # bytes after which a long part is synced and acknowledged on the way


class TooLargeError(ServiceError):
    """More bytes than may come."""

    status = 413


class GoneError(ServiceError):
    """It was here, and is kept no longer."""

    status = 410


class BusyError(ServiceError):
    """Somebody else is at it at this moment."""

    status = 423


class ChecksumError(ServiceError):
    """The bytes that came are not those that were sent; they were thrown away."""

    status = 460


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of a part should give."""

    make: Callable[[], Hash]
    expected: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes of one request: from where on, how many are promised (None: not said)."""

    body: Readable
    start: int
    size: int | None = None
    checksum: Checksum | None = None


def begin(session: Session, identity: Identity, folder: Path, length: int, described: str) -> Upload:
    """Make room for a file of so many bytes.

    Raises:
        ServiceError: the account has too many files under way.
        StorageFullError: the disk has no room for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < length:
        raise StorageFullError("no room for a file of that length")
    uid = new_uid()
    begin_file(folder / uid)
    if session.scalar(select(func.count()).where(*_open(identity))) >= MOST_OPEN:
        (folder / uid).unlink()
        raise ConflictError("upload_too_many", most=MOST_OPEN)
    upload = Upload(uid=uid, account_id=identity.account_id, length=length, described=described)
    upload.expires_at = now() + KEEP
    session.add(upload)
    session.flush()
    return upload


def _open(identity: Identity) -> tuple[object, ...]:
    return Upload.account_id == identity.account_id, Upload.expires_at > now()


def open_uploads(session: Session, identity: Identity, folder: Path) -> list[Upload]:
    """The files that the account has under way and that can go on, last begun first."""
    rows = session.scalars(select(Upload).where(*_open(identity)).order_by(Upload.id.desc()))
    return [upload for upload in rows if (folder / upload.uid).exists()]


def find(session: Session, identity: Identity, uid: str) -> Upload:
    """An upload of the account.

    Raises:
        NotFoundError: it has no such one.
        GoneError: it has expired.
    """
    own = select(Upload).where(Upload.uid == uid, Upload.account_id == identity.account_id)
    upload = session.scalar(own) if is_uid(uid) else None
    if upload is None:
        raise NotFoundError("upload_not_found")
    if upload.expires_at <= now():
        raise GoneError("upload_expired")
    return upload


@dataclass(frozen=True, slots=True)
class Held:
    """An upload and its file, of which nobody else may touch either until the file is closed."""

    upload: Upload
    file: GrowingFile


def hold(database: Database, identity: Identity, folder: Path, uid: str) -> Held:
    """Keep everybody else from an upload; the caller closes its file.

    Raises:
        NotFoundError: the account has no such upload.
        GoneError: it has expired, or bytes of its file are lost.
        BusyError: another request is at it.
    """
    with database.read() as session:
        find(session, identity, uid)
    try:
        file = GrowingFile(folder / uid)
    except FileNotFoundError:
        raise GoneError("upload_expired") from None
    except FileBusyError:
        raise BusyError("upload_busy") from None
    try:
        with database.read() as session:  # again: until the lock was ours it could change
            upload = find(session, identity, uid)
        _demand_all(file, upload)
        return Held(upload, file)
    except BaseException:
        file.close()
        raise


def _demand_all(file: GrowingFile, upload: Upload) -> None:
    """Bytes are lost when a disk lied, or the folder is of another day; nothing is put behind them."""
    if file.size < upload.received:
        raise GoneError("upload_expired")


def receive_part(database: Database, identity: Identity, folder: Path, uid: str, part: Part) -> Upload:
    """Append the bytes of a request; they are on the disk before the row says so.

    Raises:
        ConflictError: the part does not begin where the file ends.
        TooLargeError: the part promises more than is missing.
        ChecksumError: its checksum is another one; none of its bytes is kept.
        StorageFullError: no room; what was acknowledged stays.
    """
    held = hold(database, identity, folder, uid)
    upload = held.upload
    with held.file as file:
        if part.start != upload.received:
            raise ConflictError("upload_offset", offset=upload.received)
        if part.size is not None and part.start + part.size > upload.length:
            raise TooLargeError("upload_too_long")
        if part.checksum:
            _append_checked(database, file, upload, part, part.checksum)
        else:
            _append(database, file, upload, part)
    return upload


def _append(database: Database, file: GrowingFile, upload: Upload, part: Part) -> None:
    came = BLOCK
    while came == BLOCK and not upload.is_complete:
        came = file.append(part.body, upload.received, min(BLOCK, upload.length - upload.received))
        _acknowledge(database, upload, came)


def _append_checked(database: Database, file: GrowingFile, upload: Upload, part: Part, checksum: Checksum) -> None:
    digest = checksum.make()
    came = file.append(part.body, upload.received, upload.length - upload.received, digest)
    if digest.digest() != checksum.expected:
        file.cut(upload.received)
        raise ChecksumError("upload_checksum")
    _acknowledge(database, upload, came)


def _acknowledge(database: Database, upload: Upload, came: int) -> None:
    values = {"received": upload.received + came, "expires_at": now() + KEEP}
    with database.write() as session:
        row = update(Upload).where(Upload.id == upload.id, Upload.received == upload.received)
        if session.execute(row.values(values)).rowcount != 1:
            raise NotFoundError("upload_not_found")
    upload.received, upload.expires_at = values["received"], values["expires_at"]


def take(database: Database, identity: Identity, folder: Path, uid: str) -> Held:
    """Hold a file that is complete, to make something of it; the caller closes it.

    Raises:
        ConflictError: it is not complete.
    """
    held = hold(database, identity, folder, uid)
    if not held.upload.is_complete:
        held.file.close()
        raise ConflictError("upload_incomplete")
    return held


def spend(session: Session, upload: Upload) -> None:
    """Remove the row of an upload that has been used; its file goes when that is committed.

    Raises:
        NotFoundError: it was used meanwhile.
    """
    if session.execute(delete(Upload).where(Upload.id == upload.id)).rowcount != 1:
        raise NotFoundError("upload_not_found")


def give_up(database: Database, identity: Identity, folder: Path, uid: str) -> None:
    """Remove an upload and what came of it."""
    held = hold(database, identity, folder, uid)
    with held.file as file:
        with database.write() as session:
            spend(session, held.upload)
        file.discard()


def clean(database: Database, folder: Path) -> int:
    """Remove what has expired, rows without a file and files without a row; returns how many.

    What somebody is at, now, is left for the next time.
    """
    there = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
    with database.read() as session:
        known = {upload.uid: upload for upload in session.scalars(select(Upload))}
    moment = now()
    over = [upload for uid, upload in known.items() if upload.expires_at <= moment or not (folder / uid).exists()]
    oldest = (moment - KEEP_STAGED).timestamp()
    orphans = [path for name, path in there.items() if name not in known and _is_older(path, oldest)]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans) + sum(_remove(database, folder, upload) for upload in over)


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except FileNotFoundError:
        return False


def _remove(database: Database, folder: Path, upload: Upload) -> bool:
    """Remove one that had expired, unless a part of it came meanwhile; whether it was removed."""
    row = delete(Upload).where(Upload.id == upload.id, Upload.expires_at == upload.expires_at)
    with suppress(FileBusyError):
        try:
            file = GrowingFile(folder / upload.uid)
        except FileNotFoundError:
            with database.write() as session:
                return session.execute(row).rowcount == 1
        with file:
            with database.write() as session:
                removed = session.execute(row).rowcount == 1
            if removed:
                file.discard()
            return removed
    return False
