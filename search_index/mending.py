"""Words of a query that nobody wrote, read as what the keys meant, where the index knows that word."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from search_index.keystrokes import decoded
from search_index.question import LONGEST_QUERY, MOST_WORDS
from search_index.vietnamese import normalise, tokenise

if TYPE_CHECKING:
    from search_index.views import Vocabulary


def mended(snapshot: Vocabulary, text: str, tokens: frozenset[str]) -> str | None:
    """The text with Telex and VNI keys read, None when nothing had to be.

    A word is only read anew when no document that the asker may see has it, and one has the word that is meant,
    with its diacritics: "test" stays "test" where lessons speak of tests, and becomes nothing else where none does.
    """
    typed = normalise(text[:LONGEST_QUERY])
    parts, end = [], 0
    for token in islice(tokenise(typed), MOST_WORDS):
        meant = decoded(token.folded) if token.folded == token.exact else None
        if meant is None or snapshot.knows("folded", token.folded, tokens):
            continue
        if snapshot.knows("exact", meant, tokens):
            parts += [typed[end : token.start], meant]
            end = token.end
    return "".join([*parts, typed[end:]]) if parts else None
