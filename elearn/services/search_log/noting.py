"""Writing down what is searched for: the words, where they belong, and nothing by which a person could be told."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select

from elearn.database import day_of
from elearn.models.curriculum import Subject
from elearn.models.search_log import SearchLog, SearchStep
from elearn.services.curriculum.levels import GRADES
from elearn.services.errors import ServiceError
from search_index.vietnamese import exact_terms, folded_terms, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

LONGEST_QUESTION = 120  # characters; what is longer was pasted, and no two people paste the same
ASKER_GROUPS = 8
# An address of mail, or the digits of a telephone, an identity card or a pupil's code: never written down.
_PRIVATE = re.compile(r"@|\d(?:[\s.\-]?\d){5}")
_GRADE = re.compile(r"\b(?:lop|khoi|grade) (\d{1,2})\b")
_LEVEL_OF_GRADE = {row.code: row.level.value for row in GRADES}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the library: its words, facet -> chosen codes, and how many materials answered it."""

    text: str
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    found: int = 0


def note(session: Session, identity: Identity, secret: str, step: SearchStep, asked: Asked) -> SearchLog | None:
    """Write down a step with a question; None when the question is no words, too long, or looks private."""
    question = " ".join(normalise(asked.text).lower().split())
    folded = " ".join(folded_terms(question))
    if not folded or max(len(question), len(folded)) > LONGEST_QUESTION or _PRIVATE.search(question):
        return None
    row = SearchLog(
        day=day_of(session),
        step=step,
        question=question,
        folded=folded,
        found=asked.found,
        level=_level(folded, asked.chosen),
        subject_code=_subject(session, question, asked.chosen),
        unit_id=_unit(identity),
    )
    row.asker = _group(secret, folded, identity.uid or row.day.isoformat())
    session.add(row)
    session.flush()
    return row


def ask_for(session: Session, identity: Identity, secret: str, asked: Asked) -> None:
    """Pass on the wish for a material, once a day for each question of a person.

    Raises:
        ServiceError: `wish_empty`: the question cannot be passed on.
    """
    row = note(session, identity, secret, SearchStep.WANTED, asked)
    if row is None:
        raise ServiceError("wish_empty", most=LONGEST_QUESTION)
    same = (SearchLog.day == row.day, SearchLog.folded == row.folded, SearchLog.asker == row.asker)
    earlier = exists().where(*same, SearchLog.step == SearchStep.WANTED, SearchLog.id < row.id)
    if session.scalar(select(earlier)):
        session.delete(row)
        session.flush()


def purge(session: Session, days: int) -> int:
    """Drop what is older than so many days; returns how many rows."""
    oldest = day_of(session) - timedelta(days=days)
    return session.execute(delete(SearchLog).where(SearchLog.day <= oldest)).rowcount


def _group(secret: str, folded: str, who: str) -> int:
    """The group of an asker. Visitors without an account are one group a day: nothing else of them is known."""
    digest = hmac.digest(secret.encode(), f"asker\0{folded}\0{who}".encode(), "sha256")
    return digest[0] % ASKER_GROUPS


def _unit(identity: Identity) -> int | None:
    """The unit that answers for the asker: of several the lowest in the tree."""
    return max(identity.home_units, key=lambda unit: (len(identity.tree.ancestors(unit)), unit), default=None)


def _level(folded: str, chosen: Mapping[str, Sequence[str]]) -> str:
    """The level of a question: the chosen one, else that of the chosen or the written grades; "" for several."""
    levels = set(chosen.get("level", ()))
    grades = chosen.get("grade", ()) or _GRADE.findall(folded)
    levels = levels or {_LEVEL_OF_GRADE.get(grade, "") for grade in grades}
    return levels.pop() if len(levels) == 1 else ""


def _subject(session: Session, question: str, chosen: Mapping[str, Sequence[str]]) -> str:
    """The subject of a question: the chosen one, else the longest name of a subject in its words."""
    codes = chosen.get("subject", ())
    if codes:
        return codes[0] if len(codes) == 1 else ""
    # Whoever types tone marks means them: "an toàn" says nothing of "toán".
    terms = exact_terms if exact_terms(question) != folded_terms(question) else folded_terms
    words = f" {' '.join(terms(question))} "
    names = session.execute(select(Subject.code, Subject.name_vi)).all()
    longest_first = sorted(((" ".join(terms(name)), code) for code, name in names), key=lambda pair: -len(pair[0]))
    return next((code for name, code in longest_first if name and f" {name} " in words), "")
