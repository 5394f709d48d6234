"""What a folder's `catalogue.json` says its files are, in our names of kinds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

NAME = "catalogue.json"
NOTHING = "nothing"  # bytes that are no file of any kind; of these only the name says what they should be
UNREADABLE = {"not_an_archive", "empty_file", "unrecognised_file"}
# How a catalogue begins its word for a kind, and ours; the first that fits counts.
BEGINNINGS = (
    ("SCORM (", "scorm", ""),
    ("SCORM 1.2", "scorm", "1.2"),
    ("SCORM 2004", "scorm", "2004"),
    ("Common Cartridge", "common_cartridge", ""),
    ("IMS", "content_package", ""),
    ("eXeLearning", "elp", ""),
    ("xAPI", "xapi", ""),
    ("AICC", "aicc", ""),
    ("cmi5", "cmi5", ""),
    ("H5P", "h5p", ""),
    ("EPUB", "epub", ""),
    ("not-a-zip", NOTHING, ""),
    ("other zip", "archive", ""),
    ("hostile zip", "archive", ""),
)


def right_kinds(folder: Path) -> dict[str, tuple[str, str]]:
    """File name -> kind and edition as they should be found; an edition of which nothing is said is "".

    Raises:
        KeyError: the catalogue names a kind that this table does not know.
    """
    file = folder / NAME
    if not file.is_file():
        return {}
    return {entry["file"]: _right(entry["kind"]) for entry in json.loads(file.read_text(encoding="utf-8"))}


def _right(word: str) -> tuple[str, str]:
    for beginning, kind, edition in BEGINNINGS:
        if word.startswith(beginning):
            last = word.rpartition(" ")[2]
            if kind == "common_cartridge":
                return kind, last
            return kind, f"{edition} {last}" if edition == "2004" else edition
    raise KeyError(word)


def found_kind(told: dict[str, Any]) -> str:
    """The kind that an import told; of what could not be read at all it repeats only the name's promise."""
    codes = {finding["code"] for finding in told["findings"]}
    return NOTHING if codes & UNREADABLE else str(told.get("kind", ""))


def is_right(told: dict[str, Any], right: tuple[str, str]) -> bool:
    """Whether kind and edition are those of the catalogue."""
    kind, edition = right
    return found_kind(told) == kind and edition in ("", told.get("edition", ""))
