"""Teaching software: an installer, a program, or a ZIP of one; it is described, never run and never unpacked."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.page_text import collapse

if TYPE_CHECKING:
    from content_packages.source import Source

_RESOURCES_READ: Final = 16 * 1024 * 1024
_LONGEST_VALUE: Final = 200
_PLATFORMS: Final = {
    "exe": "windows", "msi": "windows", "dll": "windows", "bat": "windows", "com": "windows",
    "apk": "android", "dmg": "macos", "pkg": "macos", "deb": "linux", "rpm": "linux", "appimage": "linux",
    "jar": "java",
}  # fmt: skip
# The fields of VERSIONINFO's string table (Microsoft, "StringFileInfo") and our names of them.
_VERSION_FIELDS: Final = {"ProductName": "product", "ProductVersion": "release", "CompanyName": "vendor"}


def read(source: Source, media_type: str) -> PackageFacts:
    """Return title, and where the program tells them product, release and vendor; platform by the files' names."""
    properties: dict[str, str | int] = {}
    if platform := _platform(source):
        properties["platform"] = platform
    if source.head(2) == b"MZ":
        properties |= version_strings(_resource_section(source))
    return PackageFacts(
        Kind.SOFTWARE, media_type, title=str(properties.get("product") or source.stem), properties=properties
    )


def version_strings(resources: bytes) -> dict[str, str]:
    """Return the version information found in a resource section; fields that are absent or odd are left out."""
    found = {name: _value_after(resources, field) for field, name in _VERSION_FIELDS.items()}
    return {name: value for name, value in found.items() if value}


def _platform(source: Source) -> str:
    """Guess the system from the extension, or from the first program in the archive."""
    names = [source.name, *(entry.path for entry in source.entries)]
    extensions = (name.rpartition(".")[2].lower() for name in names)
    return next((_PLATFORMS[extension] for extension in extensions if extension in _PLATFORMS), "")


def _resource_section(source: Source) -> bytes:
    """Return the beginning of `.rsrc` of a portable executable ([PE format], section table), or b""."""
    head = source.head(4096)
    try:
        (start,) = struct.unpack_from("<L", head, 0x3C)
        if head[start : start + 4] != b"PE\0\0":
            return b""
        sections, optional_header = struct.unpack_from("<H12xH", head, start + 6)
        table = start + 24 + optional_header
        for index in range(min(sections, 96)):
            name, _, _, size, offset = struct.unpack_from("<8s4L", head, table + index * 40)
            if name.startswith(b".rsrc"):
                source.file.seek(offset)
                return source.file.read(min(size, _RESOURCES_READ))
    except struct.error:
        return b""
    return b""


def _value_after(resources: bytes, field: str) -> str:
    """Return the text that follows the key `field`: both are UTF-16, padded to four bytes."""
    key = (field + "\0").encode("utf-16-le")
    position = resources.find(key)
    if position < 0:
        return ""
    raw = resources[position + len(key) : position + len(key) + 2 * _LONGEST_VALUE]
    text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").lstrip("\0")
    return collapse(text.partition("\0")[0])
