"""Files of packages, straight from the verified entries of their archive: gzip passed through, ranges, caching."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from flask import Response, abort, current_app, g, request
from werkzeug.http import parse_range_header

from content_packages.archive.serving import gzip_size, iter_gzip, iter_identity
from content_packages.archive.table import Entry
from content_packages.media_types import is_executable, media_type_of
from content_packages.storage.contract import BlobMissingError
from elearn.services.errors import NotFoundError
from elearn.services.player.capability import host_label
from elearn.web.hosts import host_rules
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Blueprint

    from content_packages.archive.table import EntryTable
    from elearn.services.player.capability import Capabilities, Served

FOREVER = "public, max-age=31536000, immutable"
CC_BASE = "$IMS-CC-FILEBASE$"  # Common Cartridge 1.1, 4.2.2
CHUNK = 256 * 1024
OPENED = frozenset({"pdf", "image", "audio", "video"})
SHOWN = 80  # characters of a path in a sentence
SVG = "image/svg+xml"  # a document with scripts, whatever its kind says
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


def register(blueprint: Blueprint) -> None:
    """Add the file routes."""
    blueprint.add_url_rule("/f/<capability>/<path:path>", view_func=entry)
    blueprint.add_url_rule("/o/<capability>/<path:name>", view_func=open_whole)
    blueprint.add_url_rule("/d/<capability>/<path:name>", view_func=download)


def entry(capability: str, path: str) -> Response:
    """One file of a package."""
    served = resolve(capability)
    found = _found(_capabilities().table(served.blob), path)
    if found is None:
        raise NotFoundError("file_not_in_package", path=shortened(path))
    if request.range is None and found.is_deflated and _accepts_gzip():
        response = _whole(served.blob, found)
    else:
        response = _identity(served.blob, found)
    response.headers["Content-Type"] = media_type_of(found.path)
    if is_executable(found.path):
        response.headers["Content-Disposition"] = disposition(found.path.rpartition("/")[2])
    return response


def _found(table: EntryTable, path: str) -> Entry | None:
    """The entry of a path; pages of cartridges may say for the package itself what stands before CC_BASE.

    Where that begins differs between the platforms that write cartridges: at the top, or in a folder of their own.
    """
    found = table.lookup(path)
    if found is None and CC_BASE in path:
        rest = path.rpartition(CC_BASE)[2].lstrip("/")
        found = table.lookup(rest) or table.lookup(f"web_resources/{rest}")
    return found


def shortened(path: str) -> str:
    """The end of a path, which is what its author knows it by."""
    return path if len(path) <= SHOWN else f"…{path[-SHOWN:]}"


def open_whole(capability: str, name: str) -> Response:
    """A stored file as it is, shown by the browser where it can be: documents, pictures, sound, film."""
    del name
    served = resolve(capability)
    if served.kind not in OPENED:
        abort(404)
    response = _stored(served)
    response.headers["Content-Disposition"] = disposition(served.file_name, "inline")
    if served.media_type == SVG:  # for `<img>`; opened by itself it can neither run nor fetch anything
        response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def download(capability: str, name: str) -> Response:
    """A stored file as it is, always as a download."""
    del name
    served = resolve(capability)
    response = _stored(served)
    response.headers["Content-Disposition"] = disposition(served.file_name)
    return response


def disposition(file_name: str, kind: str = "attachment") -> str:
    """The Content-Disposition of a file name in any script (RFC 6266, RFC 5987)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;' else "_" for c in file_name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def belongs_here(version_uid: str) -> bool:
    """Whether the request came to the host of this version (where every package has a host of its own)."""
    rules = host_rules()
    if rules.content_port or (rules.content and not rules.one_per_package):
        return True
    return request.host.partition(".")[0] == host_label(house().settings.secret_key, version_uid)


def _capabilities() -> Capabilities:
    found: Capabilities = current_app.extensions["elearn.capabilities"]
    return found


def resolve(capability: str) -> Served:
    """What a capability opens, on the host of its version alone; who may frame it is noted."""
    served = _capabilities().resolve(capability)
    if not belongs_here(served.version_uid):
        abort(404)
    g.framed_by = served.framed_by.split()
    return served


def _accepts_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0


