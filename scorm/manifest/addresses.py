"""Resolution of a manifest's hrefs to entries of the package (RFC 3986, xml:base; CAM 4th Edition 3.4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorm.manifest.entries import PackageEntries

# Browsers drop these characters inside a URL, so "java&#9;script:" is "javascript:".
_IGNORED: Final = re.compile(r"[\x00-\x1f\x7f]")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB: Final = re.compile(r"https?://[^/]", re.IGNORECASE)
_QUERY: Final = re.compile(r"\?")
_SUFFIX: Final = re.compile(r"[?#]")


class Outcome(Enum):
    """What became of an href."""

    EMPTY = auto()  # none was written
    FOUND = auto()
    DIFFERS = auto()  # found, but the entry's name is written in other case or Unicode form
    ABSENT = auto()  # no such entry
    EXTERNAL = auto()  # an absolute http(s) URL
    REFUSED = auto()  # another scheme, another host without a scheme, or a path out of the package


@dataclass(frozen=True, slots=True)
class Address:
    """`path` is an existing entry, an absolute http(s) URL, or ""; `suffix` the query and fragment."""

    outcome: Outcome
    path: str = ""
    suffix: str = ""
    written: str = ""  # for findings


@dataclass(frozen=True, slots=True)
class Base:
    """The base URL of a place in the manifest, by the rule and as sloppy authors mean it.

    By RFC 3986 the last segment of a base without a final "/" is dropped; authors who write
    `xml:base="content"` mean a folder.
    """

    strict: str = ""
    folder: str = ""
    package: str = ""  # the folder the manifest lies in, where a leading "/" starts

    def below(self, xml_base: str) -> Base:
        """The base inside an element with that `xml:base`."""
        written = _clean(xml_base)
        if not written:
            return self
        folder = written if written.endswith("/") else written + "/"
        return Base(self._join(self.strict, written), self._join(self.folder, folder), self.package)

    def candidates(self, href: str) -> Iterator[str]:
        """The package paths or absolute URLs an href may mean, likeliest first."""
        yield self._join(self.strict, href)
        if self.folder != self.strict:
            yield self._join(self.folder, href)

    def _join(self, base: str, reference: str) -> str:
        if _SCHEME.match(reference) or reference.startswith("//"):
            return reference
        if _WEB.match(base):
            return urljoin(base, reference)
        if _SCHEME.match(base) or base.startswith("//"):
            return base  # refused whatever follows
        if reference.startswith("/"):
            return self.package + reference.lstrip("/")
        return base[: base.rfind("/") + 1] + reference


def package_base(folder: str = "") -> Base:
    """The base of a manifest that lies in `folder` ("" or a path with a final "/")."""
    return Base(folder, folder, folder)


def resolve(href: str, base: Base, entries: PackageEntries) -> Address:
    """Find what an href means: exactly, else percent-decoded, else regardless of case; never raises.

    Backslashes are read as "/" and white space around the href is dropped, as browsers do. A "?" or "#"
    that belongs to an entry's name is recognised, because the whole href is tried as a path first.
    """
    cleaned = _clean(href)
    if not cleaned:
        return Address(Outcome.EMPTY)
    targets = list(base.candidates(cleaned))
    if any(_SCHEME.match(target) or target.startswith("//") for target in targets):
        return _outside(targets[0], cleaned)
    paths = [(path, suffix) for target in targets for path, suffix in _readings(target)]
    return _look_up(paths, entries, cleaned)


def _clean(href: str) -> str:
    """The href without characters that browsers drop and with "/" for the backslashes of its path."""
    text = _IGNORED.sub("", href).strip()
    path_length = match.start() if (match := _SUFFIX.search(text)) else len(text)
    return text[:path_length].replace("\\", "/") + text[path_length:]


def _outside(target: str, written: str) -> Address:
    if _WEB.match(target):
        return Address(Outcome.EXTERNAL, target, "", written)
    return Address(Outcome.REFUSED, "", "", written)


def _readings(target: str) -> Iterator[tuple[str, str]]:
    """The target as path and suffix; first as if "?" and "#" were letters of the path, then only "#"."""
    yield target, ""
    for pattern in (_QUERY, _SUFFIX):
        if match := pattern.search(target):
            yield target[: match.start()], target[match.start() :]


def _look_up(paths: list[tuple[str, str]], entries: PackageEntries, written: str) -> Address:
    inside = [(normal, suffix) for path, suffix in paths if (normal := _normalise(path)) is not None]
    if not inside:
        return Address(Outcome.REFUSED, "", "", written)
    for outcome, find in ((Outcome.FOUND, entries.exact), (Outcome.DIFFERS, entries.folded)):
        for path, suffix in inside:
            if entry := find(path):
                return Address(outcome, entry, suffix, written)
    return Address(Outcome.ABSENT, "", "", written)


def _normalise(path: str) -> str | None:
    """The path without "." and ".." segments (RFC 3986, 5.2.4), or None if it leads out of the package."""
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if not segments:
                return None
            segments.pop()
        elif segment not in {"", "."}:
            segments.append(segment)
    return "/".join(segments)
