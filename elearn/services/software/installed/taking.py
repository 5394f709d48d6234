"""Taking in what a unit reports: what is new stands from then on, what was known is only confirmed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from elearn.database import day_of
from elearn.models.installations import Installation, Proof, ReportedBy
from elearn.models.organisation import Unit
from elearn.services.access import load_tree
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.software.installed.ages import Releases
from elearn.services.software.installed.names import Names, name_key
from elearn.services.spans import check_day
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

MOST_LINES = 2000
MOST_MACHINES = 10_000  # of one title in one report; no unit that reports for itself has more
LONGEST_NAME, LONGEST_VERSION, LONGEST_ROOM = 300, 64, 100

Place = tuple[int | None, str, str]  # title, name of what has none, room


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: a program by name (or a title that is known), its version, a room, so many machines."""

    name: str
    machines: int
    version: str = ""
    room: str = ""
    sha256: str = ""
    title_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """How a report came and by whom."""

    via: ReportedBy
    account_id: int | None = None
    token_id: int | None = None

    @property
    def proof(self) -> Proof:
        """What stands behind the versions of such a report."""
        return Proof.AGENT if self.via is ReportedBy.TOKEN else Proof.SAID


@dataclass(slots=True)
class Taken:
    """What became of a report: how many lines are new, how many were known, which titles the catalogue lacks."""

    written: int = 0
    unchanged: int = 0
    unknown: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """What one unit reports of one day; `whole` says that whatever it does not name is not there any more."""

    unit: Unit
    day: date
    lines: Sequence[Line]
    whole: bool = False


