"""Questions with the passages or lessons that answer them, in one form."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from elearn.services.curriculum.programme import SUBJECTS
from search_index.documents import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SUBJECT_NAMES = {row.code: row.name_vi for row in SUBJECTS}
HERE = Path(__file__).parent
EVERYBODY = frozenset({"public"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, uid -> how well a document answers it (2 well, 1 partly), and texts typed by hand for it."""

    text: str
    answers: Mapping[str, int]
    typed: Mapping[str, str]  # way of typing -> what a person's hands made of it

    @property
    def is_tuned(self) -> bool:
        """Whether it belongs to the half by which weights are chosen; the other half is reported."""
        return blake2b(self.text.encode(), digest_size=1).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """All documents are searched by every question."""

    name: str
    documents: tuple[SearchDocument, ...]
    questions: tuple[Asked, ...]


def read_set(path: Path) -> QuestionSet:
    """Read a set in the form of SQuAD (XQuAD and its kin) or of the Zalo AI Challenge 2019."""
    data = json.loads(path.read_text(encoding="utf-8"))
    pairs = _squad(data["data"]) if isinstance(data, dict) else _zalo(data)
    uids: dict[str, str] = {}
    answers: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for question, passage, is_answer in pairs:
        uid = uids.setdefault(passage, f"p{len(uids)}")
        if is_answer:
            answers[question][uid] = 2
    documents = tuple(SearchDocument(uid, "", "pdf", EVERYBODY, body=passage) for passage, uid in uids.items())
    return QuestionSet(path.stem, documents, tuple(Asked(text, given, {}) for text, given in answers.items()))


def _squad(articles: list[dict]) -> Iterator[tuple[str, str, bool]]:
    for article in articles:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                yield question["question"], paragraph["context"], not question.get("is_impossible", False)


def _zalo(rows: list[dict]) -> Iterator[tuple[str, str, bool]]:
    for row in rows:
        yield row["question"], row["text"], row["label"]


def lesson_titles() -> QuestionSet:
    """Read the committed set: lessons of the programme of 2018, and what people type to find them.

    `lessons.tsv`: uid, subject, grade, title, keywords (divided by semicolons), description.
    `lesson_queries.tsv`: what is typed, uids that answer (`uid` well, `uid?` partly), then name=text of typing by hand.
    """
    documents = tuple(_lesson(*columns) for columns in _rows(HERE / "lessons.tsv"))
    questions = tuple(_asked(*columns) for columns in _rows(HERE / "lesson_queries.tsv"))
    return QuestionSet("lesson titles", documents, questions)


def _rows(path: Path) -> Iterable[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _lesson(uid: str, subject: str, grade: str, title: str, *more: str) -> SearchDocument:
    keywords, text = (*more, "", "")[:2]
    words = tuple(word.strip() for word in keywords.split(";") if word.strip())
    return SearchDocument(
        uid,
        title,
        "scorm",
        EVERYBODY,
        keywords=words,
        description=text,
        topic="; ".join(filter(None, (SUBJECT_NAMES.get(subject), f"Lớp {grade}" if grade.isdigit() else ""))),
        subjects=(subject,),
        grades=(grade,) if grade else (),
    )


def _asked(text: str, answers: str, *typed: str) -> Asked:
    gains = {uid.rstrip("?"): 1 if uid.endswith("?") else 2 for uid in answers.split()}
    return Asked(text, gains, dict(one.split("=", 1) for one in typed if one))
