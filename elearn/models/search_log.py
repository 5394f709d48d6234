"""What is searched for, without who searched: rows that are dropped after some weeks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import Code, Key, Row


class SearchStep(StrEnum):
    """What somebody did with a question."""

    ASKED = "asked"  # looked at its results
    OPENED = "opened"  # opened one of them
    WANTED = "wanted"  # asked the library for such a material


class SearchLog(Row):
    """One step with one question. Neither an account nor an address nor a time of day stands in it.

    `asker` is one of a few groups into which a keyed digest of the question and the account falls: different groups
    are different people, but a group is many people, and another one for each question.
    """

    __tablename__ = "search_log"
    __table_args__ = (Index("ix_search_log_day", "day", "unit_id"),)

    id: Mapped[Key]
    day: Mapped[date]  # in the department's time zone
    step: Mapped[SearchStep] = mapped_column(Choice(SearchStep, 8))
    question: Mapped[str] = mapped_column(String(120))  # lower case, single spaces
    folded: Mapped[str] = mapped_column(String(120))  # its words without diacritics
    found: Mapped[int]
    level: Mapped[str] = mapped_column(String(8), default="")
    subject_code: Mapped[Code] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # where the asker belongs
    asker: Mapped[int]
