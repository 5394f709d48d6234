"""How a query is read: as it was typed, mended where it must be, or otherwise only offered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from search_index.mending import mended, reconsidered
from search_index.question import LONGEST_QUERY, Question, read_question
from search_index.synonyms import Begun
from search_index.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_index.documents import SearchQuery
    from search_index.synonyms import Synonyms
    from search_index.views import Vocabulary

# With fewer documents that have every word another reading is offered.
FEW_MATCHES: Final = 3


# Another reading is searched when its best document has so much more of it than the best one has of what was typed.
CLEARLY_BETTER: Final = 1.05

# So many words may be only begun, each at least so long, and go on in so many ways.
MOST_BEGUN: Final = 2
MOST_ENDINGS: Final = 20
_BEGUN = re.compile(r"(?<!\S)([^\W_]{2,})\*(?!\S)")


class Answer(Protocol):
    """What an engine finds for a question."""

    @property
    def complete(self) -> int:
        """Number of visible documents with all of its words."""

    @property
    def best(self) -> float:
        """How much the best document has of its words, as the sum of their rarities, where few have all."""


Found = TypeVar("Found", bound=Answer)


@dataclass(frozen=True, slots=True)
class Reading:
    """The question that was asked, as what the query was read ("" as typed), and what may have been meant ("")."""

    question: Question
    read_as: str = ""
    did_you_mean: str = ""


def read(
    vocabulary: Vocabulary, query: SearchQuery, synonyms: Synonyms, answer: Callable[[Question], Found]
) -> tuple[Reading, Found]:
    """Read a query and find its answer.

    Words that nobody uses are mended. Words that are used stay, unless no document has all of them and one has all of
    the other reading, or clearly more of it than of this one: then that is searched.
    """
    synonyms = _with_begun_words(vocabulary, query.text, synonyms)
    question, read_as = read_question(query.text, synonyms), ""
    found = answer(question)
    is_placed = question.within or question.without_within
    if query.literal or is_placed or not question.words or found.complete >= FEW_MATCHES:
        return Reading(question), found
    # Where a document has all words, each is used.
    if not found.complete:
        read_as = mended(vocabulary, query.text, query.tokens, synonyms) or ""
    if read_as:
        question = read_question(read_as, synonyms)
        found = answer(question)
        if found.complete >= FEW_MATCHES:
            return Reading(question, read_as), found
    guess = reconsidered(vocabulary, read_as or query.text, query.tokens, synonyms)
    if guess is None:
        return Reading(question, read_as), found
    if not found.complete:
        guessed = read_question(guess, synonyms)
        found_so = answer(guessed)
        if found_so.complete or found_so.best > found.best * CLEARLY_BETTER:
            return Reading(guessed, guess), found_so
        if found_so.best < found.best:
            return Reading(question, read_as), found
    return Reading(question, read_as, guess), found


def _with_begun_words(vocabulary: Vocabulary, text: str, synonyms: Synonyms) -> Synonyms:
    """Let words with a star mean the words of titles that begin so."""
    begun = {found[1] for found in islice(_BEGUN.finditer(fold(text[:LONGEST_QUERY])), MOST_BEGUN)}
    return Begun(synonyms, {word: vocabulary.begun(word, MOST_ENDINGS) for word in begun}) if begun else synonyms
