"""Our viewer on the content host: pages as pictures, films with captions, H5P, and outlines that lead through files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Response, abort, render_template, request
from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.security import safe_join

from content_packages.archive.serving import iter_identity
from content_packages.media_types import is_executable, media_type_of
from elearn.models.material import Part, Picture, Version
from elearn.models.preview import Caption
from elearn.services import parts as installable
from elearn.services import previews
from elearn.services.previews.pages import is_drawn
from elearn.web.caption_words import caption_language
from elearn.web.content.files import FOREVER, cacheable, read_whole, resolve, streamed
from elearn.web.openings import SVG, has_viewer
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from sqlalchemy.orm import Session

    from elearn.services.player.capability import Served

LONGEST_PART = 255  # characters of the key of a part
FRAMED = ("text/html", "application/xhtml+xml", "application/pdf", "image/", "audio/", "video/", "text/plain")
ENTRY_WORDS = {
    "link": lazy_gettext("another site"),
    "topic": lazy_gettext("task or discussion"),
    "quiz": lazy_gettext("quiz"),
    "tool": lazy_gettext("tool of another site"),
}
MOST_WORDS = 20_000  # characters of a topic or of questions that are shown
SPOKEN_PAGE = 20_000


def register(blueprint: Blueprint) -> None:
    """Add the routes of the viewer."""
    add = blueprint.add_url_rule
    blueprint.add_app_template_filter(caption_language)
    add("/w/<capability>/", endpoint="view", view_func=view)
    add("/w/<capability>/<int:page>.webp", endpoint="page_picture", view_func=page_picture)
    add("/w/<capability>/<int:page>-small.webp", endpoint="page_small", view_func=page_small)
    add("/w/<capability>/card.webp", endpoint="card", view_func=card)
    add("/w/<capability>/captions/<language>.vtt", endpoint="captions", view_func=captions)
    add("/parts/h5p/<version>/<path:name>", endpoint="h5p_part", view_func=h5p_part)


def view(capability: str) -> Response | str:
    """The page that shows a material, at the page or part that the address names."""
    served = resolve(capability)
    with house().database.read() as session:
        version = _version(session, served)
        kind = version.material.kind
        if not has_viewer(kind, version):
            abort(404)
        about = {
            "capability": capability,
            "title": version.material.title,
            "kind": kind,
            "whole": f"/o/{capability}/{_file_name(version)}",
            "download": f"/d/{capability}/{_file_name(version)}",
        }
        if previews.pages_of(version):
            return _pages(session, version, about)
        if kind in {"audio", "video"}:
            return _media(session, version, about)
        if kind == "h5p":
            return _h5p(version, about)
        if version.media_type == SVG:
            return render_template("viewer/picture.html", **about)
        return _outline(session, version, about)


def _version(session: Session, served: Served) -> Version:
    query = select(Version).where(Version.uid == served.version_uid)
    query = query.options(
        joinedload(Version.material),
        joinedload(Version.preview),
        selectinload(Version.parts),
        selectinload(Version.findings),
    )
    return session.scalars(query).unique().one()


def _file_name(version: Version) -> str:
    return quote(version.file_name.replace("/", "_"), safe="")


def _pages(session: Session, version: Version, about: dict[str, Any]) -> str:
    """One page as a picture, with its words for who cannot see it; what was not drawn yet is asked for."""
    count = previews.pages_of(version)
    page = min(max(request.args.get("page", 1, int), 1), count)
    drawn = is_drawn(session, version.uid, page)
    if not drawn:
        with house().database.write() as writer:
            previews.ask_for_pages(writer, version.uid, page)
    first = (page - 1) // previews.RUN * previews.RUN + 1
    return render_template(
        "viewer/pages.html",
        page=page,
        count=count,
        drawn=drawn,
        words=_words_of_page(session, version, page),
        shown=range(first, min(first + previews.RUN, count + 1)) if drawn else (),
        **about,
    )


def _words_of_page(session: Session, version: Version, page: int) -> str:
    """The text of the parts that begin on a page: of a PDF its own, of a document the sections, slides or sheets."""
    keys = [part.key for part in version.parts if previews.page_of_part(version, part.key) == page]
    query = select(Part.text).where(Part.version_id == version.id, Part.key.in_(keys[:50])).order_by(Part.position)
    return "\n\n".join(session.scalars(query))[:SPOKEN_PAGE] if keys else ""


def _media(session: Session, version: Version, about: dict[str, Any]) -> str:
    languages = session.scalars(
        select(Caption.language).where(Caption.version_id == version.id).order_by(Caption.language)
    )
    has_card = _card_of(session, version.uid) is not None
    return render_template(
        "viewer/media.html", media_type=version.media_type, languages=list(languages), has_card=has_card, **about
    )


def _h5p(version: Version, about: dict[str, Any]) -> str:
    base = str(version.properties.get("base", "")).rstrip("/")
    content = f"/f/{about['capability']}" + (f"/{quote(base)}" if base else "")
    player = f"/parts/h5p/{installable.H5P.version}"
    start = {
        "h5pJsonPath": content,
        "frameJs": f"{player}/frame.bundle.js",
        "frameCss": f"{player}/styles/h5p.css",
        "id": "content",
        "fullScreen": True,
    }
    return render_template("viewer/h5p.html", start=start, player=player, **about)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a part of an outline is shown: in a frame, by a link, as words, or only named."""

    part: Part
    how: str  # "frame", "file", "link", "words", "tool" or "heading"
    address: str = ""
    words: str = ""


