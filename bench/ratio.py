"""Measure the ratio on a generated province: counting, reports, the CSV, recording acts.

    python bench/ratio.py [--teachers 100000] [--acts 2000000] [--engine sqlite|postgresql] [--seed 5]

Prints a table and, as the last line, the same figures as JSON. The same seed gives the same province.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from elearn.clock import VIETNAM
from elearn.database import open_database
from elearn.database.schema import upgrade
from elearn.identifiers import new_uid
from elearn.models.curriculum import Level, Period
from elearn.models.history import record_register
from elearn.models.organisation import Unit, UnitKind, UnitName, UnitParent
from elearn.models.people import Contract, Person, Post, PostRole
from elearn.models.usage import ActKind, ActSource, UsageAct
from elearn.services import curriculum, home, organisation, reports, usage
from elearn.services.access import SYSTEM, Identity, load_tree
from elearn.services.reports.counting import count_all, recount, step
from elearn.services.reports.exports import acts_sheet, units_sheet
from elearn.services.sheets import write_csv
from tests.support.postgres import running_postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.database import Database

PERIOD = "2025-2026-HK1"
START, DAYS = date(2025, 9, 5), 269  # the acts lie in the whole school year, and half of them in the period
COMMUNES, SCHOOL_SIZE = 120, 40
CHUNK = 20_000
KINDS = [ActKind.TAUGHT] * 8 + [ActKind.AUTHORED] * 2 + [ActKind.VIEW] * 10


class Figures:
    """What was measured, told at once and again at the end."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    @contextmanager
    def timed(self, name: str, database: Database) -> Iterator[None]:
        """Seconds and statements of a block."""
        statements = [0]

        def count(*_: Any) -> None:
            statements[0] += 1

        event.listen(database.engine, "before_cursor_execute", count)
        begin = time.perf_counter()
        yield
        self.tell(f"{name}_s", round(time.perf_counter() - begin, 3))
        self.tell(f"{name}_statements", statements[0])
        event.remove(database.engine, "before_cursor_execute", count)

    def tell(self, name: str, value: Any) -> None:
        """Keep a figure and print it."""
        self.told[name] = value
        print(f"{name:32} {value}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teachers", type=int, default=100_000)
    parser.add_argument("--acts", type=int, default=2_000_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    figures = Figures()
    for name, value in vars(given).items():
        figures.tell(name, value)
    with ExitStack() as stack:
        if given.engine == "sqlite":
            url = f"sqlite:///{stack.enter_context(TemporaryDirectory())}/bench.sqlite"
        else:
            url = stack.enter_context(running_postgres())
        database = open_database(url)
        stack.callback(database.close)
        measure(database, figures, given)
    print(json.dumps(figures.told))


def measure(database: Database, figures: Figures, given: argparse.Namespace) -> None:
    with figures.timed("generate", database):
        generate(database, given)
    with database.read() as session:
        period = session.scalars(select(Period).where(Period.code == PERIOD)).one()
        root = organisation.root_unit(session)
        ruleset = reports.ruleset_of(session, period)
        branch = organisation.children_on(session, root, period.census_on)[0]
        school = organisation.children_on(session, branch, period.census_on)[0]
    with figures.timed("recount_of_all", database):
        recount(database, period.id, ruleset.id)
    count_all(database)  # the other periods of the trend, as the worker has them
    measure_reports(database, figures, period, {"province": root.id, "school": school.id})
    measure_recording(database, figures)
    with figures.timed("incremental_recount", database):
        taken = step(database)
    figures.tell("incremental_changes", taken)
    with figures.timed("report_while_changes_wait", database):
        wait_and_report(database, period, root.id)
    figures.tell("peak_memory_mb", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure_reports(database: Database, figures: Figures, period: Period, units: dict[str, int]) -> None:
    for name, unit_id in units.items():
        for turn in ("first", "again"):
            with database.read() as session, figures.timed(f"report_{name}_{turn}", database):
                told = reports.unit_report(session, SYSTEM, session.get_one(Unit, unit_id), period)
        figures.tell(f"ratio_{name}", told.total.text(comma=False))
        with database.read() as session, figures.timed(f"level_x_subject_{name}", database):
            reports.table_by_level_and_subject(session, SYSTEM, session.get_one(Unit, unit_id), period)
        with database.read() as session, figures.timed(f"first_50_persons_{name}", database):
            reports.persons_of(session, SYSTEM, session.get_one(Unit, unit_id), period, limit=50)
        with database.read() as session, figures.timed(f"start_page_{name}", database):
            home.lookout_of(session, watcher(session), session.get_one(Unit, unit_id), period)
        with figures.timed(f"csv_{name}", database):
            write_csv(io.BytesIO(), units_sheet(told))
    with database.read() as session, figures.timed("csv_of_acts", database):
        write_csv(io.BytesIO(), acts_sheet(session, period))


def watcher(session: Any) -> Identity:
    """Whoever answers for the whole province."""
    return replace(SYSTEM, tree=load_tree(session))


def measure_recording(database: Database, figures: Figures, seconds: float = 5.0) -> None:
    """One act per transaction, as pages record them."""
    with database.read() as session:
        persons = session.scalars(select(Person.id).limit(400)).all()
    recorded, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        identity = Identity(None, "", "", "", None, persons[recorded % len(persons)])
        with database.write() as session:
            usage.record(session, identity, ActKind.TAUGHT, timezone=VIETNAM, occurred_at=noon(START))
        recorded += 1
    figures.tell("acts_recorded_per_s", round(recorded / (time.perf_counter() - begin)))


def wait_and_report(database: Database, period: Period, unit_id: int) -> None:
    with database.write() as session:
        for person_id in session.scalars(select(Person.id).limit(20)).all():
            reports.mark_changed(session, person_id)
    with database.read() as session:
        reports.unit_report(session, SYSTEM, session.get_one(Unit, unit_id), period)


def clear(database: Database) -> None:
    with database.write() as session:
        session.execute(text("DELETE FROM count_change"))


def noon(day: date) -> datetime:
    return datetime.combine(day, clock(5), UTC)


def generate(database: Database, given: argparse.Namespace) -> None:
    """A department, its communes with schools of forty teachers, and acts drawn by the seed."""
    chance = random.Random(given.seed)
    upgrade(database)
    with database.write() as session:
        curriculum.seed(session)
        reports.seed(session)
        root = organisation.ensure_root(session, SYSTEM)
        schools = [unit.id for unit in add_units(session, root, max(1, given.teachers // SCHOOL_SIZE))]
    everybody = range(1, given.teachers + 1)
    since = date(2015, 8, 1)
    fill(database, Person, given.teachers, lambda n: {"code": f"GV{n:06}", "full_name": "An", "sort_name": f"{n:06}"})
    place = {n: schools[n % len(schools)] for n in everybody}
    fill(
        database,
        Post,
        given.teachers,
        lambda n: {
            "person_id": n,
            "unit_id": place[n],
            "role": PostRole.MANAGER if n % SCHOOL_SIZE == 0 else PostRole.TEACHER,
            "contract": Contract.PERMANENT,
            "level": list(Level)[place[n] % 4],
            "subject_code": ("TOAN", "TV", "TIN")[n % 3],
            "fte": 1.0,
            "is_main": True,
            "valid_from": since,
        },
    )
    fill(database, UsageAct, given.acts, lambda _: an_act(chance, place, given.teachers))
    with database.write() as session:
        record_register(session)
        session.execute(text("ANALYZE"))
    clear(database)


def add_units(session: Any, root: Unit, count: int) -> list[Unit]:
    since = date(2010, 1, 1)

    def unit(code: str, kind: UnitKind, parent: Unit) -> Unit:
        row = Unit(code=code, kind=kind, valid_from=since, names=[UnitName(name=code, valid_from=since)])
        session.add(row)
        session.flush()
        session.add(UnitParent(unit_id=row.id, parent_id=parent.id, valid_from=since))
        return row

    communes = [unit(f"X{number:03}", UnitKind.COMMUNE, root) for number in range(min(COMMUNES, count))]
    schools = [unit(f"T{n:05}", UnitKind.SCHOOL, communes[n % len(communes)]) for n in range(count)]
    session.flush()
    organisation.rebuild_closure(session)
    return schools


def an_act(chance: random.Random, place: dict[int, int], teachers: int) -> dict[str, Any]:
    # A third of the teachers does most of it.
    person = min(int(chance.paretovariate(0.6)), teachers)
    person = (person * 7919) % teachers + 1
    day = START + timedelta(days=chance.randrange(DAYS))
    moment = noon(day)
    return {
        "kind": chance.choice(KINDS),
        "source": ActSource.TRACKER,
        "occurred_at": moment,
        "act_date": day,
        "recorded_at": moment,
        "person_id": person,
        "unit_id": place[person],
        "details": {},
    }


def fill(database: Database, table: Any, count: int, row: Any) -> None:
    has_uid = "uid" in table.__table__.columns
    for start in range(1, count + 1, CHUNK):
        rows = [row(number) for number in range(start, min(start + CHUNK, count + 1))]
        if has_uid:
            rows = [{"uid": new_uid(), **values} for values in rows]
        with database.write() as session:
            session.execute(insert(table.__table__), rows)


if __name__ == "__main__":
    main()
