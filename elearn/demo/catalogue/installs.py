"""A year of reports of what the demo's schools have installed; the same school always reports the same."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from elearn.database import day_of
from elearn.demo.catalogue.loading import DEPARTMENT, OFFICER
from elearn.demo.catalogue.purchases import CLASSROOM, LANGUAGES, MADE_UP, PAID, RELEASES
from elearn.demo.catalogue.titles import TITLES
from elearn.demo.population.calendar import moment
from elearn.models.installations import Installation, ReportedBy
from elearn.models.material import Licence, Material
from elearn.models.organisation import Unit, UnitKind
from elearn.models.software import Outcome, SoftwareRelease
from elearn.services.access import load_identity
from elearn.services.account import account_by_login
from elearn.services.metadata import Metadata
from elearn.services.organisation import levels_on, unit_by_code
from elearn.services.software.decisions import decide
from elearn.services.software.installed.taking import Line, Report, Source, Taking
from elearn.services.software.licences import LicenceTerms, add_licence
from elearn.services.software.releases import ReleaseNotes, add_release
from elearn.services.software.titles import TitleDetails, create_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.demo.catalogue.purchases import PaidTitle
    from elearn.demo.population.calendar import Calendar
    from elearn.services.access import Identity

COUNTED = (date(2025, 9, 15), date(2026, 2, 23), date(2026, 9, 14))  # days of the tables on which schools count
SILENT = "TH-BANMAY"  # has not reported yet
BY_AGENT = frozenset({"THPT-NGUYENDU", "TCCN-SONBINH"})
LABS = ("Phòng máy 1", "Phòng máy 2")
UNLISTED = (("UniKey 4.6", 3), ("Mozilla Firefox 140.0 (x64 vi)", 4))  # name, one of how many schools has it
TAKEN_UP = (0.35, 0.5, 0.6)  # part of the titles for its level that a school has, at each count
TOO_MANY = 46  # machines with the 40 seats of a school


def load_installs(database: Database, calendar: Calendar) -> int:
    """Enter purchases, releases and reports; returns the rows reported, none when they are there already."""
    with database.write() as session:
        if session.scalar(select(Installation.id).limit(1)) is not None:
            return 0
        account = account_by_login(session, OFFICER)
        assert account is not None  # noqa: S101 - built before
        officer = load_identity(session, account.id)
        for paid in PAID:
            _buy(session, officer, paid, calendar)
        for name, releases in RELEASES.items():
            title = session.scalars(select(Material).where(Material.title == name)).one()
            for version, day in releases:
                add_release(session, officer, title, ReleaseNotes(version, day))
        return sum(_report(session, unit, calendar) for unit in _schools(session))


def _buy(session: Session, officer: Identity, paid: PaidTitle, calendar: Calendar) -> None:
    unit = unit_by_code(session, DEPARTMENT)
    assert unit is not None  # noqa: S101 - built before
    said = Metadata(title=paid.name, description=paid.what, author_name="", licence=Licence.UNKNOWN,
                    levels=frozenset(paid.levels), subjects=frozenset(paid.subjects), vendor=MADE_UP,
                    platforms=("windows",))  # fmt: skip
    title = create_title(session, officer, unit, said, TitleDetails())
    began = calendar.moved(paid.licences[0].starts_on)
    decide(session, officer, title, unit, outcome=Outcome.APPROVED, decided_on=began, reason="")
    title.created_at = title.changed_at = title.published_at = moment(began, 9, 0)
    for version, day in paid.releases:
        add_release(session, officer, title, ReleaseNotes(version, min(calendar.moved(day), day_of(session))))
    for bought in paid.licences:
        holder = unit_by_code(session, bought.unit)
        assert holder is not None  # noqa: S101 - built before
        ends = calendar.moved(bought.expires_on) if bought.expires_on else None
        terms = LicenceTerms(bought.kind, calendar.moved(bought.starts_on), ends, bought.seats, bought.cost,
                             bought.money, bought.contract)  # fmt: skip
        add_licence(session, officer, title, holder, terms)


def _schools(session: Session) -> list[Unit]:
    today = day_of(session)
    schools = select(Unit).where(Unit.kind == UnitKind.SCHOOL, Unit.valid_on(today), Unit.code != SILENT)
    return list(session.scalars(schools.order_by(Unit.code)))


def _report(session: Session, unit: Unit, calendar: Calendar) -> int:
    via = ReportedBy.TOKEN if unit.code in BY_AGENT else ReportedBy.SHEET
    taking, written = Taking(session, Source(via)), 0
    for turn, day in enumerate(COUNTED):
        counted = calendar.moved(day)
        if counted > calendar.until or not unit.holds_on(counted):
            continue
        lines = list(_lines(session, unit, turn, counted))
        if lines:
            written += taking.take(Report(unit, counted, lines)).written
            of_day = update(Installation).where(Installation.unit_id == unit.id, Installation.reported_on == counted)
            session.execute(of_day.values(recorded_at=moment(counted, 10, 0)))
    return written


def _lines(session: Session, unit: Unit, turn: int, day: date) -> Iterator[Line]:
    """What a school has on a day: more titles than before, and newer versions in one of its rooms first."""
    levels = {level.value for level in levels_on(unit, day)}
    sizes = Random(f"{unit.code} rooms")  # noqa: S311 - the same demo everywhere
    labs = [(lab, sizes.randrange(18, 31)) for lab in LABS[: 1 + (sizes.random() < 0.5)]]  # noqa: PLR2004 - half of them
    for row in (row for group, rows in TITLES.items() if levels & set(group) for row in rows):
        wish = Random(f"{unit.code} {row.name}").random()  # noqa: S311
        if wish >= TAKEN_UP[turn]:
            continue
        versions = [version for version, came_out in RELEASES.get(row.name, ()) if came_out <= day]
        for place, (lab, machines) in enumerate(labs):
            known = versions[-1 - place] if len(versions) > place else "".join(versions[:1])
            yield Line(row.name, machines, known, lab)
    yield from _bought(session, unit, levels, turn)
    for name, one_of in UNLISTED:
        if Random(f"{unit.code} {name}").randrange(one_of) == 0:  # noqa: S311
            yield Line(name, labs[0][1], room=labs[0][0])


def _bought(session: Session, unit: Unit, levels: set[str], turn: int) -> Iterator[Line]:
    for paid in PAID:
        if not levels & set(paid.levels):
            continue
        is_theirs = paid.name == LANGUAGES or paid.licences[0].unit == unit.code
        if not is_theirs:
            continue
        machines = TOO_MANY - 23 * (turn == 0) if paid.name == CLASSROOM else 24
        versions = [release.version for release in _releases(session, paid.name)]
        yield Line(paid.name, machines, versions[min(turn, len(versions) - 1)], LABS[0])


def _releases(session: Session, name: str) -> list[SoftwareRelease]:
    rows = select(SoftwareRelease).join(Material, Material.id == SoftwareRelease.title_id).where(Material.title == name)
    return list(session.scalars(rows.order_by(SoftwareRelease.id)))
