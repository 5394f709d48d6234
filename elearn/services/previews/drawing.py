"""The worker's part: draw card and first pages of a version, later the other runs; then write the rows.

All that is slow happens outside of any transaction; the bytes are in the storage before a row names them.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from content_packages.archive.table import EntryTable
from content_packages.detection import detect
from content_packages.facts import Kind, PartFacts
from content_packages.pictures.office import Conversion, to_pdf
from content_packages.pictures.pages import beginnings, draw_pages
from content_packages.readers import pdf
from content_packages.source import Source
from content_packages.storage.contract import BlobMissingError
from content_packages.storage.receiving import receive
from elearn.models.material import Part, Picture, StoredBlob, Version, VersionFinding
from elearn.models.preview import VersionPreview
from elearn.services.blobs import record_blob
from elearn.services.indexing import mark_changed
from elearn.services.previews.asking import DRAW, DRAW_PAGES
from elearn.services.previews.cards import card_of
from elearn.services.previews.pages import MEDIA_TYPE, RUN, pack, role_of, run_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from content_packages.pictures.drawn import Drawn
    from content_packages.storage.contract import Storage
    from elearn.house import House

    Finish = Callable[[Session], object]

__all__ = ["DRAW", "DRAW_PAGES", "draw", "draw_more"]

OFFICE = frozenset({Kind.DOCUMENT, Kind.PRESENTATION, Kind.SPREADSHEET})
CARD, CARD_SMALL, CONVERTED = "card", "card-small", "pdf"
TITLE_LENGTH = 300
LARGEST_PICTURE = 512 * 1024 * 1024  # bytes of anything that a child of ours wrote
UNREAD = "old_office_not_read"  # a finding that stops to be true once the words are known


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture whose bytes are in the storage: the role of its row, its type, and where pages lie in it."""

    role: str
    media_type: str
    sha256: str
    size: int
    table: bytes | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of drawing a version; `words` are the pages of an Office document whose words nobody knew before."""

    pages: int = 0
    code: str = ""
    starts: Mapping[str, int] = field(default_factory=dict)
    kept: tuple[Kept, ...] = ()
    words: tuple[PartFacts, ...] = ()


def draw(house: House, payload: Mapping[str, Any]) -> Finish | None:
    """Draw the card of a version, and the first run of its pages when it has any.

    Raises:
        StorageError: the storage cannot be read or written; the job is tried again.
    """
    version = _version(house, payload["version"])
    if version is None:
        return None
    with _work(house, version) as (path, folder):
        result = _draw(house.storage, version, path, folder)
    return lambda session: _write(session, version.id, result)


def draw_more(house: House, payload: Mapping[str, Any]) -> Finish | None:
    """Draw one further run of pages of a version whose first pages were drawn.

    Raises:
        StorageError: as `draw`.
    """
    version, run = _version(house, payload["version"]), int(payload["run"])
    if version is None or version.preview is None or not 0 <= run <= run_of(max(version.preview.pages, 1)):
        return None
    with house.database.read() as session:
        query = select(Picture.blob_sha256).where(Picture.version_id == version.id, Picture.role == CONVERTED)
        converted = session.scalar(query)
    with _work(house, version, converted) as (path, _folder):
        drawn = draw_pages(path, run * RUN + 1, (run + 1) * RUN)
        kept = _keep_pages(house.storage, house.settings.staging_folder, run, drawn.pages)
    return lambda session: _write_pictures(session, version.id, (kept,))


def _version(house: House, uid: str) -> Version | None:
    query = (
        select(Version)
        .where(Version.uid == uid)
        .options(
            joinedload(Version.material),
            joinedload(Version.preview),
            joinedload(Version.blob).undefer(StoredBlob.entry_table),
            selectinload(Version.parts).options(undefer(Part.text)),
        )
    )
    with house.database.read() as session:
        version = session.scalars(query).unique().one_or_none()
        session.expunge_all()
    return version


@contextmanager
def _work(house: House, version: Version, blob: str | None = None) -> Iterator[tuple[Path, Path]]:
    """A file with the bytes of the version (or of another blob), and an empty folder; both gone at the end."""
    staging = house.settings.staging_folder
    staging.mkdir(parents=True, exist_ok=True)
    try:
        file = house.storage.open(blob or version.blob_sha256)
    except BlobMissingError:
        # Nothing can be drawn of what is not there; the damage is told by `elearn check`.
        file = BytesIO()
    with tempfile.TemporaryDirectory(dir=staging, prefix="draw-") as name, file:
        folder = Path(name) / "made"
        folder.mkdir()
        where = getattr(file, "name", None)  # a folder on this machine needs no copy
        if isinstance(where, str) and Path(where).is_file():
            yield Path(where), folder
            return
        with receive(file, Path(name), version.blob.size + LARGEST_PICTURE) as staged:
            yield staged.path, folder


def _draw(storage: Storage, version: Version, path: Path, folder: Path) -> Result:
    kind = Kind(version.material.kind)
    if kind is Kind.PDF:
        return _draw_document(storage, path, folder)
    with path.open("rb") as file:
        table = version.blob.entry_table
        entries = EntryTable.from_bytes(table) if table else EntryTable({})
        source = Source(path, version.file_name, file, path.stat().st_size, entries=entries)
        if kind not in OFFICE:
            card = card_of(source, kind, version.media_type, dict(version.properties), folder)
            return Result(kept=_keep_card(storage, folder, card))
        conversion = to_pdf(path, kind, version.media_type, folder)
        if conversion is not Conversion.DONE:
            card = card_of(detect(source).source, kind, version.media_type, {}, folder)
            return Result(code=conversion.value, kept=_keep_card(storage, folder, card))
    return _draw_converted(storage, version, folder)


def _draw_converted(storage: Storage, version: Version, folder: Path) -> Result:
    """The pages of an Office document that LibreOffice has made a PDF of, and the words on them."""
    made = folder / "result.pdf"
    result = _draw_document(storage, made, folder)
    if not result.pages:
        return replace(result, code=Conversion.FAILED.value)
    with made.open("rb") as file:
        pages = pdf.read(Source(made, made.name, file, made.stat().st_size)).parts
        file.seek(0)
        converted = _keep(storage, folder, CONVERTED, "application/pdf", file.read())
    known = [PartFacts(part.key, part.title, part.text, part.kind) for part in version.parts]
    return replace(
        result,
        kept=(*result.kept, converted),
        starts=beginnings(known, pages) if known else {page.key: int(page.key) for page in pages},
        words=() if known else pages,
    )


def _draw_document(storage: Storage, path: Path, folder: Path) -> Result:
    drawn = draw_pages(path, 1, RUN)
    if not drawn.pages:
        return Result(code="pages_not_drawn")
    first = _keep_pages(storage, folder, 0, drawn.pages)
    return Result(pages=drawn.count, kept=(*_keep_card(storage, folder, drawn.card), first))


def _keep_card(storage: Storage, folder: Path, card: Drawn | None) -> tuple[Kept, ...]:
    if card is None:
        return ()
    both = ((CARD, card.large), (CARD_SMALL, card.small))
    return tuple(_keep(storage, folder, role, "image/webp", data) for role, data in both)


def _keep_pages(storage: Storage, folder: Path, run: int, pages: Mapping[int, Drawn]) -> Kept:
    data, table = pack(pages)
    return replace(_keep(storage, folder, role_of(run), MEDIA_TYPE, data), table=table.to_bytes())


def _keep(storage: Storage, folder: Path, role: str, media_type: str, data: bytes) -> Kept:
    with receive(BytesIO(data), folder, LARGEST_PICTURE) as staged:
        storage.put(staged.path, staged.sha256)
    return Kept(role, media_type, sha256(data).hexdigest(), len(data))


def _write(session: Session, version_id: int, result: Result) -> None:
    version = session.get(Version, version_id)
    if version is None:  # a draft that was deleted meanwhile
        return
    preview = session.get(VersionPreview, version_id) or VersionPreview(version_id=version_id)
    preview.pages, preview.code, preview.starts = result.pages, result.code, dict(result.starts)
    session.add(preview)
    _write_pictures(session, version_id, result.kept)
    if result.words and not version.parts:
        version.parts = [
            Part(key=page.key, kind=page.kind, title=page.title[:TITLE_LENGTH], position=n, href="", text=page.text)
            for n, page in enumerate(result.words)
        ]
        session.execute(
            delete(VersionFinding).where(VersionFinding.version_id == version_id, VersionFinding.code == UNREAD)
        )
        mark_changed(session, version.material)
    session.flush()


def _write_pictures(session: Session, version_id: int, kept: tuple[Kept, ...]) -> None:
    """Put the rows in the place of older ones of the same role, whose blobs the clean-up removes."""
    if session.get(Version, version_id) is None:
        return
    for picture in kept:
        record_blob(session, picture.sha256, picture.size, picture.table)
        old = delete(Picture).where(Picture.version_id == version_id, Picture.role == picture.role)
        session.execute(old, execution_options={"synchronize_session": False})
        session.add(
            Picture(version_id=version_id, role=picture.role, media_type=picture.media_type, blob_sha256=picture.sha256)
        )
    session.flush()
