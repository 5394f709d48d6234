"""Licences over installations: who is covered, how seats are shared down the tree, and where there are too many."""

from datetime import date

import pytest

from elearn.database import day_of
from elearn.models.software import LicenceKind
from elearn.services.access import load_tree
from elearn.services.errors import NotFoundError
from elearn.services.organisation import children_on
from elearn.services.software.installed.at_school import offers_for, programs_of
from elearn.services.software.installed.cover import Cover, Holding, Pool
from elearn.services.software.installed.of_title import places_of
from elearn.services.software.installed.overview import Flag, by_title, by_unit
from elearn.services.software.installed.scope import unit_with_programs
from elearn.services.software.installed.taking import Line
from tests.support.statements import counted


@pytest.fixture
def title(catalogue):
    return catalogue.approved("Bảng cộng vui", "1.0", "2.0")


@pytest.fixture
def use(session, catalogue, title):
    def shared(**machines):
        units = {"so": catalogue.department, "th": catalogue.school, "mn": catalogue.other}
        cover = Cover(session, load_tree(session), day_of(session), [title.id])
        return cover.use(title.id, {units[name].id: count for name, count in machines.items()})

    return shared


def test_a_school_uses_its_own_seats_first_and_then_those_above(catalogue, title, use):
    catalogue.licence(title, seats=100)
    catalogue.licence(title, catalogue.school, seats=40)
    shared = use(th=45, mn=30)
    assert list(shared.pools) == [Pool(catalogue.school.id, 40, 40, 0), Pool(catalogue.department.id, 100, 35, 0)]
    assert (shared.over, shared.unlicensed) == (0, {})


def test_over_use_is_named_at_the_uppermost_seats_that_lack(catalogue, title, use):
    catalogue.licence(title, catalogue.school, seats=40)
    shared = use(th=45, mn=30)
    assert list(shared.pools) == [Pool(catalogue.school.id, 40, 40, 5)]
    assert shared.unlicensed == {catalogue.other.id: 30}
    catalogue.licence(title, seats=20)
    shared = use(th=45, mn=30)
    assert list(shared.pools) == [Pool(catalogue.school.id, 40, 40, 0), Pool(catalogue.department.id, 20, 20, 15)]


@pytest.mark.parametrize(
    ("said", "school", "other"),
    [
        ({"kind": LicenceKind.PROVINCE}, Holding.UNLIMITED, Holding.UNLIMITED),
        ({"kind": LicenceKind.OPEN_SOURCE}, Holding.FREE, Holding.FREE),
        ({"seats": 5}, Holding.SEATS, Holding.SEATS),
        ({"seats": 5, "starts_on": date(2024, 1, 1), "expires_on": date(2024, 12, 31)}, Holding.NONE, Holding.NONE),
        ({"kind": LicenceKind.SITE}, Holding.NONE, Holding.NONE),
    ],
)
def test_what_a_licence_of_the_department_is_to_its_schools(session, catalogue, title, said, school, other):
    catalogue.licence(title, **said)
    cover = Cover(session, load_tree(session), day_of(session))
    assert cover.holding(title.id, catalogue.school.id) is school
    assert cover.holding(title.id, catalogue.other.id) is other


def test_a_site_licence_covers_every_machine_of_its_unit_alone(catalogue, title, use):
    catalogue.licence(title, catalogue.school, kind=LicenceKind.SITE)
    assert use(th=500, mn=3).unlicensed == {catalogue.other.id: 3}


def test_the_overview_adds_up_and_flags(session, catalogue, title):
    wild = catalogue.title("Chưa duyệt")
    catalogue.licence(title, catalogue.school, seats=20)
    catalogue.report(catalogue.school, Line(title.title, 25, "1.0", "A"), Line("Chưa duyệt", 2), Line("Lạ", 9))
    catalogue.report(catalogue.other, Line(title.title, 10, "2.0"))
    # A draft of the department is no title of the school's; what nobody offers is kept by name.
    day = day_of(session)
    (row,) = by_title(session, catalogue.department, day)
    assert (row.title_id, row.machines, row.units) == (title.id, 35, 2)
    assert row.flags == {Flag.OUTDATED: 25, Flag.UNLICENSED: 10, Flag.OVER: 5}
    (own,) = by_title(session, catalogue.other, day)
    assert (own.machines, own.flags) == (10, {Flag.UNLICENSED: 10})
    schools = frozenset({catalogue.school.id, catalogue.other.id})
    told = by_unit(session, catalogue.department, children_on(session, catalogue.department, day), schools)
    assert [(row.unit_id, row.machines, row.outdated, row.reporting, row.units) for row in told] == [
        (catalogue.other.id, 10, 0, 1, 1),
        (catalogue.school.id, 36, 25, 1, 1),
    ]
    assert wild.title == "Chưa duyệt"


