"""How a question that is being typed may go on: titles, subjects and authors, whatever tone marks were typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elearn.services.access import tokens_of
from search_index.documents import Suggestions
from search_index.engine import IndexUnavailableError
from search_index.suggestions import SHORTEST_PREFIX, is_begun_by
from search_index.vietnamese import folded_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.services.access import Identity
    from search_index.engine import SearchEngine

MOST_TITLES, MOST_SUBJECTS, MOST_AUTHORS = 6, 2, 3


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Titles of materials, codes of subjects, names of authors."""

    titles: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def suggest(engine: SearchEngine, identity: Identity, typed: str, subjects: Mapping[str, str]) -> GoingOn:
    """What goes on from what has been typed, among the materials the identity may see; `subjects` are code -> name.

    Without an index only subjects are suggested.
    """
    words = list(folded_terms(typed))
    if len("".join(words)) < SHORTEST_PREFIX:
        return GoingOn()
    begun = [code for code, name in subjects.items() if is_begun_by(" ".join(folded_terms(name)), words)]
    try:
        found = engine.suggest(typed, tokens_of(identity), MOST_TITLES)
    except IndexUnavailableError:
        found = Suggestions()
    return GoingOn(found.titles, tuple(begun[:MOST_SUBJECTS]), found.authors[:MOST_AUTHORS])
