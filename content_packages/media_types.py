"""The media type of a file in a package, from our own table: never guessed, never from the machine's."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_BY_TYPE: Final = {
    "text/html": "htm html",
    "application/xhtml+xml": "xhtml xht",
    "text/css": "css",
    "text/javascript": "js mjs",
    "application/json": "json",
    "application/xml": "xml xsd dtd xsl xslt",
    "text/plain": "txt md csv log",
    "text/vtt": "vtt",
    "image/png": "png",
    "image/jpeg": "jpg jpeg jpe jfif",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/svg+xml": "svg",
    "image/bmp": "bmp",
    "image/x-icon": "ico cur",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg oga opus",
    "audio/wav": "wav",
    "video/mp4": "mp4 m4v",
    "video/webm": "webm",
    "video/ogg": "ogv",
    "application/pdf": "pdf",
    "application/wasm": "wasm",
    "font/woff": "woff",
    "font/woff2": "woff2",
    "font/ttf": "ttf",
    "font/otf": "otf",
    "application/vnd.ms-fontobject": "eot",
    "application/x-shockwave-flash": "swf",
    "application/zip": "zip",
}
MEDIA_TYPES: Final = MappingProxyType(
    {ending: kind for kind, endings in _BY_TYPE.items() for ending in endings.split()}
)
EXECUTABLE: Final = frozenset(
    {"exe", "msi", "com", "bat", "cmd", "scr", "pif", "ps1", "vbs", "jar", "hta", "reg", "lnk", "dll"}
    | {"apk", "dmg", "pkg", "deb", "rpm", "app", "appimage", "swf"}
)
UNKNOWN: Final = "application/octet-stream"


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


def media_type_of(path: str) -> str:
    """The media type by the ending of a path; unknown endings and executables are plain bytes.

    HTML has no charset parameter: a page says its own, and old ones are not in UTF-8.
    """
    return UNKNOWN if is_executable(path) else MEDIA_TYPES.get(_ending(path), UNKNOWN)


def is_executable(path: str) -> bool:
    """Whether a file could run on a visitor's machine: it is only ever offered as a download."""
    return _ending(path) in EXECUTABLE