def test_a_title_without_licence_or_decision_is_flagged_until_it_has_them(session, catalogue):
    own = catalogue.title("Vở ô li", by=catalogue.head, at=catalogue.school)
    catalogue.report(catalogue.school, Line("Vở ô li", 4))
    (row,) = by_title(session, catalogue.school, day_of(session))
    assert row.flags == {Flag.UNLICENSED: 4, Flag.UNDECIDED: 4}
    (had,) = programs_of(session, catalogue.school).had
    assert (had.title, had.flags, had.machines) == (own, [Flag.UNLICENSED, Flag.UNDECIDED], 4)


def test_a_school_sees_what_it_has_and_what_it_may_install(session, catalogue, title):
    catalogue.licence(title, seats=30)
    free, site = catalogue.approved("Miễn phí", "1"), catalogue.approved("Chỉ ở Sở")
    catalogue.approved("Không phép")
    catalogue.licence(free)
    catalogue.licence(site, kind=LicenceKind.SITE)
    catalogue.report(catalogue.school, Line(title.title, 22, "1.0", "A"), Line("Lạ", 3))
    catalogue.report(catalogue.other, Line(title.title, 12))
    programs = programs_of(session, catalogue.school)
    (had,) = programs.had
    assert (had.title, had.flags, had.holding) == (title, [Flag.OUTDATED, Flag.OVER], Holding.SEATS)
    assert had.pool == Pool(catalogue.department.id, 30, 30, 4)
    assert [row.name for row in programs.unlisted] == ["Lạ"]
    total, offers = offers_for(session, catalogue.teacher, catalogue.school)
    assert total == 2
    assert [(row.title, row.holding, row.installed, row.seats_left) for row in offers] == [
        (title, Holding.SEATS, 22, 0),
        (free, Holding.FREE, 0, None),
    ]
    assert offers[0].latest.version == "2.0"


def test_a_title_says_where_it_is_to_who_watches_there(session, catalogue, title):
    catalogue.licence(title, catalogue.school, seats=20)
    catalogue.report(catalogue.school, Line(title.title, 25, "1.0"))
    catalogue.report(catalogue.other, Line(title.title, 10, "2.0"))
    places = places_of(session, catalogue.officer, title)
    assert [(row.unit, row.machines, row.outdated, row.holding) for row in places.rows] == [
        (catalogue.school, 25, 25, Holding.SEATS),
        (catalogue.other, 10, 0, Holding.NONE),
    ]
    assert (places.units, places.machines, places.outdated) == (2, 35, 25)
    assert places.versions == [("1.0", 25), ("2.0", 10)]
    assert [(pool.unit_id, pool.over) for pool in places.use.pools] == [(catalogue.school.id, 5)]
    own = places_of(session, catalogue.head, title)
    assert [row.unit for row in own.rows] == [catalogue.school]
    assert places_of(session, catalogue.teacher, title).rows == []


def test_programs_of_a_school_are_for_who_works_there_or_watches(session, catalogue):
    for identity in (catalogue.teacher, catalogue.head, catalogue.officer):
        assert unit_with_programs(session, identity, catalogue.school.uid) is catalogue.school
    for identity, unit in ((catalogue.teacher, catalogue.other), (catalogue.head, catalogue.department)):
        with pytest.raises(NotFoundError):
            unit_with_programs(session, identity, unit.uid)


def test_pages_cost_the_same_however_many_titles(session, catalogue):
    def asked():
        session.expire_all()
        with counted(session.get_bind().engine) as statements:
            by_title(session, catalogue.department, day_of(session))
            programs_of(session, catalogue.school)
            offers_for(session, catalogue.officer, catalogue.school)
        return len(statements)

    counts = []
    for names in ("ab", "cdefghijk"):
        for name in names:
            title = catalogue.approved(f"Phần mềm {name}", "1")
            catalogue.licence(title, seats=3)
            catalogue.report(catalogue.school, Line(title.title, 5, "1"))
        session.flush()
        counts.append(asked())
    assert counts[0] == counts[1] < 40
