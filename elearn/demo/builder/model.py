"""A lesson as frozen data: what its author writes, before any HTML, XML or archive exists.

Text may carry a small markup, see `elearn.demo.builder.markup`: bold, italic, indices, exponents and fractions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorm.manifest.model import Edition

LETTERS = "abcdefghij"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as an SVG document; `alt` says in words what it shows, `caption` stands below it."""

    kind: ClassVar[str] = "picture"
    svg: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short points, numbered when the order matters."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """One displayed formula or key word, large and centred."""

    kind: ClassVar[str] = "formula"
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A framed remark: what to remember, an example, a task to do."""

    kind: ClassVar[str] = "box"
    text: str
    title: str = "Ghi nhớ"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one heading row; the first cell of each row heads the row."""

    kind: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Picture | Points | Formula | Box | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page to read."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(ABC):
    """One page that asks; answered rightly it is worth `points`, otherwise nothing.

    `interaction` is the type in the run-time data models (`cmi.interactions.n.type`). The learner's answer and
    `answer` are lists of short identifiers in one neutral form, which the script spells as each standard wants.
    """

    interaction: ClassVar[str]
    kind: ClassVar[str]
    prompt: str
    explanation: str
    title: str = ""  # without one, its questions are numbered within the SCO
    points: int = 1
    picture: Picture | None = None

    @abstractmethod
    def key(self) -> list[str]:
        """Return the right answer in the neutral form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """One right option; for children who do not read yet, each option may be a picture."""

    interaction: ClassVar[str] = "choice"
    kind: ClassVar[str] = "choice"
    options: tuple[str, ...]
    answer: int
    pictures: tuple[Picture, ...] = ()

    def key(self) -> list[str]:
        """Return the letter of the right option."""
        return [LETTERS[self.answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(Question):
    """Several right options, all of which are wanted."""

    interaction: ClassVar[str] = "choice"
    kind: ClassVar[str] = "multiple"
    options: tuple[str, ...]
    answers: frozenset[int]

    def key(self) -> list[str]:
        """Return the letters of the right options in alphabetical order."""
        return [LETTERS[index] for index in sorted(self.answers)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Question):
    """A statement that is right or wrong."""

    interaction: ClassVar[str] = "true-false"
    kind: ClassVar[str] = "truefalse"
    answer: bool

    def key(self) -> list[str]:
        """Return "t" or "f"."""
        return ["t" if self.answer else "f"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    """A number to type, with decimal comma or point; right when within `tolerance` of `answer`."""

    interaction: ClassVar[str] = "numeric"
    kind: ClassVar[str] = "typed"
    answer: float
    tolerance: float = 0.0
    unit: str = ""

    def key(self) -> list[str]:
        """Return the number with a decimal point."""
        return [f"{self.answer:g}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer(Question):
    """A word or two to type; capitals and spaces do not matter, any of `accepted` is right."""

    interaction: ClassVar[str] = "fill-in"
    kind: ClassVar[str] = "typed"
    accepted: tuple[str, ...]
    unit: str = ""

    def key(self) -> list[str]:
        """Return all accepted answers."""
        return list(self.accepted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """Pairs to be found: the left sides stand in order, the right sides are offered mixed."""

    interaction: ClassVar[str] = "matching"
    kind: ClassVar[str] = "matching"
    pairs: tuple[tuple[str, str], ...]

    @property
    def mixed(self) -> list[tuple[str, str]]:
        """(identifier, text) of the right sides in the order they are offered."""
        return mixed([(str(number), right) for number, (_, right) in enumerate(self.pairs, 1)])

    def key(self) -> list[str]:
        """Return "a.1", "b.2", ...: each left letter with the number of its right side."""
        return [f"{LETTERS[index]}.{index + 1}" for index in range(len(self.pairs))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """Things to be put in order; `items` is the right order."""

    interaction: ClassVar[str] = "sequencing"
    kind: ClassVar[str] = "ordering"
    items: tuple[str, ...]

    @property
    def mixed(self) -> list[tuple[str, str]]:
        """(identifier, text) in the order they are offered."""
        return mixed([(LETTERS[index], item) for index, item in enumerate(self.items)])

    def key(self) -> list[str]:
        """Return the letters in the right order."""
        return [LETTERS[index] for index in range(len(self.items))]


def mixed(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Shuffle (identifier, text) the same way in every build, and never into the order they came in."""
    shuffled = sorted(pairs, key=lambda pair: sha256(pair[1].encode()).digest())
    return shuffled if shuffled != list(pairs) else [*shuffled[1:], shuffled[0]]


@dataclass(frozen=True, slots=True)
class Sco:
    """One shareable content object: a part of the lesson that is launched and scored by itself."""

    identifier: str
    title: str
    pages: tuple[Page | Question, ...]

    def questions(self) -> Iterator[Question]:
        """All questions in page order."""
        return (page for page in self.pages if isinstance(page, Question))

    @property
    def max_score(self) -> int:
        """The points of all questions together; 0 for a part that only tells."""
        return sum(question.points for question in self.questions())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A whole lesson.

    `slug` names files and identifiers (ASCII); `level`, `grade` and `subject` are the library's codes;
    `passing` is the share of the points (0..1) that passes; `minutes` a typical time to work through it.
    """

    slug: str
    title: str
    level: str
    grade: str
    subject: str
    description: str
    keywords: tuple[str, ...]
    author: str
    edition: Edition
    scos: tuple[Sco, ...]
    minutes: int = 25
    passing: float = 0.6
    pronoun: str = field(default="em")  # how the page speaks to its learner: bé, em, anh/chị
