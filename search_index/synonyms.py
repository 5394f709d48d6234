"""Words that mean the same, from a text file: GDCD is giáo dục công dân, khối 5 is lớp 5."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from search_index.vietnamese import Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_LINES: Final = 5_000
LONGEST_NAME: Final = 10  # words

_NUMBERS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười·một", "mười·hai"]
_SCHOOL_WORDS = Path(__file__).with_name("school_words.txt")

# A name as tokens; an alternative has several names when all of them must be there.
Name = tuple[Token, ...]


class SynonymsError(ValueError):
    """A file of synonyms cannot be read: `line` counts from 1, `code` says why.

    Codes: one_name (nothing to stand for it), no_words (a name without letters), two_arrows, mixed (= and -> in one
    line), long_name (more than `LONGEST_NAME` words), many_lines (more than `MOST_LINES`).
    """

    def __init__(self, line: int, code: str) -> None:
        super().__init__(line, code)
        self.line = line
        self.code = code


class Meaning(NamedTuple):
    """The tokens [start, end) of a question also mean all of these names together."""

    start: int
    end: int
    names: tuple[Name, ...]


class Synonyms:
    """Finds other names for what stands in a question.

    Raises:
        SynonymsError: a line of one of the texts cannot be read.
    """

    def __init__(self, *texts: str) -> None:
        self._meanings: defaultdict[tuple[str, ...], list[tuple[Name, tuple[Name, ...]]]] = defaultdict(list)
        self._longest = 0
        for names, meanings in chain.from_iterable(map(_read, texts)):
            for name in names:
                self._longest = max(self._longest, len(name))
                others = [other for other in meanings if other != (name,)]
                self._meanings[_folded(name)] += [(name, other) for other in others]

    def meanings(self, tokens: Sequence[Token]) -> Iterator[Meaning]:
        """Give the other names of every run of tokens that is a name.

        Of runs that begin together a shorter one counts only beside a meaning of several names: "GDCD 6" is also GDCD,
        but "lớp mười hai" is not lớp mười.
        """
        for start in range(len(tokens)):
            for end in range(min(start + self._longest, len(tokens)), start, -1):
                found = self._of_run(tokens[start:end])
                yield from (Meaning(start, end, names) for names in found)
                if any(len(names) == 1 for names in found):
                    break

    def _of_run(self, typed: Sequence[Token]) -> list[tuple[Name, ...]]:
        known = self._meanings.get(_folded(typed), ())
        return [meaning for name, meaning in known if all(map(_may_be, typed, name))]


class Begun(Synonyms):
    """Synonyms for one question, in which words that are only begun ("quang*") mean all that begin so."""

    def __init__(self, synonyms: Synonyms, begun: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._synonyms = synonyms
        self._begun = begun

    def meanings(self, tokens: Sequence[Token]) -> Iterator[Meaning]:
        """Give the words that go on from the begun ones, then the other names of runs of tokens."""
        for number, token in enumerate(tokens):
            for word in self._begun.get(token.folded, ()):
                yield Meaning(number, number + 1, ((Token(word, word, 0, 0),),))
        yield from self._synonyms.meanings(tokens)


def _may_be(typed: Token, meant: Token) -> bool:
    """A word typed without diacritics may be any word that folds to it."""
    return typed.exact in {meant.exact, typed.folded}


def _folded(name: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.folded for token in name)


def _read(text: str) -> Iterator[tuple[list[Name], list[tuple[Name, ...]]]]:
    """Give per line the names that may be typed, and what each of them means."""
    for number, line in enumerate(text.splitlines(), start=1):
        if number > MOST_LINES:
            raise SynonymsError(number, "many_lines")
        content = line.partition("#")[0].strip()
        for filled in _filled(content):
            yield _parse(filled, number)


def _filled(content: str) -> Iterator[str]:
    """Put the numbers of the grades into a line that speaks of them all."""
    if "{số}" not in content and "{chữ}" not in content:
        yield from [content] if content else []
        return
    for number, word in enumerate(_NUMBERS, start=1):
        yield content.replace("{số}", str(number)).replace("{chữ}", word.replace("·", " "))


def _parse(content: str, line: int) -> tuple[list[Name], list[tuple[Name, ...]]]:
    left, arrow, right = content.partition("->")
    if "->" in right:
        raise SynonymsError(line, "two_arrows")
    if arrow and "=" in content:
        raise SynonymsError(line, "mixed")
    names = left.split("=")
    if not arrow and len(names) == 1:
        raise SynonymsError(line, "one_name")
    typed = [_name(name, line) for name in names]
    if arrow:
        return typed, [tuple(_name(part, line) for part in right.split(","))]
    return typed, [(name,) for name in typed]


def _name(text: str, line: int) -> Name:
    name = tuple(token._replace(start=0, end=0) for token in tokenise(text))
    if not name:
        raise SynonymsError(line, "no_words")
    if len(name) > LONGEST_NAME:
        raise SynonymsError(line, "long_name")
    return name


NO_SYNONYMS: Final = Synonyms()


@lru_cache(maxsize=1)
def school_words() -> str:
    """The text of the list that comes with the software; others may be added to it."""
    return _SCHOOL_WORDS.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def school_synonyms() -> Synonyms:
    """The synonyms that come with the software."""
    return Synonyms(school_words())
