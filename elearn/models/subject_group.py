"""Subject groups of a school (tổ chuyên môn): whose lessons their leaders countersign."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.models.base import CreatedAt, Key, Name, Row, Texts, Uid
from elearn.models.dated import Dated
from elearn.models.organisation import Unit
from elearn.models.people import Person


class SubjectGroup(Row):
    """A subject group of a unit. Who has a post there in one of its subjects belongs to it, and who has a seat."""

    __tablename__ = "subject_group"

    id: Mapped[Key]
    uid: Mapped[Uid]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[Name]
    subject_codes: Mapped[Texts]
    created_at: Mapped[CreatedAt]
    closed_on: Mapped[date | None]  # the first day on which it is no more

    unit: Mapped[Unit] = relationship()
    seats: Mapped[list[GroupSeat]] = relationship(back_populates="group", order_by="GroupSeat.id")


class GroupSeat(Dated, Row):
    """Somebody named to a group for a span of days: its leader (tổ trưởng, tổ phó), or a further member."""

    __tablename__ = "group_seat"

    id: Mapped[Key]
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("subject_group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    is_leader: Mapped[bool] = mapped_column(default=False)

    group: Mapped[SubjectGroup] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship()
