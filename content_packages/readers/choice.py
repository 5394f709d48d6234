"""Which reader reads a file: by its media type where one kind has several forms, else by its kind."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.readers import (
    aicc,
    archive,
    cartridge,
    cmi5,
    elp,
    epub,
    excel,
    h5p,
    html5,
    kept,
    media,
    old_office,
    open_document,
    pdf,
    plain_text,
    powerpoint,
    software,
    word,
    xapi,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from content_packages.containers import Identity
    from content_packages.source import Source

    Reader = Callable[[Source, Identity], PackageFacts]

_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."

_BY_MEDIA_TYPE: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        f"{_OPEN_XML}wordprocessingml.document": word.read,
        f"{_OPEN_XML}presentationml.presentation": powerpoint.read,
        f"{_OPEN_XML}spreadsheetml.sheet": excel.read,
        f"{_OPEN_DOCUMENT}text": open_document.read,
        f"{_OPEN_DOCUMENT}presentation": open_document.read,
        f"{_OPEN_DOCUMENT}spreadsheet": open_document.read,
        f"{_OPEN_DOCUMENT}graphics": kept.read,
        **dict.fromkeys(old_office.MEDIA_TYPES, old_office.read),
        "text/plain": plain_text.read,
        "text/csv": plain_text.read,
    }
)
_BY_KIND: Final[Mapping[Kind, Reader]] = MappingProxyType(
    {
        Kind.AICC: aicc.read,
        Kind.CMI5: cmi5.read,
        Kind.XAPI: xapi.read,
        Kind.H5P: h5p.read,
        Kind.COMMON_CARTRIDGE: cartridge.read,
        Kind.CONTENT_PACKAGE: cartridge.read,
        Kind.ELP: elp.read,
        Kind.HTML5: html5.read,
        Kind.EPUB: epub.read,
        Kind.ARCHIVE: archive.read,
        **dict.fromkeys((Kind.IMAGE, Kind.AUDIO, Kind.VIDEO), media.read),
        Kind.PDF: lambda source, _identity: pdf.read(source),
        Kind.SOFTWARE: lambda source, identity: software.read(source, identity.media_type),
        **dict.fromkeys((Kind.DOCUMENT, Kind.PRESENTATION, Kind.SPREADSHEET), kept.read),
    }
)


def reader_of(identity: Identity) -> Reader:
    """Return the reader of a file whose kind is told; SCORM has its own way."""
    return _BY_MEDIA_TYPE.get(identity.media_type) or _BY_KIND[identity.kind]
