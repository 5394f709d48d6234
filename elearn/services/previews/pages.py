"""Finding the picture of one page: a few bytes in the blob of the run of pages to which it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import undefer

from content_packages.archive.table import STORED, Entry, EntryTable
from elearn.models.material import Picture, StoredBlob, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from content_packages.pictures.drawn import Drawn

RUN: Final = 16  # pages that are drawn and kept together
MEDIA_TYPE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Where a picture lies: the blob of its run, and the bytes in it."""

    blob: str
    entry: Entry


def run_of(page: int) -> int:
    """The number of the run (from 0) that holds a page (from 1)."""
    return (page - 1) // RUN


def role_of(run: int) -> str:
    """The role of the row of `Picture` that names a run's blob."""
    return f"pages-{run}"


def pack(pages: Mapping[int, Drawn]) -> tuple[bytes, EntryTable]:
    """One blob of the pictures of a run one after the other, and where each lies ("3.webp", "3-small.webp")."""
    entries, data = [], bytearray()
    for number, drawn in sorted(pages.items()):
        for name, picture in ((f"{number}.webp", drawn.large), (f"{number}-small.webp", drawn.small)):
            entries.append(Entry(name, STORED, len(data), len(picture), len(picture), 0))
            data += picture
    return bytes(data), EntryTable.of(entries)


def find_page(session: Session, version_uid: str, page: int, *, small: bool = False) -> PagePicture | None:
    """The picture of a page; None when its run was not drawn yet, or this page could not be."""
    query = (
        select(StoredBlob)
        .join(Picture, Picture.blob_sha256 == StoredBlob.sha256)
        .join(Version, Version.id == Picture.version_id)
        .where(Version.uid == version_uid, Picture.role == role_of(run_of(page)))
        .options(undefer(StoredBlob.entry_table))
    )
    blob = session.scalar(query)
    if blob is None or blob.entry_table is None:
        return None
    entry = EntryTable.from_bytes(blob.entry_table).entries.get(f"{page}-small.webp" if small else f"{page}.webp")
    return PagePicture(blob.sha256, entry) if entry else None


def is_drawn(session: Session, version_uid: str, page: int) -> bool:
    """Whether the run of a page was drawn, whatever became of the page itself."""
    query = select(Picture.id).join(Version).where(Version.uid == version_uid, Picture.role == role_of(run_of(page)))
    return session.scalar(query) is not None


def pages_of(version: Version | None) -> int:
    """How many pages can be looked at of a version."""
    return version.preview.pages if version is not None and version.preview is not None else 0


def page_of_part(version: Version | None, key: str) -> int:
    """The page on which a part begins, 0 when that is not known or there are no pages."""
    pages = pages_of(version)
    if version is None or version.preview is None or not pages:
        return 0
    page = version.preview.starts.get(key, 0)
    if not page and version.media_type == "application/pdf" and key.isascii() and key.isdecimal():
        page = int(key[:6])
    return page if 1 <= page <= pages else 0
