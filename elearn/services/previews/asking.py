"""Asking the worker to draw: once for every new version, and for further pages when somebody turns to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from content_packages.facts import Kind
from content_packages.pictures.office import ENDINGS
from elearn.models.material import Material, Status, Version
from elearn.models.preview import VersionPreview
from elearn.services import jobs
from elearn.services.previews.pages import run_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from elearn.database import Database

DRAW: Final = "draw"
DRAW_PAGES: Final = "draw_pages"
# A program, an archive of anything or a lone text has no picture of its own: the drawn cover says what it is.
_WITHOUT: Final = frozenset({Kind.SOFTWARE, Kind.ARCHIVE})
_BATCH: Final = 500


def has_preview(kind: str, media_type: str) -> bool:
    """Whether the worker may find something to draw in a file of a kind."""
    if kind in {Kind.DOCUMENT, Kind.PRESENTATION, Kind.SPREADSHEET}:
        return media_type in ENDINGS
    return kind not in _WITHOUT


def ask(session: Session, version: Version, kind: str) -> None:
    """Have a new version drawn, in the transaction that makes it."""
    if has_preview(kind, version.media_type):
        jobs.enqueue(session, DRAW, key=f"{DRAW}:{version.uid}", payload={"version": version.uid})


def ask_for_pages(session: Session, version_uid: str, page: int) -> bool:
    """Have the run of pages drawn in which a page is; False when that was asked for before."""
    run = run_of(page)
    payload = {"version": version_uid, "run": run}
    return jobs.enqueue(session, DRAW_PAGES, key=f"{DRAW_PAGES}:{version_uid}:{run}", payload=payload)


def ask_for_all(database: Database, *, again: bool = False) -> int:
    """Have every current version drawn that was not drawn yet; `again`: also those without pages.

    Versions of before there were previews need this once, and Office documents after LibreOffice has been installed.
    Returns how many were asked for.
    """
    asked = 0
    for batch in _undrawn(database, again=again):
        with database.write() as session:
            for version_id, uid in batch:
                gone = session.get(VersionPreview, version_id)
                if gone is not None:
                    session.delete(gone)
                jobs.forget(session, f"{DRAW}:{uid}")
                asked += jobs.enqueue(session, DRAW, key=f"{DRAW}:{uid}", payload={"version": uid})
    return asked


def _undrawn(database: Database, *, again: bool) -> Iterator[list[tuple[int, str]]]:
    last = 0
    while True:
        query = (
            select(Version.id, Version.uid, Version.media_type, Material.kind, VersionPreview.code)
            .join(Material)
            .outerjoin(VersionPreview)
            .where(Version.id > last, Version.is_current, Material.status != Status.WITHDRAWN)
        )
        wanted = VersionPreview.version_id.is_(None)
        query = query.where(wanted | (VersionPreview.code != "") if again else wanted)
        with database.read() as session:
            rows = session.execute(query.order_by(Version.id).limit(_BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        yield [(row.id, row.uid) for row in rows if has_preview(row.kind, row.media_type)]
