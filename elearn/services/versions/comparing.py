"""What differs between two versions of a material."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from content_packages.archive.table import EntryTable
from content_packages.comparison import Change, PartText, compare_entries, compare_parts
from elearn.models.material import Part, StoredBlob

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from content_packages.comparison import EntryChange, PartChange
    from elearn.models.material import Version

MOST_ENTRIES = 500  # files and parts that are told one by one; the rest is counted
MOST_PARTS = 200
FACTS = ("file_name", "standard", "edition", "tool")


@dataclass(frozen=True, slots=True)
class Comparison:
    """An older and a newer version: facts that changed (name -> before, after), files and parts.

    `counts` says how many files were added, removed, changed and moved; `more_entries` and `more_parts` how many are
    left out of the lists. `is_same` holds where nothing that is compared here differs.
    """

    old: Version
    new: Version
    facts: dict[str, tuple[str, str]]
    entries: Sequence[EntryChange]
    parts: Sequence[PartChange]
    counts: dict[Change, int]
    more_entries: int
    more_parts: int

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.facts or self.entries or self.parts or self.is_other_file)

    @property
    def is_other_file(self) -> bool:
        """Whether the bytes differ; of a file that is no archive and has no text that is all one can tell."""
        return self.old.blob_sha256 != self.new.blob_sha256


def compare(session: Session, one: Version, other: Version) -> Comparison:
    """Compare two versions, whichever is given first."""
    old, new = sorted((one, other), key=lambda version: version.number)
    is_other = old.blob_sha256 != new.blob_sha256
    entries = compare_entries(_table(session, old), _table(session, new)) if is_other else ()
    parts = compare_parts(_parts(session, old), _parts(session, new)) if is_other else ()
    facts = {name: (getattr(old, name), getattr(new, name)) for name in FACTS}
    return Comparison(
        old,
        new,
        facts={name: pair for name, pair in facts.items() if pair[0] != pair[1]},
        entries=entries[:MOST_ENTRIES],
        parts=parts[:MOST_PARTS],
        counts={change: sum(each.change is change for each in entries) for change in Change},
        more_entries=max(len(entries) - MOST_ENTRIES, 0),
        more_parts=max(len(parts) - MOST_PARTS, 0),
    )


def _table(session: Session, version: Version) -> EntryTable | None:
    packed = session.scalar(select(StoredBlob.entry_table).where(StoredBlob.sha256 == version.blob_sha256))
    return EntryTable.from_bytes(packed) if packed is not None else None


def _parts(session: Session, version: Version) -> list[PartText]:
    query = select(Part.key, Part.kind, Part.title, Part.text).where(Part.version_id == version.id)
    return [PartText(*row) for row in session.execute(query.order_by(Part.position))]
