"""The finding codes of the manifest reader, and the collector that groups findings of one code with their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scorm.findings import Finding, Severity
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

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
    """Findings in the order in which their codes first occurred; one finding for each gathered code.

    `codes` declares the severities. The place of a finding is "imsmanifest.xml:12, 40": the first lines, where known.
    """

    def __init__(self, codes: Mapping[str, Severity] = FINDING_CODES) -> None:
        self._codes = codes
        self._single: list[Finding] = []
        self._gathered: dict[str, list[tuple[str, int]]] = {}

    def add(self, code: str, place: str = "", **params: str | int) -> None:
        """Report one occurrence by itself."""
        shortened = {name: value if isinstance(value, int) else shorten(str(value)) for name, value in params.items()}
        self._single.append(Finding(code, self._codes[code], shortened, place))

    def gather(self, code: str, name: str, element: Element | None = None) -> None:
        """Count one more occurrence of a code of which a package may have thousands; `element` gives its line."""
        self._gathered.setdefault(code, []).append((name, line_of(element)))

    def extend(self, findings: tuple[Finding, ...]) -> None:
        """Take over findings which were made elsewhere."""
        self._single.extend(findings)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, the gathered ones last."""
        return (*self._single, *(self._summary(code, seen) for code, seen in self._gathered.items()))

    def _summary(self, code: str, seen: list[tuple[str, int]]) -> Finding:
        names = list(dict.fromkeys(name for name, _ in seen))[:NAMES_SHOWN]
        shown = ", ".join(shorten(name) for name in names)
        return Finding(
            code, self._codes[code], {"count": len(seen), "names": shown}, at_lines(line for _, line in seen)
        )


def line_of(element: Element | None) -> int:
    """The line an element begins in, 0 where it is not known."""
    return 0 if element is None else element.sourceline or 0


def at_lines(lines: Iterable[int]) -> str:
    """The place of a finding in the manifest: the first lines, each once, or ""."""
    known = list(dict.fromkeys(filter(None, lines)))
    shown = ", ".join(map(str, known[:NAMES_SHOWN])) + (", …" if len(known) > NAMES_SHOWN else "")
    return f"imsmanifest.xml:{shown}" if known else ""


def shorten(text: str) -> str:
    """The text as one line, cut with an ellipsis where an attacker made it long."""
    shown = one_line(text[: 4 * LONGEST_NAME])
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1] + "…"
