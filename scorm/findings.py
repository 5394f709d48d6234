"""What a check found in a package: a code with parameters, never a sentence.

The sentences (Vietnamese and English) live in `elearn`; a test demands one for every code that the
rooms declare in their `FINDING_CODES`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # the package is refused
    WARNING = "warning"  # accepted, but something will not work as its author meant
    INFO = "info"  # accepted; worth knowing


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `code` names the sentence, `params` fill it, `place` says where (entry, line, item)."""

    code: str
    severity: Severity
    params: Mapping[str, str | int] = field(default_factory=dict)
    place: str = ""

    @property
    def refuses(self) -> bool:
        """Whether this finding alone refuses the package."""
        return self.severity is Severity.ERROR
