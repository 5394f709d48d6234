"""The names of a package's entries, looked up as sloppy manifests write them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

MANIFEST_NAME = "imsmanifest.xml"


class PackageEntries:
    """A set of entry names (paths with "/", no leading "/") with exact, decoded and folded look-up."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if name and not name.endswith("/"))

    def exact(self, path: str) -> str:
        """The entry of that name, else of that name percent-decoded, else ""."""
        if path in self._names:
            return path
        decoded = unquote(path) if "%" in path else ""
        return decoded if decoded in self._names else ""

    def folded(self, path: str) -> str:
        """The entry whose name is the same but for letter case, Unicode form and percent-encoding, else ""."""
        return self._by_folded_name.get(_fold(path), "")

    @cached_property
    def _by_folded_name(self) -> dict[str, str]:
        # Sorted in reverse, so that of several candidates the first in order wins, whatever the archive's order.
        return {_fold(name): name for name in sorted(self._names, reverse=True)}


@dataclass(frozen=True, slots=True)
class ManifestLocation:
    """Where a package keeps its manifest: the entry, and the folder (with "/") its hrefs start from."""

    entry: str
    base: str = ""


def locate_manifest(names: Iterable[str]) -> ManifestLocation | None:
    """Find `imsmanifest.xml` at the root (CAM 3.3), in any letter case, else in a single folder below it.

    Teachers often zip the folder instead of its content. Folders that archivers add (`__MACOSX`) do
    not count; two folders with manifests are two packages, so neither is chosen.
    """
    nested = set()
    at_root = set()
    for name in names:
        folder, _, last = name.rpartition("/")
        if last.lower() == MANIFEST_NAME and not folder:
            at_root.add(name)
        elif last.lower() == MANIFEST_NAME and "/" not in folder and folder != "__MACOSX":
            nested.add(name)
    if at_root:
        return ManifestLocation(MANIFEST_NAME if MANIFEST_NAME in at_root else min(at_root))
    if len(nested) != 1:
        return None
    entry = nested.pop()
    return ManifestLocation(entry, entry.rpartition("/")[0] + "/")


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", unquote(path)).casefold()