class Taking:
    """Takes reports of units in; names and trees are read once for all of them."""

    def __init__(self, session: Session, source: Source) -> None:
        self._session, self._source = session, source
        self._tree, self._today, self._names = load_tree(session), day_of(session), Names(session)

    def take(self, report: Report) -> Taken:
        """Write what a unit reports.

        Raises:
            ServiceError: `report_empty`, `report_long` (`most`), `report_machines` (`most`), `report_name`,
                `report_ahead` (a day to come), `day_range`.
            ConflictError: `report_unit_over` (the unit does not exist on that day or has ended), `report_older`
                (a newer one stands already).
        """
        self._check(report)
        self._session.execute(select(Unit.id).where(Unit.id == report.unit.id).with_for_update())
        taken = Taken()
        rows = self._rows(report, taken)
        standing = self._standing(report.unit)
        if report.whole:
            rows = self._with_gone(report, rows, standing)
        fresh: list[Installation] = []
        for place, found in rows.items():
            known = standing.get(place, [])
            if known and _same(known, found):
                taken.unchanged += len(found)
                _confirm(known, report.day)
            elif known and max(row.confirmed_on for row in known) > report.day:
                raise ConflictError("report_older", name=found[0].name, day=max(row.confirmed_on for row in known))
            elif not known and not any(row.machines for row in found):
                taken.unchanged += len(found)
            else:
                taken.written += len(found)
                _outdo(known)
                fresh += found
            _outdo(_nameless(found, standing))
        self._session.flush()
        if fresh:
            # With one statement: the unit of work would ask SQLite for the number of each row.
            self._session.execute(insert(Installation), [_values(row) for row in fresh])
        return taken

    def _check(self, report: Report) -> None:
        check_day(report.day)
        if report.day > self._today:
            raise ServiceError("report_ahead")
        if not (report.unit.holds_on(report.day) and report.unit.holds_on(self._today)):
            raise ConflictError("report_unit_over", unit=report.unit.name)
        if not report.lines:
            raise ServiceError("report_empty")
        if len(report.lines) > MOST_LINES:
            raise ServiceError("report_long", most=MOST_LINES)
        together: dict[Any, int] = defaultdict(int)
        for line in report.lines:
            together[line.title_id or name_key(line.name)] += line.machines
            if line.machines < 0 or together[line.title_id or name_key(line.name)] > MOST_MACHINES:
                raise ServiceError("report_machines", most=MOST_MACHINES, name=line.name[:60])

    def _rows(self, report: Report, taken: Taken) -> dict[Place, list[Installation]]:
        """The rows of a report by where they stand; the same version in the same room is one row."""
        above = self._tree.ancestors(report.unit.id)
        by_file = Releases(self._session, (), {line.sha256 for line in report.lines})
        meant = [self._title_of(line, above, by_file) for line in report.lines]
        releases = Releases(self._session, {title for title in meant if title}, {line.sha256 for line in report.lines})
        rows: dict[Place, dict[str, Installation]] = defaultdict(dict)
        unknown: dict[str, str] = {}
        for line, title_id in zip(report.lines, meant, strict=True):
            row = self._row(report, line, title_id, releases)
            if title_id is None:
                unknown.setdefault(row.name_key, row.name)
            same = rows[_place(row)].setdefault(row.version, row)
            if same is not row:
                same.machines += row.machines
        taken.unknown = list(unknown.values())
        return {place: list(found.values()) for place, found in rows.items()}

    def _title_of(self, line: Line, above: Sequence[int], by_file: Releases) -> int | None:
        return line.title_id or by_file.title_of_file(line.sha256) or self._names.find(line.name, above)

    def _row(self, report: Report, line: Line, title_id: int | None, releases: Releases) -> Installation:
        name = one_line(line.name)[:LONGEST_NAME]
        key = name_key(name) or name.casefold()
        if not name:
            raise ServiceError("report_name")
        version = one_line(line.version)[:LONGEST_VERSION]
        row = Installation(
            unit_id=report.unit.id,
            title_id=title_id,
            name=name,
            name_key="" if title_id else key,
            version=version,
            room=one_line(line.room)[:LONGEST_ROOM],
            machines=line.machines,
            reported_on=report.day,
            confirmed_on=report.day,
            via=self._source.via,
            proof=self._source.proof,
            account_id=self._source.account_id,
            token_id=self._source.token_id,
            is_current=True,
        )
        if title_id is not None:
            read = releases.read(title_id, version, line.sha256, self._source.proof)
            row.version, row.release_id, row.age, row.proof = read.text, read.release_id, read.age, read.proof
        return row

    def _standing(self, unit: Unit) -> dict[Place, list[Installation]]:
        held: dict[Place, list[Installation]] = defaultdict(list)
        rows = select(Installation).where(Installation.unit_id == unit.id, Installation.is_current)
        for row in self._session.scalars(rows.order_by(Installation.id)):
            held[_place(row)].append(row)
        return held

    def _with_gone(
        self, report: Report, rows: dict[Place, list[Installation]], standing: dict[Place, list[Installation]]
    ) -> dict[Place, list[Installation]]:
        """What stood and is not named in a whole inventory is on no machine any more."""
        gone = {}
        for place, known in standing.items():
            if place not in rows and any(row.machines for row in known):
                line = Line(known[0].name, 0, room=known[0].room, title_id=place[0])
                gone[place] = [self._row(report, line, place[0], Releases(self._session, ()))]
        return rows | gone


def _place(row: Installation) -> Place:
    return row.title_id, row.name_key or "", row.room.casefold()


def _same(known: Collection[Installation], found: Collection[Installation]) -> bool:
    return _content(known) == _content(found)


def _content(rows: Iterable[Installation]) -> set[tuple[Any, ...]]:
    return {(row.version, row.release_id, row.machines, row.proof) for row in rows}


def _confirm(known: Iterable[Installation], day: date) -> None:
    for row in known:
        row.confirmed_on = max(row.confirmed_on, day)


def _outdo(rows: Iterable[Installation]) -> None:
    for row in rows:
        row.is_current = False


def _nameless(found: Sequence[Installation], standing: dict[Place, list[Installation]]) -> list[Installation]:
    """What stood under a name that had no title then and has one now."""
    if found[0].title_id is None:
        return []
    places = {(None, name_key(row.name), row.room.casefold()) for row in found}
    return [row for place in places for row in standing.get(place, ())]


def _values(row: Installation) -> dict[str, Any]:
    """The columns that were set; the others have their defaults."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}
