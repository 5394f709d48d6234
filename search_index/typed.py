"""A question as it was typed, for what has no index to look into: words to be found and words that exclude."""

from __future__ import annotations

from typing import NamedTuple

from search_index.question import LONGEST_QUERY, MOST_EXCLUSIONS, PART, QUOTES, WITHIN, WITHIN_FIELD
from search_index.vietnamese import fold, folded_terms, normalise


class TypedWords(NamedTuple):
    """Words with the text field in which they must stand, or must not all stand; "" where none was named."""

    wanted: tuple[tuple[str, str], ...]
    unwanted: tuple[tuple[str, tuple[str, ...]], ...]


def typed_words(text: str) -> TypedWords:
    """Read a question as `question.read_question` does, but keep the words as they were typed."""
    text = normalise(text[:LONGEST_QUERY]).translate(QUOTES)
    wanted: list[tuple[str, str]] = []
    unwanted: list[tuple[str, tuple[str, ...]]] = []
    kept, end = [], 0
    for found in WITHIN_FIELD.finditer(fold(text)):
        value, field = "plain" if found["quoted"] is None else "quoted", WITHIN[found["name"]]
        if not folded_terms(found[value]):
            continue
        kept.append(text[end : found.start()])
        end = found.end()
        words = tuple(text[slice(*found.span(value))].split())
        if found["minus"]:
            unwanted.append((field, words))
        else:
            wanted += [(field, word) for word in words]
    for part in PART.finditer("".join([*kept, text[end:]])):
        words = tuple((part["plain"] if part["phrase"] is None else part["phrase"]).split())
        if part["minus"] is None:
            wanted += [("", word) for word in words]
        elif words:
            unwanted.append(("", words))
    return TypedWords(tuple(wanted), tuple(unwanted[:MOST_EXCLUSIONS]))
