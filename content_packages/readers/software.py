"""Teaching software: an installer, a program, or a ZIP of one; it is described, never run and never unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.programs import describe

if TYPE_CHECKING:
    from content_packages.source import Source

_PLATFORMS: Final = {
    "exe": "windows", "msi": "windows", "dll": "windows", "bat": "windows", "com": "windows",
    "apk": "android", "dmg": "macos", "pkg": "macos", "deb": "linux", "rpm": "linux", "appimage": "linux",
    "jar": "java",
}  # fmt: skip


def read(source: Source, media_type: str) -> PackageFacts:
    """Return title, and what the program tells of product, release, vendor, system, machine and signer."""
    properties: dict[str, str | int] = dict(describe(source).properties())
    if "platform" not in properties and (platform := _platform(source)):
        properties["platform"] = platform
    return PackageFacts(
        Kind.SOFTWARE, media_type, title=str(properties.get("product") or source.stem), properties=properties
    )


def _platform(source: Source) -> str:
    """Guess the system from the extension, or from the first program in the archive."""
    names = [source.name, *(entry.path for entry in source.entries)]
    extensions = (name.rpartition(".")[2].lower() for name in names)
    return next((_PLATFORMS[extension] for extension in extensions if extension in _PLATFORMS), "")
