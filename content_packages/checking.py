"""Checking a file that nobody vouches for: inspected in a child with limits, reduced to what a report shows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from content_packages.archive.limits import Limits
from content_packages.facts import Kind
from content_packages.findings import finding
from content_packages.inspection import inspect
from content_packages.kinds import EXTENSIONS
from content_packages.sandbox import Allowance, run_limited
from scorm.dataclass_json import JsonFormError, from_json
from scorm.findings import Finding
from scorm.outline import Outline, outlines_of

if TYPE_CHECKING:
    from content_packages.facts import PackageFacts

_CHILD: Final = Path(__file__).with_name("checking_child.py")
_ALLOWANCE: Final = Allowance(memory=1024 * 1024 * 1024, cpu_seconds=30, seconds=45.0)
_ARCHIVE: Final = b"PK"
_NAMES: Final = (("Finding", Finding), ("Kind", Kind), ("Outline", Outline))
_LONGEST: Final = 300  # characters of a title or name


@dataclass(frozen=True, slots=True)
class PackageCheck:
    """What a report says of one file; nothing of it was kept."""

    kind: Kind
    standard: str = ""
    edition: str = ""
    tool: str = ""
    title: str = ""
    files: int = 0  # in an archive
    unpacked: int = 0  # bytes
    outlines: tuple[Outline, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether no finding refuses the file."""
        return not any(found.refuses for found in self.findings)


def check(path: Path, name: str, allowance: Allowance = _ALLOWANCE, limits: Limits | None = None) -> PackageCheck:
    """Check the file at `path`, which its owner calls `name`; never raises whatever the bytes are.

    Archives are read in a child: the parsers of their manifests and pages are the largest surface. Other files are
    inspected here, where the one parser they meet (of PDF) has a child of its own.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        is_archive = file.read(len(_ARCHIVE)) == _ARCHIVE
    if not is_archive:
        return summary_of(inspect(path, name, limits))
    outcome = run_limited(_CHILD, path, allowance, name, json.dumps(asdict(limits or Limits())))
    try:
        return from_json(PackageCheck, json.loads(outcome.output), _NAMES)
    except (ValueError, JsonFormError):
        extension = name.rpartition(".")[2].lower()
        code = "reader_took_too_long" if outcome.timed_out else "reader_failed"
        return PackageCheck(EXTENSIONS.get(extension, Kind.ARCHIVE), title=name, findings=(finding(code),))


def summary_of(facts: PackageFacts) -> PackageCheck:
    """The part of the facts that a report shows, with everything of bounded length."""
    entries = list(facts.table or ())
    return PackageCheck(
        kind=facts.kind,
        standard=facts.standard,
        edition=facts.edition,
        tool=facts.tool[:_LONGEST],
        title=facts.title[:_LONGEST],
        files=len(entries),
        unpacked=sum(entry.size for entry in entries),
        outlines=outlines_of(facts.manifest) if facts.manifest else (),
        findings=facts.findings,
    )
