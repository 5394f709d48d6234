"""Images of disks: the volume descriptor of ISO 9660 (ECMA-119, 8.4), and Apple's by its trailer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.programs.told import Told

if TYPE_CHECKING:
    from content_packages.source import Source

_DESCRIPTOR: Final = 16 * 2048
_PRIMARY: Final = b"\x01CD001"
_VOLUME: Final = slice(40, 72)
_PUBLISHER: Final = slice(318, 446)
_APPLE_TRAILER, _FROM_END = b"koly", 512


def read(source: Source) -> Told:
    """Read the volume's name and publisher; an Apple image only tells its system."""
    source.file.seek(_DESCRIPTOR)
    descriptor = source.file.read(2048)
    if descriptor.startswith(_PRIMARY):
        return Told(product=_text(descriptor[_VOLUME]), vendor=_text(descriptor[_PUBLISHER]))
    source.file.seek(max(source.size - _FROM_END, 0))
    return Told(platform="macos") if source.file.read(4) == _APPLE_TRAILER else Told()


def _text(field: bytes) -> str:
    """A field of d- or a-characters, padded with blanks; one that begins with "_" names a file instead."""
    text = field.decode("ascii", "replace").strip(" \0")
    return "" if text.startswith("_") else text.replace("_", " ")
