"""Reporting by hand: one title in one room, and what came as a sheet for one or several units."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.installations import ReportedBy
from elearn.models.organisation import Unit
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ServiceError
from elearn.services.people.pasting import CellError, Column, Problem, lines_of, read_day
from elearn.services.software.installed.names import Names
from elearn.services.software.installed.taking import (
    MOST_LINES,
    MOST_MACHINES,
    Line,
    Report,
    Source,
    Taken,
    Taking,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity
    from elearn.services.people.pasting import Line as Pasted

COLUMNS = (
    Column("name", ("Phần mềm", "Tên phần mềm", "Software", "Program", "Name"), required=True),
    Column("version", ("Phiên bản", "Version")),
    Column("room", ("Phòng", "Phòng máy", "Room")),
    Column("machines", ("Số máy", "Máy", "Machines"), required=True),
    Column("day", ("Ngày", "Ngày kiểm kê", "Day", "Date")),
    Column("unit", ("Mã đơn vị", "Mã trường", "Unit", "Unit code")),
)


def report_one(session: Session, identity: Identity, unit: Unit, title: Material, *, day: date, line: Line) -> Taken:
    """Report one title in one room of a unit; 0 machines say that it is gone from there.

    Raises:
        ForbiddenError: the identity does not manage the unit, or does not see the title.
        ServiceError, ConflictError: as for `Taking.take`.
    """
    require(identity, Action.SEE_MATERIAL, title)
    require(identity, Action.MANAGE_UNIT, unit)
    taken = Taking(session, Source(ReportedBy.FORM, identity.account_id)).take(Report(unit, day, [line]))
    if taken.written:
        told = {"unit": unit.code, "title": title.title, "machines": line.machines, "day": day.isoformat()}
        audit.record(session, identity, "install.report", unit, **told)
    return taken


@dataclass(slots=True)
class PlannedLine:
    """A line of a sheet: for which unit, of which day, and what is wrong with it."""

    pasted: Pasted
    unit: Unit | None
    day: date
    line: Line
    title_id: int | None = None

    @property
    def problems(self) -> list[Problem]:
        """What is wrong; a line without problems would be written."""
        return self.pasted.problems


@dataclass(slots=True)
class SheetPlan:
    """What a sheet would report."""

    lines: list[PlannedLine] = field(default_factory=list)

    @property
    def faulty(self) -> list[PlannedLine]:
        """The lines with problems; while there are any, nothing is written."""
        return [line for line in self.lines if line.problems]

    @property
    def unknown(self) -> list[PlannedLine]:
        """The lines whose program is no title of the catalogue; they are kept by name."""
        return [line for line in self.lines if not line.problems and line.title_id is None]


def plan_sheet(
    session: Session, identity: Identity, unit: Unit, rows: Sequence[tuple[int, Sequence[str]]], day: date
) -> SheetPlan:
    """Read the rows of a sheet: lines without a unit are of `unit`, lines without a day of `day`.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `paste_empty`, `paste_too_long`, `paste_heading_missing`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    pasted = lines_of(rows, COLUMNS, MOST_LINES)
    units = _units(session, {line.cells.get("unit", "") for line in pasted} - {""})
    names, seen = Names(session), dict[tuple[object, ...], int]()
    plan = SheetPlan()
    for line in pasted:
        code = line.cells.get("unit", "").casefold()
        place = units.get(code) if code else unit
        if place is None or not may(identity, Action.MANAGE_UNIT, place):
            line.problems.append(Problem("unit", "unit_other", {"value": line.cells.get("unit", "")[:60]}))
            place = None
        made = Line(
            name=line.cells.get("name", ""),
            machines=line.read("machines", read_machines, 0),
            version=line.cells.get("version", ""),
            room=line.cells.get("room", ""),
        )
        planned = PlannedLine(line, place, line.read("day", read_day, day), made)
        if place is not None:
            planned.title_id = names.find(made.name, identity_tree(identity, place))
            _refuse_twin(planned, seen)
        plan.lines.append(planned)
    return plan


def identity_tree(identity: Identity, unit: Unit) -> tuple[int, ...]:
    """The unit and all above it today."""
    return identity.tree.ancestors(unit.id)


def _refuse_twin(planned: PlannedLine, seen: dict[tuple[object, ...], int]) -> None:
    line = planned.line
    assert planned.unit is not None  # noqa: S101 - asked before
    named = planned.title_id or line.name.casefold()
    key = (planned.unit.id, named, line.version.casefold(), line.room.casefold())
    first = seen.setdefault(key, planned.pasted.number)
    if first != planned.pasted.number:
        planned.pasted.problems.append(Problem("name", "line_twice", {"line": first}))


def read_machines(text: str) -> int:
    """A number of machines: digits, from 0 on; "1.200" is no number here, since nobody knows what it means.

    Raises:
        CellError: `machines_form`.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= MOST_MACHINES):  # noqa: PLR2004
        raise CellError("machines_form", most=MOST_MACHINES)
    return int(text)


def _units(session: Session, codes: set[str]) -> Mapping[str, Unit]:
    if not codes:
        return {}
    folded = {code.casefold() for code in codes}
    written = sorted({*codes, *(code.upper() for code in codes), *folded})
    return {unit.code.casefold(): unit for unit in session.scalars(select(Unit).where(Unit.code.in_(written)))}


def write_sheet(session: Session, identity: Identity, plan: SheetPlan) -> Taken:
    """Write all lines of a sheet or none: a report for each unit and day.

    Raises:
        ServiceError: `sheet_faulty`, or what `Taking.take` raises.
    """
    if plan.faulty:
        raise ServiceError("sheet_faulty")
    reports: dict[tuple[int, date], Report] = {}
    for planned in plan.lines:
        assert planned.unit is not None  # noqa: S101 - without a unit it would be faulty
        require(identity, Action.MANAGE_UNIT, planned.unit)
        report = reports.setdefault((planned.unit.id, planned.day), Report(planned.unit, planned.day, []))
        report.lines = [*report.lines, planned.line]
    together, taking = Taken(), Taking(session, Source(ReportedBy.SHEET, identity.account_id))
    for report in sorted(reports.values(), key=lambda report: report.day):
        taken = taking.take(report)
        together.written += taken.written
        together.unchanged += taken.unchanged
        together.unknown += taken.unknown
        if taken.written:
            told = {"unit": report.unit.code, "lines": taken.written, "day": report.day.isoformat()}
            audit.record(session, identity, "install.sheet", report.unit, **told)
    return together
