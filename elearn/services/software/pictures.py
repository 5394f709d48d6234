"""Pictures of a title in use: PNG, JPEG or WebP as somebody sends it, drawn anew by us before anybody sees it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from content_packages.pictures.cards import draw_screen
from content_packages.storage.receiving import receive
from elearn.models.software_life import SoftwarePicture
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.blobs import record_blob
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from content_packages.storage.contract import Storage
    from elearn.models.material import Material
    from elearn.services.access import Identity

MOST_PICTURES = 12
LARGEST = 20 * 1024 * 1024  # bytes of a file that is sent
LONGEST_WORDS = 300
_LARGEST_DRAWN = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture whose bytes are in the storage, in two sizes; digest and size in bytes of each."""

    large: tuple[str, int]
    small: tuple[str, int]
    width: int
    height: int


def prepare(storage: Storage, staging: Path, path: Path) -> PreparedPicture:
    """Draw the file at `path` anew and keep it; slow, and outside of any transaction.

    Raises:
        ServiceError: `picture_unreadable`; it is no PNG, JPEG or WebP, is damaged, or far too large or too small.
    """
    screen = draw_screen(path)
    if screen is None:
        raise ServiceError("picture_unreadable")
    large, small = (_keep(storage, staging, data) for data in (screen.drawn.large, screen.drawn.small))
    return PreparedPicture(large, small, screen.width, screen.height)


def _keep(storage: Storage, staging: Path, data: bytes) -> tuple[str, int]:
    with receive(BytesIO(data), staging, _LARGEST_DRAWN) as staged:
        storage.put(staged.path, staged.sha256)
        return staged.sha256, staged.size


def add_picture(
    session: Session, identity: Identity, title: Material, prepared: PreparedPicture, words: str
) -> SoftwarePicture:
    """Show a picture after the others.

    Raises:
        ForbiddenError: the identity does not manage the title.
        ServiceError: `picture_wordless`; nobody said what it shows.
        ConflictError: `picture_most`, `picture_twice`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    words = one_line(words)[:LONGEST_WORDS]
    if not words:
        raise ServiceError("picture_wordless")
    shown = pictures_of(session, title)
    if len(shown) >= MOST_PICTURES:
        raise ConflictError("picture_most", most=MOST_PICTURES)
    if any(row.blob_sha256 == prepared.large[0] for row in shown):
        raise ConflictError("picture_twice")
    for digest, size in (prepared.large, prepared.small):
        record_blob(session, digest, size)
    picture = SoftwarePicture(
        title_id=title.id,
        position=max((row.position for row in shown), default=0) + 1,
        words=words,
        width=prepared.width,
        height=prepared.height,
        blob_sha256=prepared.large[0],
        small_sha256=prepared.small[0],
        created_by_id=identity.account_id,
    )
    session.add(picture)
    session.flush()
    audit.record(session, identity, "title.picture", title, title=title.title, words=words)
    mark_changed(session, title)
    return picture


def move_picture(session: Session, identity: Identity, title: Material, uid: str, way: Literal["up", "down"]) -> None:
    """Show a picture one place earlier or later; at the end of the row nothing happens.

    Raises:
        ForbiddenError: the identity does not manage the title; NotFoundError: `picture_not_found`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    picture, shown = get_picture(session, title, uid), list(pictures_of(session, title))
    place = shown.index(picture) + (-1 if way == "up" else 1)
    if 0 <= place < len(shown):
        other = shown[place]
        picture.position, other.position = other.position, picture.position
        mark_changed(session, title)


def remove_picture(session: Session, identity: Identity, title: Material, uid: str) -> None:
    """Show a picture no more; the clean-up removes its bytes.

    Raises:
        ForbiddenError: the identity does not manage the title; NotFoundError: `picture_not_found`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    picture = get_picture(session, title, uid)
    session.delete(picture)
    session.flush()
    audit.record(session, identity, "title.unpicture", title, title=title.title, words=picture.words)
    mark_changed(session, title)


def pictures_of(session: Session, title: Material) -> Sequence[SoftwarePicture]:
    """The pictures of a title in their order."""
    rows = select(SoftwarePicture).where(SoftwarePicture.title_id == title.id)
    return session.scalars(rows.order_by(SoftwarePicture.position, SoftwarePicture.id)).all()


def get_picture(session: Session, title: Material, uid: str) -> SoftwarePicture:
    """A picture of a title.

    Raises:
        NotFoundError: `picture_not_found`.
    """
    rows = select(SoftwarePicture).where(SoftwarePicture.title_id == title.id, SoftwarePicture.uid == uid)
    picture = session.scalar(rows)
    if picture is None:
        raise NotFoundError("picture_not_found")
    return picture
