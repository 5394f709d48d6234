"""Static files: fingerprinted addresses, immutable caching, styles and scripts compressed once at start."""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from flask import Response, abort, request, url_for
from markupsafe import Markup

from elearn.paths import static_folder
from elearn.web.handles import without_handle
from scorm.datamodel import table_for
from scorm.manifest.model import Edition

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.typing import ResponseReturnValue

_COMPRESSED = {".css", ".js", ".svg", ".json", ".txt"}
_FOREVER = "public, max-age=31536000, immutable"
_BOOTSTRAP = ("flask_bootstrap", "static", "bootstrap5")
_SYMBOL = re.compile(
    r'<symbol[^>]*viewBox="(?P<box>[^"]+)"[^>]*id="(?P<id>[^"]+)"[^>]*>(?P<body>.*?)</symbol>', re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file in memory."""

    body: bytes
    compressed: bytes | None
    media_type: str
    fingerprint: str


@cache
def assets() -> dict[str, Asset]:
    """Every static file of ours by its path, Bootstrap's style from its wheel, and the run-time data models."""
    folder = static_folder()
    found = {path.relative_to(folder).as_posix(): _asset(path.name, path.read_bytes()) for path in _files(folder)}
    found["vendor/bootstrap.css"] = _asset("bootstrap.css", _bootstrap("css/bootstrap.min.css"))
    found |= {f"player/table-{edition.replace(' ', '-')}.js": _table(edition) for edition in Edition}
    return found


def _table(edition: Edition) -> Asset:
    """The run-time data model of an edition, as the player's script reads it."""
    return _asset("table.js", f"window.SCORM_TABLE = {json.dumps(table_for(edition).as_dict())};\n".encode())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def _bootstrap(name: str) -> bytes:
    return files(_BOOTSTRAP[0]).joinpath(*_BOOTSTRAP[1:], *name.split("/")).read_bytes().partition(b"/*# sourceMap")[0]


def _asset(name: str, body: bytes) -> Asset:
    suffix = "." + name.rpartition(".")[2]
    media_type = "text/javascript" if suffix == ".js" else mimetypes.guess_type(name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    compressed = gzip.compress(body, 9, mtime=0) if suffix in _COMPRESSED else None
    return Asset(body, compressed, media_type, hashlib.sha256(body).hexdigest()[:12])


def serve_asset(filename: str) -> ResponseReturnValue:
    """Answer with a static file; with its fingerprint in the address it may be kept for ever."""
    asset = assets().get(filename)
    if asset is None:
        abort(404)
    compressed = asset.compressed if "gzip" in request.accept_encodings else None
    response = Response(compressed or asset.body, content_type=asset.media_type)
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    if asset.compressed:
        response.vary.add("Accept-Encoding")
    known = request.args.get("v") == asset.fingerprint
    response.headers["Cache-Control"] = _FOREVER if known else "public, max-age=300"
    # The two encodings are two representations, so each has a tag of its own.
    response.set_etag(asset.fingerprint + ("-gz" if compressed else ""))
    return response.make_conditional(request)


def asset_url(filename: str) -> str:
    """The fingerprinted address of a static file."""
    asset = assets().get(filename)
    # The same for everybody, and kept for ever: it must not lie below a handle.
    return without_handle(url_for("static", filename=filename, v=asset.fingerprint if asset else None))


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    sprite = _bootstrap("icons/bootstrap-icons.svg").decode()
    return {match["id"]: (match["box"], match["body"].strip()) for match in _SYMBOL.finditer(sprite)}


@cache
def icon(name: str, label: str = "", css: str = "") -> Markup:
    """An icon of Bootstrap Icons as inline SVG; without a label it is hidden from screen readers.

    Raises:
        KeyError: there is no such icon.
    """
    box, body = _symbols()[name]
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    opening = Markup('<svg class="icon {}" viewBox="{}" {} focusable="false">').format(css, box, spoken)
    return opening + Markup(body) + Markup("</svg>")  # noqa: S704 - drawn by the library, not by people


def install_assets(app: Flask) -> None:
    """Serve `/static/` and give templates `asset_url()` and `icon()`."""
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=serve_asset)
    app.jinja_env.globals.update(asset_url=asset_url, icon=icon)
