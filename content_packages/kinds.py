"""The kinds of file as tables: their media types, names of their standards, and what an extension promises."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

STANDARDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.SCORM: "SCORM",
        Kind.AICC: "AICC",
        Kind.CMI5: "cmi5",
        Kind.XAPI: "xAPI",
        Kind.H5P: "H5P",
        Kind.COMMON_CARTRIDGE: "Common Cartridge",
        Kind.CONTENT_PACKAGE: "IMS Content Packaging",
        Kind.ELP: "eXeLearning",
        Kind.EPUB: "EPUB",
        Kind.PDF: "PDF",
    }
)

# Extensions whose files are ZIP archives, and the kind to name when the content is none at all.
CONTAINER_EXTENSIONS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "zip": Kind.ARCHIVE,
        "pif": Kind.SCORM,
        "h5p": Kind.H5P,
        "imscc": Kind.COMMON_CARTRIDGE,
        "elp": Kind.ELP,
        "elpx": Kind.ELP,
        "epub": Kind.EPUB,
        "docx": Kind.DOCUMENT,
        "odt": Kind.DOCUMENT,
        "pptx": Kind.PRESENTATION,
        "ppsx": Kind.PRESENTATION,
        "odp": Kind.PRESENTATION,
        "xlsx": Kind.SPREADSHEET,
        "ods": Kind.SPREADSHEET,
        "apk": Kind.SOFTWARE,
        "jar": Kind.SOFTWARE,
    }
)

_OTHER_EXTENSIONS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.PDF: "pdf",
        Kind.DOCUMENT: "doc docm dot dotx rtf txt md",
        Kind.PRESENTATION: "ppt pps pptm",
        Kind.SPREADSHEET: "xls xlsm csv",
        Kind.IMAGE: "png jpg jpeg gif bmp webp svg tif tiff",
        Kind.AUDIO: "mp3 wav ogg oga m4a aac flac wma mid",
        Kind.VIDEO: "mp4 m4v webm mkv avi mov wmv flv mpg mpeg ogv 3gp",
        Kind.SOFTWARE: "exe msi dmg iso deb rpm appimage pkg",
        Kind.ARCHIVE: "rar 7z gz tar bz2 xz",
        Kind.HTML5: "htm html xhtml",
    }
)

EXTENSIONS: Final[Mapping[str, Kind]] = MappingProxyType(
    dict(CONTAINER_EXTENSIONS)
    | {extension: kind for kind, names in _OTHER_EXTENSIONS.items() for extension in names.split()}
)

# Which kinds a file may turn out to be without its extension being called wrong.
GENERIC_EXTENSIONS: Final = frozenset({"", "zip", "xml", "bin", "dat", "json", "pif"})
