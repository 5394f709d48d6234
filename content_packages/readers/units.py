"""Lessons that a description lists with an address each: cmi5, xAPI and AICC have this in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from content_packages.findings import finding
from content_packages.readers.authoring_tools import detect_tool
from content_packages.readers.descriptions import entry_of, is_outside
from content_packages.readers.pages import PageReader, is_page
from content_packages.readers.part_list import PartList
from content_packages.readers.sco_texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_packages.source import Source
    from scorm.findings import Finding

_NAMES: Final = 5
_LONGEST_NAMES: Final = 200
_DESCRIPTION: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Unit:
    """One lesson of a course: `href` as written."""

    identifier: str
    title: str
    href: str
    description: str = ""


def unit_facts(source: Source, path: str, folder: str, units: Sequence[Unit]) -> dict[str, Any]:
    """Return tool, parts, findings, table and properties for units that are listed in the file at `path`.

    A course none of whose lessons is in the package, nor anywhere else, is refused.
    """
    launches = [entry_of(source, folder, unit.href) for unit in units]
    pages, parts = PageReader(source), PartList("unit")
    texts = texts_of([[launch] if is_page(launch) else [] for launch in launches], launches, pages)
    for unit, launch, text in zip(units, launches, texts, strict=True):
        parts.add(unit.title, f"{unit.title} {unit.description} {text}", unit.identifier, launch)
    entry = next(filter(None, launches), "")
    remark = finding("results_not_recorded" if entry else "not_played_yet")
    findings = (*_missing(units, launches), *pages.findings(), *parts.findings(), remark)
    return {
        "tool": detect_tool(source, source.read(path, _DESCRIPTION), entry),
        "parts": parts.parts,
        "findings": findings,
        "table": source.entries,
        "properties": {"entry": entry} if entry else {},
    }


def _missing(units: Sequence[Unit], launches: Sequence[str]) -> list[Finding]:
    """Say which lessons lead to nothing and which to other sites."""
    outside = [unit.href for unit in units if is_outside(unit.href)]
    absent = [
        unit.href for unit, launch in zip(units, launches, strict=True) if not launch and not is_outside(unit.href)
    ]
    found = []
    if not units or len(absent) == len(units):
        found.append(finding("launch_file_missing", name=named(absent)))
    elif absent:
        found.append(finding("launch_files_missing", count=len(absent), names=named(absent)))
    if outside:
        found.append(finding("launch_outside", count=len(outside), names=named(outside)))
    return found


def named(texts: Sequence[str]) -> str:
    """Return a few of the names, for a sentence."""
    more = ", …" if len(texts) > _NAMES else ""
    return (", ".join(text or "–" for text in texts[:_NAMES])[:_LONGEST_NAMES] or "–") + more
