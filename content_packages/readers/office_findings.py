"""What an office document brings along that search and readers cannot use: programs, and parts that are broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_packages.findings import finding

if TYPE_CHECKING:
    from content_packages.source import Source
    from scorm.findings import Finding

# Office Open XML keeps Visual Basic in one binary part; OpenDocument keeps Basic and scripts in folders.
_MACROS: Final = re.compile(r"(?:.*/)?vbaproject\.bin|xl/macrosheets/.+|(?:basic|scripts)/.+\.xml", re.IGNORECASE)


def office_findings(source: Source, *, is_whole: bool) -> tuple[Finding, ...]:
    """Say that a document carries programs, and that its main part could not be read to its end."""
    found = []
    if any(_MACROS.fullmatch(entry.path) for entry in source.entries):
        found.append(finding("office_macros"))
    if not is_whole:
        found.append(finding("document_partly_unreadable"))
    return tuple(found)
