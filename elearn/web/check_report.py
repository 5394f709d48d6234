"""A check as a program reads it; the page, the command line and `Accept: application/json` say the same."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from elearn.web.findings import finding_remedy, finding_sentence
from scorm.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_packages.checking import PackageCheck
    from scorm.findings import Finding
    from scorm.outline import Outline

_ORDER = list(Severity)


def report_of(checked: PackageCheck, file: str, translate: Callable[[str], str]) -> dict[str, Any]:
    """The public form of a check (docs/checking.md); `translate` chooses the language of its sentences."""
    return {
        "file": file,
        "status": "accepted" if checked.accepted else "refused",
        "kind": checked.kind.value,
        "standard": checked.standard,
        "edition": checked.edition,
        "tool": checked.tool,
        "title": checked.title,
        "files": checked.files,
        "unpacked_bytes": checked.unpacked,
        "organizations": [_organization(outline) for outline in checked.outlines],
        "findings": [_finding(found, translate) for found in most_serious_first(checked)],
    }


def most_serious_first(checked: PackageCheck) -> list[Finding]:
    """The findings by severity, else in the order in which they were made."""
    return sorted(checked.findings, key=lambda found: _ORDER.index(found.severity))


def _organization(outline: Outline) -> dict[str, Any]:
    items = [
        {
            "depth": item.depth,
            "title": item.title,
            "identifier": item.identifier,
            "kind": item.kind,
            "href": item.href,
            "visible": item.is_visible,
        }
        for item in outline.items
    ]
    return {
        "title": outline.title,
        "default": outline.is_default,
        "scos": outline.scos,
        "items": items,
        "items_left_out": outline.left_out,
        "sequencing": asdict(outline.sequencing) if outline.sequencing else None,
    }


def _finding(found: Finding, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "message": finding_sentence(found.code, found.params, translate),
        "remedy": finding_remedy(found.code, found.params, translate),
        "place": found.place,
    }
