"""The finding codes of the manifest reader, and the collector that groups findings of one code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.findings import Finding, Severity
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

# The parameters of each code stand behind it. Gathered codes carry `count` (how many) and `names`
# (the first few, joined by ", ").
FINDING_CODES: Final[Mapping[str, Severity]] = {
    "xml_empty": Severity.ERROR,
    "xml_too_large": Severity.ERROR,  # size, limit: both bytes
    "xml_too_many_elements": Severity.ERROR,  # limit
    "xml_too_deep": Severity.ERROR,  # limit: levels
    "xml_doctype_refused": Severity.ERROR,
    "xml_not_well_formed": Severity.ERROR,  # line, column, reason: libxml2's name of the error
    "xml_repaired": Severity.WARNING,  # line, reason: of the fault that was mended
    "xml_prefix_undeclared": Severity.WARNING,
    "xml_encoding_guessed": Severity.WARNING,  # encoding
    "xml_encoding_misdeclared": Severity.INFO,  # declared, encoding
    "manifest_root_unexpected": Severity.ERROR,  # name
    "manifest_not_scorm": Severity.ERROR,  # kind, version
    "manifest_too_many_items": Severity.ERROR,  # count, limit
    "manifest_nothing_to_launch": Severity.ERROR,
    "manifest_launch_file_missing": Severity.ERROR,  # name: the first absent file
    "manifest_launch_only_outside": Severity.ERROR,  # gathered: nothing that can be opened is in the package
    "manifest_launch_files_missing": Severity.WARNING,  # gathered
    "manifest_launch_addresses_refused": Severity.WARNING,  # gathered
    "manifest_launch_addresses_external": Severity.WARNING,  # gathered
    "manifest_in_subfolder": Severity.WARNING,  # folder
    "manifest_edition_conflict": Severity.WARNING,  # declared, edition
    "manifest_edition_guessed": Severity.WARNING,  # declared, edition
    "manifest_organization_missing": Severity.WARNING,  # count: of items made from resources
    "manifest_default_organization_unknown": Severity.INFO,  # identifier
    "manifest_default_organization_empty": Severity.INFO,  # identifier
    "manifest_submanifests_merged": Severity.INFO,  # count
    "manifest_identifiers_missing": Severity.WARNING,  # gathered
    "manifest_identifiers_duplicate": Severity.WARNING,  # gathered
    "manifest_titles_missing": Severity.INFO,  # gathered
    "manifest_resources_missing": Severity.WARNING,  # gathered
    "manifest_dependencies_missing": Severity.INFO,  # gathered
    "manifest_files_missing": Severity.WARNING,  # gathered
    "manifest_file_names_differ": Severity.WARNING,  # gathered
    "manifest_values_invalid": Severity.WARNING,  # gathered, each as "name=value"
    "manifest_metadata_file_missing": Severity.INFO,  # gathered
    "manifest_metadata_file_unreadable": Severity.INFO,  # gathered
}

NAMES_SHOWN: Final = 5
LONGEST_NAME: Final = 120  # characters


class Report:
    """Findings in the order in which their codes first occurred; one finding for each gathered code."""

    def __init__(self) -> None:
        self._single: list[Finding] = []
        self._gathered: dict[str, list[str]] = {}

    def add(self, code: str, place: str = "", **params: str | int) -> None:
        """Report one occurrence by itself."""
        shortened = {name: value if isinstance(value, int) else shorten(str(value)) for name, value in params.items()}
        self._single.append(Finding(code, FINDING_CODES[code], shortened, place))

    def gather(self, code: str, name: str) -> None:
        """Count one more occurrence of a code of which a package may have thousands."""
        self._gathered.setdefault(code, []).append(name)

    def extend(self, findings: tuple[Finding, ...]) -> None:
        """Take over findings which were made elsewhere."""
        self._single.extend(findings)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, the gathered ones last."""
        return (*self._single, *(_summary(code, names) for code, names in self._gathered.items()))


def shorten(text: str) -> str:
    """The text as one line, cut with an ellipsis where an attacker made it long."""
    shown = one_line(text[: 4 * LONGEST_NAME])
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1] + "…"


def _summary(code: str, names: list[str]) -> Finding:
    shown = ", ".join(shorten(name) for name in list(dict.fromkeys(names))[:NAMES_SHOWN])
    return Finding(code, FINDING_CODES[code], {"count": len(names), "names": shown})
