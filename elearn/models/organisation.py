"""Units of the education service: dated, of any depth; the tree of a day is what its rows say for that day."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.base import Key, Name, Row, Uid
from elearn.models.curriculum import Level
from elearn.models.dated import Dated


class UnitKind(StrEnum):
    """What a unit is."""

    DEPARTMENT = "department"  # Sở GD&ĐT
    BUREAU = "bureau"  # Phòng GD&ĐT (until 30 June 2025)
    COMMUNE = "commune"  # UBND xã, phường
    SCHOOL = "school"  # trường, trung tâm
    GROUP = "group"  # tổ chuyên môn


class Ownership(StrEnum):
    """Who owns a school (H375)."""

    PUBLIC = "public"  # công lập
    NON_PUBLIC = "non_public"  # ngoài công lập


class Unit(Dated, Row):
    """A unit while it exists; its name, place in the tree and levels are dated rows of their own."""

    __tablename__ = "unit"

    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[UnitKind] = mapped_column(Choice(UnitKind, 16))
    ownership: Mapped[Ownership] = mapped_column(Choice(Ownership, 16), default=Ownership.PUBLIC)

    names: Mapped[list[UnitName]] = relationship(back_populates="unit", order_by="UnitName.valid_from")
    parents: Mapped[list[UnitParent]] = relationship(
        back_populates="unit", foreign_keys="UnitParent.unit_id", order_by="UnitParent.valid_from"
    )
    levels: Mapped[list[UnitLevel]] = relationship(back_populates="unit")

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1].name if self.names else self.code


class UnitName(Dated, Row):
    """What a unit is called for a span of days."""

    __tablename__ = "unit_name"

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[Name]

    unit: Mapped[Unit] = relationship(back_populates="names")


class UnitParent(Dated, Row):
    """Under which unit a unit stands for a span of days; spans of one unit do not overlap."""

    __tablename__ = "unit_parent"

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)

    unit: Mapped[Unit] = relationship(back_populates="parents", foreign_keys=unit_id)
    parent: Mapped[Unit] = relationship(foreign_keys=parent_id)


class UnitLevel(Dated, Row):
    """A level a unit teaches for a span of days; TH&THCS schools have two."""

    __tablename__ = "unit_level"

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[Level] = mapped_column(Choice(Level, 8))

    unit: Mapped[Unit] = relationship(back_populates="levels")


class UnitClosure(Dated, Row):
    """Derived from `unit_parent`: ancestor and unit (depth 0: itself) with the span in which it holds.

    It makes "this unit and all below, on that day" one indexed look-up at any depth.
    """

    __tablename__ = "unit_closure"

    id: Mapped[Key]
    ancestor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    depth: Mapped[int]

    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),
        Index("ix_unit_closure_down", "ancestor_id", "valid_from", "unit_id"),
        Index("ix_unit_closure_up", "unit_id", "valid_from", "ancestor_id"),
    )


class UnitGroup(Row):
    """A named list of units beside the tree, such as the 17 difficult districts of H388."""

    __tablename__ = "unit_group"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[Name]


class UnitGroupMember(Dated, Row):
    """A unit belongs to a group for a span of days."""

    __tablename__ = "unit_group_member"

    id: Mapped[Key]
    group_id: Mapped[int] = mapped_column(ForeignKey("unit_group.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
