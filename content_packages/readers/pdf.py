"""PDF documents: title, author, text page by page and a picture of the first one, read in a limited child."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from content_packages.facts import Kind, PackageFacts, PartFacts
from content_packages.findings import finding
from content_packages.page_text import collapse
from content_packages.sandbox import Allowance, Outcome, run_limited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_packages.source import Source
    from scorm.findings import Finding

_CHILD: Final = Path(__file__).with_name("pdf_child.py")
_MEDIA_TYPE: Final = "application/pdf"
_LONGEST_TITLE: Final = 300


def read(source: Source, allowance: Allowance | None = None) -> PackageFacts:
    """Read the document; when the child comes to grief, what it had written before still counts."""
    outcome = run_limited(_CHILD, source.path, allowance)
    lines = _lines(outcome.output)
    head = next((line for line in lines if line["kind"] == "head"), None)
    if not head or not head["pages"]:
        return PackageFacts(Kind.PDF, _MEDIA_TYPE, "PDF", title=source.stem, findings=(_refusal(lines, head, outcome),))
    parts = tuple(_part(line) for line in lines if line["kind"] == "page")
    picture = next((line["webp"] for line in lines if line["kind"] == "thumbnail"), "")
    author = collapse(head.get("author", ""))
    return PackageFacts(
        Kind.PDF,
        _MEDIA_TYPE,
        "PDF",
        tool=collapse(head.get("creator", "") or head.get("producer", ""))[:_LONGEST_TITLE],
        title=collapse(head.get("title", ""))[:_LONGEST_TITLE] or source.stem,
        description=collapse(head.get("subject", "")),
        keywords=tuple(filter(None, map(collapse, head.get("keywords", "").replace(";", ",").split(",")))),
        authors=(author,) if author else (),
        parts=tuple(part for part in parts if part.text),
        findings=_remarks(head, parts, picture),
        properties={"pages": head["pages"]},
        thumbnail=base64.b64decode(picture),
    )


def _lines(output: bytes) -> list[dict[str, Any]]:
    """Return the complete lines; the last one may have been cut off with the child."""
    return [json.loads(line) for line in output.split(b"\n")[:-1]]


def _part(line: dict[str, Any]) -> PartFacts:
    """Make a part of one page; its key is the page's number."""
    return PartFacts(str(line["number"]), "", collapse(line["text"]), "page", f"#page={line['number']}")


def _refusal(lines: list[dict[str, Any]], head: dict[str, Any] | None, outcome: Outcome) -> Finding:
    """Say why nothing could be read."""
    for line in lines:
        if line["kind"] == "error":
            return finding(line["code"])
    if head is not None:
        return finding("pdf_without_pages")
    return finding("reader_took_too_long" if outcome.timed_out else "reader_failed")


def _remarks(head: dict[str, Any], parts: Sequence[PartFacts], picture: str) -> tuple[Finding, ...]:
    """Say what search and the material's page will have to do without."""
    found = []
    if not any(part.text for part in parts):
        found.append(finding("pdf_without_text"))
    if len(parts) < head["pages"]:
        found.append(finding("text_shortened", count=head["pages"] - len(parts)))
    if not picture:
        found.append(finding("picture_failed"))
    return tuple(found)
