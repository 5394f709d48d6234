"""Which module reads a program: by its first bytes, its trailer, or what its archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.programs import apk, elf, installer, iso, portable
from content_packages.programs.told import DAMAGE, Told

if TYPE_CHECKING:
    from content_packages.source import Source

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_APK_MANIFEST = "AndroidManifest.xml"


def describe(source: Source) -> Told:
    """Read what a program says of itself; a damaged one tells less."""
    head = source.head(8)
    try:
        if head.startswith(b"MZ"):
            return portable.read(source)
        if head.startswith(b"\x7fELF"):
            return elf.read(source)
        if head.startswith(_COMPOUND):
            return installer.read(source)
        if source.entries.lookup(_APK_MANIFEST) is not None:
            return apk.read(source)
        return iso.read(source)
    except DAMAGE:
        return Told()