def _outline(session: Session, version: Version, about: dict[str, Any]) -> str:
    asked = request.args.get("part", "")[:LONGEST_PART]
    rows = version.parts
    chosen = next((row for row in rows if row.key == asked), None) or next(
        (row for row in rows if row.href or row.kind in {"topic", "quiz"}), rows[0]
    )
    position = rows.index(chosen)
    openable = [n for n, row in enumerate(rows) if row.kind != "heading" or row.href]
    return render_template(
        "viewer/outline.html",
        shown=_shown(session, chosen, about["capability"]),
        parts=rows,
        previous=next((rows[n] for n in reversed(openable) if n < position), None),
        following=next((rows[n] for n in openable if n > position), None),
        entry_words=ENTRY_WORDS,
        number=position + 1,
        **about,
    )


def _shown(session: Session, part: Part, capability: str) -> Shown:
    if part.kind == "link":
        return Shown(part, "link", part.href)
    if part.kind in {"topic", "quiz"}:
        return Shown(
            part, "words", words=(session.scalar(select(Part.text).where(Part.id == part.id)) or "")[:MOST_WORDS]
        )
    if part.kind == "tool" or not part.href:
        return Shown(part, "tool" if part.kind == "tool" else "heading")
    address = f"/f/{capability}/{quote(part.href)}"
    is_framed = not is_executable(part.href) and media_type_of(part.href).startswith(FRAMED)
    return Shown(part, "frame" if is_framed else "file", address)


def page_picture(capability: str, page: int) -> Response:
    """The picture of a page, to be looked at."""
    return _page_picture(capability, page, small=False)


def page_small(capability: str, page: int) -> Response:
    """The picture of a page, for lists."""
    return _page_picture(capability, page, small=True)


def _page_picture(capability: str, page: int, *, small: bool) -> Response:
    served = resolve(capability)
    with house().database.read() as session:
        found = previews.find_page(session, served.version_uid, page, small=small)
    if found is None:
        abort(404)
    tag = f"{found.blob[:24]}-{page}{'s' if small else ''}"
    if request.if_none_match.contains(tag):
        return cacheable(Response(status=304), tag)
    response = cacheable(streamed(found.blob, lambda file: iter_identity(file, found.entry), found.entry.size), tag)
    response.headers["Content-Type"] = "image/webp"
    return response


def card(capability: str) -> Response:
    """The picture on the material's card: what a film shows before it is played."""
    served = resolve(capability)
    with house().database.read() as session:
        digest = _card_of(session, served.version_uid)
    return _small_blob(digest, "image/webp")


def captions(capability: str, language: str) -> Response:
    """The captions of a film or sound in a language."""
    served = resolve(capability)
    query = select(Caption.blob_sha256).join(Version)
    query = query.where(Version.uid == served.version_uid, Caption.language == language)
    with house().database.read() as session:
        digest = session.scalar(query)
    response = _small_blob(digest, "text/vtt; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=60"  # the address stays when they are corrected
    return response


def _card_of(session: Session, version_uid: str) -> str | None:
    query = select(Picture.blob_sha256).join(Version).where(Version.uid == version_uid, Picture.role == "card")
    return session.scalar(query)


def _small_blob(digest: str | None, media_type: str) -> Response:
    response = Response(read_whole(digest) if digest else abort(404), content_type=media_type)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def h5p_part(version: str, name: str) -> Response:
    """A file of the installed player of H5P."""
    part = installable.H5P
    if version != part.version:
        abort(404)
    path = safe_join(str(part.place(house().settings.home)), name)
    if path is None or not Path(path).is_file():
        abort(404)
    response = Response(Path(path).read_bytes(), content_type=media_type_of(name))
    response.headers["Cache-Control"] = FOREVER
    return response
