"""The one exception of this package: the archive is refused, and the finding says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_packages.archive.paths import printable
from content_packages.findings import finding

if TYPE_CHECKING:
    from scorm.findings import Finding


class ArchiveRefusedError(Exception):
    """Reading stopped at something that makes the whole archive untrustworthy."""

    def __init__(self, code: str, place: str = "", **params: str | int) -> None:
        super().__init__(code)
        self.finding: Finding = finding(code, printable(place), **params)