def _whole(blob: str, found: Entry) -> Response:
    """The deflate stream as it lies in the archive, with a gzip frame around it."""
    tag = f"{found.crc32:08x}-{found.size:x}-gz"
    if request.if_none_match.contains(tag):
        return cacheable(Response(status=304), tag)
    response = cacheable(streamed(blob, lambda file: iter_gzip(file, found), gzip_size(found)), tag)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _identity(blob: str, found: Entry) -> Response:
    tag = f"{found.crc32:08x}-{found.size:x}"
    return _ranged(found.size, tag, lambda start, stop: _streamed_range(blob, found, start, stop))


def _stored(served: Served) -> Response:
    """A whole blob, which is a single stored entry at offset 0."""
    whole = Entry(served.file_name, 0, 0, served.size, served.size, 0)
    tag = served.blob[:32]
    response = _ranged(served.size, tag, lambda start, stop: _streamed_range(served.blob, whole, start, stop))
    response.headers["Content-Type"] = served.media_type
    return response


def _ranged(size: int, tag: str, part: Callable[[int, int], Response]) -> Response:
    if request.if_none_match.contains(tag):
        return cacheable(Response(status=304), tag)
    span = _span(size, tag)
    if span is None:
        response = part(0, size)
    elif span == (0, 0):
        response = Response(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
    else:
        response = part(*span)
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {span[0]}-{span[1] - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    return cacheable(response, tag)


def _span(size: int, tag: str) -> tuple[int, int] | None:
    """The one range that is asked for; None: the whole; (0, 0): outside the file."""
    wanted = parse_range_header(request.headers.get("Range"))
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return None
    # Nothing here has a date, so one in If-Range cannot match (RFC 9110, 13.1.5).
    if request.if_range.date is not None or request.if_range.etag not in {None, tag}:
        return None
    start, stop = wanted.ranges[0]
    if start < 0:
        start, stop = max(0, size + start), size
    stop = size if stop is None else min(stop, size)
    return (start, stop) if start < stop else (0, 0)


def _streamed_range(blob: str, found: Entry, start: int, stop: int) -> Response:
    if not found.is_deflated and stop - start > CHUNK and request.method != "HEAD":
        handed = _handed_over(blob, found.offset + start, stop - start)
        if handed is not None:
            return handed
    return streamed(blob, lambda file: iter_identity(file, found, start, stop), stop - start)


def _handed_over(blob: str, offset: int, length: int) -> Response | None:
    """A body that the server itself reads from the file, so that no thread waits for a slow line; None: it cannot.

    The server reads no more than Content-Length says (PEP 3333, wsgi.file_wrapper).
    """
    wrapper = request.environ.get("wsgi.file_wrapper")
    if wrapper is None:
        return None
    file = _opened(blob)
    if not isinstance(getattr(file, "name", None), str):  # not on a disk of this machine
        file.close()
        return None
    file.seek(offset)
    response = Response(wrapper(file, CHUNK), direct_passthrough=True)
    response.headers["Content-Length"] = str(length)
    return response


def _opened(blob: str) -> BinaryIO:
    try:
        return house().storage.open(blob)
    except BlobMissingError:
        current_app.logger.exception("blob %s is missing from the storage", blob)
        abort(404)


def streamed(blob: str, chunks: Callable[[BinaryIO], Iterator[bytes]], length: int) -> Response:
    """A body that opens the storage at once (so that a missing blob is a clean answer) and closes it at the end."""
    file = _opened(blob)
    if request.method == "HEAD":
        file.close()
        response = Response()
    elif length <= CHUNK:
        with file:
            response = Response(b"".join(chunks(file)))
    else:
        response = Response(Stream(file, chunks(file)), direct_passthrough=True)
    response.headers["Content-Length"] = str(length)
    return response


def read_whole(digest: str) -> bytes:
    """A small blob; 404 when it is missing from the storage."""
    try:
        with house().storage.open(digest) as file:
            return file.read()
    except BlobMissingError:
        current_app.logger.exception("blob %s is missing from the storage", digest)
        abort(404)


class Stream:
    """Chunks of an open file that is closed at the end, even when the first chunk was never asked for."""

    def __init__(self, file: BinaryIO, chunks: Iterator[bytes]) -> None:
        self._file = file
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        """The chunks; there are no others the second time."""
        with self._file:
            yield from self._chunks

    def close(self) -> None:
        """Close the file: the server calls this, whatever became of the answer."""
        self._file.close()


def cacheable(response: Response, tag: str) -> Response:
    """Let it be kept for ever: its bytes never change."""
    response.set_etag(tag)
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    return response
