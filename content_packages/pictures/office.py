"""Office documents as PDF, through LibreOffice where the operator has installed it."""

from __future__ import annotations

import shutil
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind
from content_packages.program import run_program
from content_packages.sandbox import Allowance

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
# By the ending LibreOffice chooses how to read; it comes from what intake found in the file, never from its name.
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{_OPEN_XML}wordprocessingml.document": "docx",
        f"{_OPEN_XML}presentationml.presentation": "pptx",
        f"{_OPEN_XML}spreadsheetml.sheet": "xlsx",
        f"{_OPEN_DOCUMENT}text": "odt",
        f"{_OPEN_DOCUMENT}presentation": "odp",
        f"{_OPEN_DOCUMENT}spreadsheet": "ods",
        f"{_OPEN_DOCUMENT}graphics": "odg",
        "application/msword": "doc",
        "application/vnd.ms-powerpoint": "ppt",
        "application/vnd.ms-excel": "xls",
        "application/rtf": "rtf",
        "text/rtf": "rtf",
    }
)
# Hidden slides are drawn too, so that slide and page have the same number.
_SLIDES: Final = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'
_ALLOWANCE: Final = Allowance(memory=4 << 30, cpu_seconds=90, seconds=120.0, output=256 << 20)
_PROGRAMS: Final = ("soffice", "libreoffice")
_SOCKETS: Final = ("/tmp", "/var/tmp")  # noqa: S108 - where it looks for another LibreOffice with the same profile
# Macros never run, links to other files and hosts are never followed (the walls of `program_child` stand behind it).
_COMMON: Final = "/org.openoffice.Office.Common/Security/Scripting"
_PROFILE: Final = (
    (_COMMON, "MacroSecurityLevel", "3"),
    (_COMMON, "DisableMacrosExecution", "true"),
    (_COMMON, "DisableActiveContent", "true"),
    (_COMMON, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)
_ITEM: Final = (
    '<item oor:path="{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'  # of its registry
)


class Conversion(StrEnum):
    """How a conversion ended; the values are codes that pages have sentences for."""

    DONE = ""
    NO_PROGRAM = "converter_missing"
    FAILED = "conversion_failed"


def converter() -> str:
    """Return the path of LibreOffice, "" where there is none."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), "")


def to_pdf(path: Path, kind: Kind, media_type: str, folder: Path, allowance: Allowance = _ALLOWANCE) -> Conversion:
    """Make a PDF of the document at `path`: `result.pdf` in `folder`, which is empty and ours alone.

    LibreOffice gets a profile of its own there, a copy of the document, and nothing else (`program.run_program`).
    """
    program = converter()
    if not program:
        return Conversion.NO_PROGRAM
    work = folder / "work"
    (work / "profile" / "user").mkdir(parents=True)
    (work / "profile" / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
    document = work / f"document.{ENDINGS[media_type]}"
    shutil.copyfile(path, document)
    command = [
        program,
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        *("--convert-to", _SLIDES if kind is Kind.PRESENTATION else "pdf"),
        *("--outdir", str(work), str(document)),
    ]
    made = work / "document.pdf"
    installation = Path(program).resolve().parent.parent  # also where it lies below /opt
    if run_program(command, work, [installation], allowance, _SOCKETS) and made.is_file():
        made.replace(folder / "result.pdf")
        shutil.rmtree(work, ignore_errors=True)
        return Conversion.DONE
    return Conversion.FAILED


def _profile() -> str:
    items = "".join(_ITEM.format(*row) for row in _PROFILE)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    return f"{head}{items}</oor:items>\n"
