"""What a person typed, cut into words, "phrases" and -exclusions; no input is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from search_index.synonyms import NO_SYNONYMS
from search_index.vietnamese import bigrams_of, fold, folded_terms, normalise, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from search_index.synonyms import Meaning, Synonyms
    from search_index.vietnamese import Token

T = TypeVar("T")

# A text field, and a folded word or bigram in it.
Placed = tuple[str, str]

# What is longer is cut: nobody types it, and work per query stays bounded.
LONGEST_QUERY = 2_000
MOST_WORDS = 24
MOST_EXCLUSIONS = 8
MOST_ALTERNATIVES = 48

# Folded names of text fields in a question: "tiêu đề:phân số", 'body:"phân số"', "-title:thi". Longer ones come first.
WITHIN = {
    "tieu de": "title", "ten bai": "title", "title": "title",
    "noi dung": "body", "content": "body", "body": "body",
    "tu khoa": "keywords", "keywords": "keywords", "keyword": "keywords",
    "mo ta": "description", "description": "description",
}  # fmt: skip
_WITHIN_NAME = "|".join(WITHIN)
WITHIN_FIELD = re.compile(
    rf'(?<!\S)(?P<minus>-)?(?P<name>{_WITHIN_NAME})\s?:\s?(?:"(?P<quoted>[^"]*)"?'
    rf'|(?P<plain>[^\s":-][^":]*?)(?=\s+(?:{_WITHIN_NAME})\s?:|\s+-|\s*"|$))'
)

QUOTES = str.maketrans("“”„«»", '"""""')
PART = re.compile(r'(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Word:
    """A word in both forms; `accented` when the writer typed diacritics in it."""

    exact: str
    folded: str

    @property
    def accented(self) -> bool:
        """Tell whether the exact form says more than the folded one."""
        return self.exact != self.folded


@dataclass(frozen=True, slots=True)
class Alternative:
    """Other names for some of the words, which stand for them where all of the names are.

    `words` are numbers of the question's words, `bigrams` those among them. `names` are folded; `cluster` is the same
    for alternatives that stand for some of the same words.
    """

    words: tuple[int, ...]
    bigrams: tuple[str, ...]
    names: tuple[str, ...]
    cluster: int

    @property
    def terms(self) -> Iterator[tuple[str, bool]]:
        """The terms that tell of the names, and whether each is a bigram."""
        for name in self.names:
            words = name.split()
            yield from ((f"{a} {b}", True) for a, b in pairwise(words))
            if len(words) == 1:
                yield name, False


@dataclass(frozen=True, slots=True)
class Question:
    """A read query.

    `words` are wanted, `bigrams` (neighbours among them) add score, `alternatives` stand for some of them, `phrases`
    are folded bigrams that must all be there, `without` the excluded words and phrases. `within` are folded words and
    bigrams that must stand in a text field, as (field, term); of `without_within` each excludes what has all of its
    terms there. `blank` tells that nothing was typed at all.
    """

    words: tuple[Word, ...] = ()
    bigrams: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    phrases: tuple[str, ...] = ()
    without_words: tuple[Word, ...] = ()
    without_phrases: tuple[tuple[str, ...], ...] = ()
    within: tuple[Placed, ...] = ()
    without_within: tuple[tuple[Placed, ...], ...] = ()
    blank: bool = False

    @property
    def accented(self) -> bool:
        """Tell whether exact words add score."""
        return any(word.accented for word in self.words)

    @property
    def browses(self) -> bool:
        """Tell whether nothing is searched for, so that all documents answer, newest first."""
        excludes = self.without_words or self.without_phrases or self.without_within
        return self.blank or (not self.words and bool(excludes))


def read_question(text: str, synonyms: Synonyms = NO_SYNONYMS) -> Question:
    """Read what was typed; what goes beyond the bounds above is left out."""
    text, within, without_within = _take_within(normalise(text[:LONGEST_QUERY]).translate(QUOTES))
    wanted: list[str] = []
    phrases: list[str] = []
    without_words: list[Word] = []
    without_phrases: list[tuple[str, ...]] = []
    for part in PART.finditer(text):
        content = part["phrase"] if part["phrase"] is not None else part["plain"]
        tokens = list(tokenise(content))
        pairs = _pairs(tokens)
        if part["minus"] is None:
            wanted.append(content)
            phrases.extend(pairs if part["phrase"] is not None else ())
        elif pairs:
            without_phrases.append(pairs[:MOST_EXCLUSIONS])
        else:
            without_words.extend(_words(tokens))
    positive = " ".join(wanted)
    tokens = list(tokenise(positive))[:MOST_WORDS]
    words = _words(tokens)
    return Question(
        words=words,
        bigrams=_unique(bigrams_of(positive, tokens)),
        alternatives=tuple(_alternatives(words, tokens, synonyms.meanings(tokens)))[:MOST_ALTERNATIVES],
        phrases=_unique(phrases)[:MOST_WORDS],
        without_words=tuple(without_words[:MOST_EXCLUSIONS]),
        without_phrases=tuple(without_phrases[:MOST_EXCLUSIONS]),
        within=within,
        without_within=without_within,
        blank=not text.strip() and not without_within,
    )


def _take_within(text: str) -> tuple[str, tuple[Placed, ...], tuple[tuple[Placed, ...], ...]]:
    """Take the names of text fields out of a question, and say what must be where, and what must not.

    What must be there stays among the words.
    """
    kept: list[str] = []
    within: list[Placed] = []
    without: list[tuple[Placed, ...]] = []
    end = 0
    for found in WITHIN_FIELD.finditer(fold(text)):
        value = "plain" if found["quoted"] is None else "quoted"
        words = folded_terms(found[value])
        if not words:
            continue
        is_phrase = value == "quoted" and len(words) > 1
        terms = [f"{a} {b}" for a, b in pairwise(words)] if is_phrase else words
        placed = [(WITHIN[found["name"]], term) for term in terms]
        kept.append(text[end : found.start()])
        if found["minus"]:
            without.append(_unique(placed)[:MOST_EXCLUSIONS])
            end = found.end()
        else:
            within += placed
            end = found.start(value) - (value == "quoted")
    return "".join([*kept, text[end:]]), _unique(within)[:MOST_WORDS], tuple(without[:MOST_EXCLUSIONS])


def _alternatives(words: tuple[Word, ...], tokens: list[Token], found: Iterable[Meaning]) -> Iterator[Alternative]:
    reach, cluster = 0, 0
    for meaning in found:
        cluster += meaning.start >= reach
        reach = max(reach, meaning.end)
        typed = tokens[meaning.start : meaning.end]
        yield Alternative(
            words=_unique(words.index(word) for word in _words(typed)),
            bigrams=_pairs(typed),
            names=tuple(" ".join(token.folded for token in name) for name in meaning.names),
            cluster=cluster,
        )


def _pairs(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(f"{a.folded} {b.folded}" for a, b in pairwise(tokens))


def _words(tokens: Sequence[Token]) -> tuple[Word, ...]:
    return _unique(Word(token.exact, token.folded) for token in tokens)


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
