"""Taking reports in: what stands afterwards, what was known already, and which releases are meant."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.installations import Age, Installation, Proof
from elearn.models.material import StoredBlob
from elearn.models.software import SoftwareFile
from elearn.services.access import SYSTEM
from elearn.services.organisation import end_unit
from elearn.services.software.installed.taking import MOST_LINES, MOST_MACHINES, Line
from elearn.services.software.releases import set_supported
from tests.support.installed import BY_HAND, DAY
from tests.support.software import refused
from tests.support.statements import counted

LATER = DAY + timedelta(days=1)


def _rows(session):
    return session.scalar(select(func.count()).select_from(Installation))


def test_the_newest_report_of_a_title_and_a_room_stands(session, catalogue):
    catalogue.approved("Bảng cộng vui", "1.0", "2.0")
    school = catalogue.school
    catalogue.report(school, Line("Bảng cộng vui", 20, "1.0", "P1"), Line("Bảng cộng vui", 5, "1.0", "P2"))
    catalogue.report(school, Line("BẢNG CỘNG VUI", 12, "2.0", "P1"), Line("bang cong vui", 8, "1.0", "p1"), day=LATER)
    assert catalogue.standing(school) == [
        ("BẢNG CỘNG VUI", "2.0", "P1", 12), ("Bảng cộng vui", "1.0", "P2", 5), ("bang cong vui", "1.0", "p1", 8),
    ]  # fmt: skip
    assert _rows(session) == 4


def test_the_same_report_again_adds_nothing(session, catalogue):
    catalogue.approved()
    lines = (Line("Bảng cộng vui", 20, "2.0", "P1"), Line("Trò chơi lạ", 3))
    first = catalogue.report(catalogue.school, *lines)
    assert (first.written, first.unchanged, first.unknown) == (2, 0, ["Trò chơi lạ"])
    for day in (DAY, LATER, DAY):
        again = catalogue.report(catalogue.school, *lines, day=day)
        assert (again.written, again.unchanged) == (0, 2)
    assert _rows(session) == 2
    row = session.scalars(select(Installation)).first()
    assert (row.reported_on, row.confirmed_on) == (DAY, LATER)


def test_an_older_report_does_not_undo_a_newer_one(catalogue):
    catalogue.approved()
    catalogue.report(catalogue.school, Line("Bảng cộng vui", 20), day=LATER)
    with refused("report_older"):
        catalogue.report(catalogue.school, Line("Bảng cộng vui", 9))
    assert catalogue.standing(catalogue.school) == [("Bảng cộng vui", "", "", 20)]


def test_a_whole_inventory_says_what_is_gone(catalogue):
    for name in ("Một", "Hai"):
        catalogue.approved(name)
    catalogue.report(catalogue.school, Line("Một", 4), Line("Hai", 5), Line("Lạ", 6))
    catalogue.report(catalogue.school, Line("Một", 4), day=LATER)
    assert [row[3] for row in catalogue.standing(catalogue.school)] == [5, 6, 4]
    catalogue.report(catalogue.school, Line("Một", 4), day=LATER, whole=True)
    assert catalogue.standing(catalogue.school) == [("Hai", "", "", 0), ("Lạ", "", "", 0), ("Một", "", "", 4)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "report_empty"),
        ([Line("Một", 1)] * (MOST_LINES + 1), "report_long"),
        ([Line("Một", -1)], "report_machines"),
        ([Line("Một", MOST_MACHINES + 1)], "report_machines"),
        ([Line("Một", MOST_MACHINES, room="A"), Line("một", 1, room="B")], "report_machines"),
        ([Line("\u200b ", 1)], "report_name"),
    ],
)
def test_reports_that_cannot_be_change_nothing(session, catalogue, lines, code):
    with refused(code):
        catalogue.report(catalogue.school, *lines)
    assert _rows(session) == 0


def test_days_to_come_and_units_that_have_ended_are_refused(session, catalogue):
    today = day_of(session)
    with refused("report_ahead"):
        catalogue.report(catalogue.school, Line("Một", 1), day=today + timedelta(days=1))
    with refused("report_unit_over"):
        catalogue.report(catalogue.school, Line("Một", 1), day=date(1999, 1, 1))
    end_unit(session, SYSTEM, catalogue.school, today - timedelta(days=1))
    with refused("report_unit_over"):
        catalogue.report(catalogue.school, Line("Một", 1), day=today - timedelta(days=1))


def test_versions_are_compared_with_the_releases_and_again_when_those_change(session, catalogue):
    title = catalogue.approved("Bảng cộng vui", "1.0", "2.0")
    known = {"1.0": Age.OUTDATED, "v2,0,0,0": Age.CURRENT, "1.9": Age.OUTDATED, "3": Age.CURRENT, "": Age.UNKNOWN}
    catalogue.report(catalogue.school, *(Line(title.title, 1, version, room=version) for version in known))

    def ages():
        session.expire_all()
        rows = session.scalars(select(Installation).where(Installation.is_current))
        return {row.version: row.age for row in rows}

    assert ages() == known
    catalogue.release(title, "3.0", date(2026, 5, 1))
    assert ages() == {**known, "v2,0,0,0": Age.OUTDATED}
    linked = session.scalars(select(Installation).where(Installation.version == "3")).one()
    assert linked.release.version == "3.0"
    old = session.scalars(select(Installation).where(Installation.version == "1.0")).one().release
    set_supported(session, catalogue.officer, old, supported=False)
    assert ages()["1.0"] == Age.UNSUPPORTED


def test_names_of_files_and_the_files_themselves_tell_the_title(session, catalogue):
    title = catalogue.approved("Bảng cộng vui", "2.1")
    release = catalogue.release(title, "2.2", date(2026, 3, 1))
    digest = "a" * 64
    session.add(StoredBlob(sha256=digest, size=1))
    session.flush()
    facts = {"product": "BCV Studio", "release": "2.2.0.17"}
    session.add(SoftwareFile(release_id=release.id, platform="windows", file_name="a.exe", media_type="a/b",
                             blob_sha256=digest, facts=facts))  # fmt: skip
    session.flush()
    lines = (
        Line("BCV Studio 2.2.0.17 (x64 vi)", 5, "2.2.0.17", "A"),
        Line("setup", 3, "", "B", sha256=digest),
        Line("Bảng cộng 2", 1, room="C"),
    )
    taken = catalogue.report(catalogue.school, *lines)
    assert taken.unknown == ["Bảng cộng 2"]
    first, second, third = session.scalars(select(Installation).order_by(Installation.room)).all()
    assert (first.title, first.release, first.proof, first.age) == (title, release, Proof.AGENT, Age.CURRENT)
    assert (second.title, second.release, second.proof, second.version) == (title, release, Proof.FILE, "2.2")
    assert third.title is None
    by_hand = catalogue.report(catalogue.school, lines[0], source=BY_HAND, day=LATER)
    assert by_hand.written == 1


def test_a_school_means_the_title_nearest_to_it_and_none_of_other_schools(session, catalogue):
    catalogue.title("Vở ô li", by=catalogue.head, at=catalogue.school)
    other = catalogue.report(catalogue.other, Line("Vở ô li", 1))
    assert other.unknown == ["Vở ô li"]
    theirs = catalogue.approved("Vở ô li")
    catalogue.report(catalogue.other, Line("Vở ô li", 1), day=LATER)
    catalogue.report(catalogue.school, Line("Vở ô li", 1))
    meant = {row.unit_id: row.title for row in session.scalars(select(Installation).where(Installation.is_current))}
    assert meant[catalogue.other.id] is theirs
    assert meant[catalogue.school.id].unit_id == catalogue.school.id
    assert [row[3] for row in catalogue.standing(catalogue.other)] == [1]


def test_a_long_report_costs_few_statements(session, catalogue):
    for number in range(40):
        catalogue.approved(f"Phần mềm {chr(97 + number % 26)}{number}", "1.0")
    lines = [Line(f"Phần mềm {chr(97 + number % 26)}{number}", 3, "1.0", f"P{number}") for number in range(40)]
    with counted(session.get_bind().engine) as statements:
        catalogue.report(catalogue.school, *lines)
        catalogue.report(catalogue.school, *lines, day=LATER)
    assert len(statements) < 24
