"""The one way in: `inspect` looks at any file and returns all that is known about it, whatever it is."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from content_packages.archive.limits import Limits
from content_packages.detection import Detection, detect
from content_packages.facts import Kind, PackageFacts
from content_packages.file_names import readable_name
from content_packages.findings import finding
from content_packages.kinds import EXTENSIONS, STANDARDS
from content_packages.readers import lone_description, scorm
from content_packages.readers.choice import reader_of
from content_packages.source import Source
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_EDITION: Final = 32
# Said of what was taken in; what was refused opens nowhere.
_OF_WHAT_OPENS: Final = frozenset({"results_not_recorded", "not_played_yet"})
_log = logging.getLogger(__name__)


def inspect(path: Path, name: str, limits: Limits | None = None) -> PackageFacts:
    """Identify, verify and read the file at `path`, which its owner calls `name`.

    Whatever the bytes are, the answer is facts with findings; a fault of ours becomes the finding
    `reader_failed`. Nothing is written and nothing of the file is executed.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        source = Source(path, readable_name(name), file, path.stat().st_size, limits or Limits())
        try:
            return _inspect(source)
        except Exception:  # noqa: BLE001 - one bad file among thousands must not stop an import
            _log.exception("reading failed", extra={"size": source.size})
            kind = EXTENSIONS.get(source.extension, Kind.ARCHIVE)
            return PackageFacts(
                kind, "application/octet-stream", title=source.stem, findings=(finding("reader_failed"),)
            )


def _inspect(source: Source) -> PackageFacts:
    """Detect, read, and put the findings in the order in which they were made."""
    detection = detect(source)
    facts = _read(detection)
    # What a refused archive seems to hold or to lack follows from the cause of its refusal.
    further = () if detection.refused else facts.findings
    facts = _in_plain_text(replace(facts, findings=(*detection.findings, *further)), source.stem)
    if facts.accepted:
        return facts
    # The table of an untrustworthy archive must never reach the server.
    findings = tuple(found for found in facts.findings if found.code not in _OF_WHAT_OPENS)
    return replace(facts, table=None, parts=(), thumbnail=b"", findings=findings)


def _in_plain_text(facts: PackageFacts, name: str) -> PackageFacts:
    """Clean everything that is shown, whichever reader found it; a title of which nothing is left gives way."""
    return replace(
        facts,
        edition=one_line(facts.edition)[:_LONGEST_EDITION],
        tool=one_line(facts.tool),
        title=one_line(facts.title) or name,
        description=several_lines(facts.description),
        keywords=_distinct(facts.keywords),
        language=one_line(facts.language),
        authors=_distinct(facts.authors),
        rights=several_lines(facts.rights),
        parts=tuple(replace(part, title=one_line(part.title)) for part in facts.parts),
        properties={
            name: one_line(value) if isinstance(value, str) else value for name, value in facts.properties.items()
        },
    )


def _distinct(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, texts))))


def _read(detection: Detection) -> PackageFacts:
    """Hand the file to the reader of its kind."""
    source, kind = detection.source, detection.identity.kind
    if kind is Kind.SCORM and detection.is_archive:
        return scorm.read(source)
    if detection.refused and not detection.is_archive:
        return PackageFacts(kind, detection.identity.media_type, standard=STANDARDS.get(kind, ""), title=source.stem)
    if not detection.is_archive and detection.identity.media_type == "application/xml":
        return lone_description.read(source, detection.identity)
    return reader_of(detection.identity)(source, detection.identity)
