"""What differs between two states of a material: files of its archive, its parts, the sentences of their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from content_packages.archive.table import Entry, EntryTable

# Comparing two lists of sentences takes time by the product of their lengths.
MOST_PAIRS = 4_000_000
CONTEXT = 1  # unchanged sentences shown on each side of a change

_ENDS = re.compile(r"(?<=[.!?…;:])\s+|\s*\n\s*")


class Change(StrEnum):
    """What happened to a file, a part or a sentence from the one state to the other."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # the same bytes under another name, the same text under another title
    SKIPPED = "skipped"  # unchanged sentences that are left out


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A file that is not the same; sizes in bytes, None where it does not exist; `before` is the former name."""

    change: Change
    path: str
    before: str = ""
    old_size: int | None = None
    new_size: int | None = None


@dataclass(frozen=True, slots=True)
class PartText:
    """A part of one state: a SCO, page or slide."""

    key: str
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a part's text and what happened to it."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is not the same; `is_long` says that its text changed and is too long to be told by sentences."""

    change: Change
    kind: str
    title: str
    before: str = ""
    sentences: tuple[Sentence, ...] = ()
    is_long: bool = False


def compare_entries(old: EntryTable | None, new: EntryTable | None) -> tuple[EntryChange, ...]:
    """The files that were added, removed, changed or renamed, by name; none where neither is an archive."""
    before = {entry.path: entry for entry in old} if old is not None else {}
    after = {entry.path: entry for entry in new} if new is not None else {}
    gone = {path: entry for path, entry in before.items() if path not in after}
    come = {path: entry for path, entry in after.items() if path not in before}
    found = list(_renamed(gone, come))
    found += [EntryChange(Change.REMOVED, path, old_size=entry.size) for path, entry in gone.items()]
    found += [EntryChange(Change.ADDED, path, new_size=entry.size) for path, entry in come.items()]
    for path, entry in after.items():
        if path in before and _bytes_of(before[path]) != _bytes_of(entry):
            found.append(EntryChange(Change.CHANGED, path, old_size=before[path].size, new_size=entry.size))
    return tuple(sorted(found, key=lambda change: change.path))


def _bytes_of(entry: Entry) -> tuple[int, int]:
    return entry.size, entry.crc32


def _renamed(gone: dict[str, Entry], come: dict[str, Entry]) -> Iterator[EntryChange]:
    """Pairs of the same bytes, which are taken out of both; empty files are all alike and stay."""
    by_bytes: dict[tuple[int, int], list[str]] = {}
    for path in sorted(gone, reverse=True):
        by_bytes.setdefault(_bytes_of(gone[path]), []).append(path)
    for path in sorted(come):
        entry = come[path]
        if entry.size and (former := by_bytes.get(_bytes_of(entry))):
            before = former.pop()
            del gone[before], come[path]
            yield EntryChange(Change.MOVED, path, before, entry.size, entry.size)


def compare_parts(old: Sequence[PartText], new: Sequence[PartText]) -> tuple[PartChange, ...]:
    """The parts that are not the same, in the order of the new state; removed ones at the end.

    A part is found again by its key, else by its title, else by its text: authoring tools give new keys.
    """
    pairs, removed = _matched(old, new)
    changes = (_change_of(before, after) for before, after in pairs)
    gone = (PartChange(Change.REMOVED, part.kind, part.title) for part in removed)
    return (*(change for change in changes if change is not None), *gone)


def _matched(
    old: Sequence[PartText], new: Sequence[PartText]
) -> tuple[list[tuple[PartText | None, PartText]], list[PartText]]:
    found: dict[int, int] = {}
    left, open_places = dict(enumerate(old)), dict(enumerate(new))
    for sign in ("key", "title", "text"):
        known: dict[str, list[int]] = {}
        for place in sorted(left, reverse=True):
            known.setdefault(getattr(left[place], sign), []).append(place)
        for place in sorted(open_places):
            wanted = getattr(open_places[place], sign)
            if wanted and known.get(wanted):
                found[place] = known[wanted].pop()
        for place, other in found.items():
            open_places.pop(place, None)
            left.pop(other, None)
    pairs = [(old[found[place]] if place in found else None, part) for place, part in enumerate(new)]
    return pairs, [left[place] for place in sorted(left)]


def _change_of(before: PartText | None, after: PartText) -> PartChange | None:
    if before is None:
        return PartChange(Change.ADDED, after.kind, after.title)
    if before.text == after.text:
        renamed = before.title != after.title
        return PartChange(Change.MOVED, after.kind, after.title, before.title) if renamed else None
    one, other = sentences_of(before.text), sentences_of(after.text)
    former = before.title if before.title != after.title else ""
    if len(one) * len(other) > MOST_PAIRS:
        return PartChange(Change.CHANGED, after.kind, after.title, former, is_long=True)
    return PartChange(Change.CHANGED, after.kind, after.title, former, tuple(compare_sentences(one, other)))


def sentences_of(text: str) -> list[str]:
    """A text cut where sentences and lines end."""
    return [sentence for sentence in (" ".join(piece.split()) for piece in _ENDS.split(text)) if sentence]


def compare_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[Sentence]:
    """What was taken out and put in, each with a sentence around it; what is left out is one `SKIPPED`."""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, start, end, from_, to) in enumerate(opcodes):
        if tag == "equal":
            yield from _shortened(old[start:end], is_first=number == 0, is_last=number == len(opcodes) - 1)
            continue
        yield from _all(Change.REMOVED, old[start:end])
        yield from _all(Change.ADDED, new[from_:to])


def _all(change: Change, texts: Iterable[str]) -> Iterator[Sentence]:
    return (Sentence(change, text) for text in texts)


def _shortened(same: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Sentence]:
    head = [] if is_first else same[:CONTEXT]
    tail = [] if is_last else same[len(head) :][-CONTEXT:]
    yield from _all(Change.SAME, head)
    if len(same) > len(head) + len(tail):
        yield Sentence(Change.SKIPPED, "")
    yield from _all(Change.SAME, tail)
