"""Teach mode over the whole application: choosing, heartbeats, what counts, and what is refused."""

import json
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import func, select

from elearn.models.account import Account, Role
from elearn.models.learning import Attempt, Registration
from elearn.models.material import Material, Status
from elearn.models.software import Outcome, SoftwareDecision
from elearn.models.teach import TeachEnd, TeachSession
from elearn.models.usage import ActKind, UsageAct
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from elearn.services.software import teaching
from elearn.services.teach import counting, sessions
from elearn.web import teach
from tests.support.factories import World
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Opened, Player, put
from tests.support.teaching import Clock


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    for module in (sessions, counting, teach):
        monkeypatch.setattr(module, "now", clock)
    return clock


@pytest.fixture
def school(house):
    """A school with a class, and a teacher of it who has a post: account `lan`."""
    with house.database.write() as session:
        world = World(session)
        return world.unit("TH1", ensure_root(session, SYSTEM))


@pytest.fixture
def lop(house, school):
    with house.database.write() as session:
        world = World(session, first=500)
        school_class = world.school_class(school, "5A")
        world.enrolment(world.person("Nguyễn Văn Trò"), school_class)
        return school_class.uid


@pytest.fixture
def make_teacher(house, school, sign_in):
    def make(login="lan", *, post=True, person=True):
        browser = sign_in(login, Role.TEACHER, school)
        with house.database.write() as session:
            world = World(session)
            if person:
                known = world.person("Nguyễn Thị Lan", code=f"GV-{login}")
                if post:
                    world.post(known, school)
                account = session.scalars(select(Account).where(Account.login == login)).one()
                account.person_id = known.id
        return browser

    return make


@pytest.fixture
def lan(make_teacher):
    return make_teacher()


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package())


@pytest.fixture
def begin(clock, lesson, lop):
    """Start teaching through the form; returns the address of the session."""

    def start(browser, material=lesson, school_class=lop, **fields):
        answer = browser.post(f"/materials/{material}/teach", {"class": school_class, **fields})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    return start


def beat(browser, address, **arguments):
    return browser.post(f"{address}/beat", headers={"Accept": "application/json"}, **arguments)


@pytest.fixture
def run(clock):
    """Let a page live for so many minutes; returns the last answer."""

    def live(browser, address, minutes):
        for _ in range(int(minutes * 2)):
            clock.move(30)
            answer = beat(browser, address)
            assert answer.status_code == 200
        return answer.get_json()

    return live


@contextmanager
def reading(house):
    with house.database.read() as session:
        yield session


def acts(house):
    with reading(house) as session:
        return session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.TAUGHT)).all()


def row_of(house, address):
    with reading(house) as session:
        return session.scalars(select(TeachSession).where(TeachSession.uid == address.rpartition("/")[2])).one()


def test_a_teacher_finds_the_way_from_the_material_and_from_search(lan, lesson, lop):
    way = f"/materials/{lesson}/teach"
    assert way in lan.get(f"/materials/{lesson}").text
    page = lan.get(way)
    assert page.status_code == 200
    assert "5A" in page.text


def test_the_presentation_frames_the_lesson_and_says_what_is_still_needed(lan, begin, house):
    address = begin(lan, period="3")
    page = lan.get(address)
    assert page.status_code == 200
    assert 'id="player"' in page.text
    assert "Tiết 3" in page.text
    assert "Sẽ được tính sau 10 phút" in page.text
    assert "frame-src http://*.localhost" in page.headers["Content-Security-Policy"]
    assert page.headers["Permissions-Policy"].endswith("unload=*")


def test_ten_minutes_with_a_class_are_one_act_of_class_b(lan, begin, run, house, school, clock):
    address = begin(lan)
    assert run(lan, address, 9.5)["counts"] is False
    assert acts(house) == []
    told = run(lan, address, 0.5)
    assert (told["counts"], told["active"]) == (True, 600)
    run(lan, address, 5)
    (act,) = acts(house)
    row = row_of(house, address)
    assert act.details == {"by": "teach", "session": row.uid, "minutes": 10}
    assert (act.class_id, act.unit_id, act.version_id) == (row.class_id, school.id, row.version_id)
    assert act.key.startswith(f"taught:{act.person_id}:{act.class_id}:{act.material_id}:")
    assert "Được tính" in lan.get("/teach").text


def test_minutes_that_the_browser_claims_are_not_read(lan, begin, house, clock):
    address = begin(lan)
    clock.move(15)
    answer = lan.open(
        f"{address}/beat",
        method="POST",
        headers={"X-CSRFToken": lan.csrf(), "Content-Type": "application/json"},
        data=json.dumps({"minutes": 600, "active": 36000, "active_seconds": 36000}),
    )
    assert answer.get_json()["active"] == 15
    assert acts(house) == []


def test_a_burst_of_beats_is_worth_no_more_than_one(lan, begin, clock):
    address = begin(lan)
    clock.move(15)
    assert {beat(lan, address).get_json()["active"] for _ in range(10)} == {15}


def test_a_beat_needs_the_token_of_the_page(lan, begin, house):
    address = begin(lan)
    assert beat(lan, address, csrf=False).status_code == 400
    assert lan.post(f"{address}/end", csrf=False).status_code == 400
    assert row_of(house, address).ended_at is None


def test_a_beat_from_the_origin_of_content_is_refused(lan, begin, clock, house):
    address = begin(lan)
    clock.move(15)
    foreign = {"Origin": "http://abcdefgh12345678.localhost"}
    assert lan.post(f"{address}/beat", headers=foreign).status_code == 400
    assert row_of(house, address).active_seconds == 0


def test_the_content_host_has_no_teach_mode(lan, begin):
    address = begin(lan)
    answer = lan.open(address, origin="http://abcdefgh12345678.localhost")
    assert answer.status_code == 404


@pytest.mark.parametrize("step", ["beat", "end"])
def test_a_session_of_somebody_else_is_not_found(lan, begin, make_teacher, house, step):
    address = begin(lan)
    binh = make_teacher("binh")
    assert binh.post(f"{address}/{step}").status_code == 404
    assert binh.get(address).status_code == 404
    assert row_of(house, address).ended_at is None


def test_people_who_are_not_signed_in_beat_nothing(lan, begin, client):
    address = begin(lan)
    assert client.post(f"{address}/beat").status_code in {302, 303}


def test_a_class_of_another_school_is_refused(lan, lesson, clock, house):
    with house.database.write() as session:
        world = World(session)
        foreign = world.school_class(world.unit("TH2", ensure_root(session, SYSTEM)), "1A").uid
    answer = lan.post(f"/materials/{lesson}/teach", {"class": foreign})
    assert answer.status_code == 403
    assert "trường nơi bạn công tác" in answer.text
    with reading(house) as session:
        assert session.scalar(select(func.count()).select_from(TeachSession)) == 0


@pytest.mark.parametrize("period", ["0", "13", "x", "-1", "9" * 30, "٣"])
def test_a_lesson_period_that_is_none_is_refused(lan, lesson, lop, clock, period):
    answer = lan.post(f"/materials/{lesson}/teach", {"class": lop, "period": period})
    assert answer.status_code == 422
    assert "từ 1 đến 12" in answer.text


def test_two_at_once_end_the_first(lan, begin, run, house, clock):
    first, second = begin(lan), begin(lan)
    clock.move(15)
    assert beat(lan, first).get_json()["ended"] == "replaced"
    assert beat(lan, second).get_json()["ended"] == ""
    assert row_of(house, first).active_seconds == 0


def test_a_session_left_open_overnight_earns_nothing_more(lan, begin, run, house, clock):
    address = begin(lan)
    run(lan, address, 9)
    clock.move(12 * 3600)
    told = beat(lan, address).get_json()
    assert (told["ended"], told["active"], told["counts"]) == ("silence", 540, False)
    assert acts(house) == []
    assert "năm phút" in lan.get(address).text


def test_beats_after_the_end_change_nothing(lan, begin, run, house, clock):
    address = begin(lan)
    run(lan, address, 9)
    lan.post(f"{address}/end")
    told = run(lan, address, 5)
    assert (told["ended"], told["active"]) == ("teacher", 540)
    assert acts(house) == []


def test_the_end_button_leads_to_what_the_session_was_worth(lan, begin, run, house, clock):
    address = begin(lan)
    run(lan, address, 9.5)
    clock.move(30)
    assert lan.post(f"{address}/end").headers["Location"] == address
    assert "Được tính là sử dụng" in lan.get(address).text
    assert row_of(house, address).end is TeachEnd.TEACHER
    assert len(acts(house)) == 1


@pytest.mark.parametrize(
    ("known", "why"),
    [({"person": False}, "chưa gắn với ai"), ({"post": False}, "không có vị trí công tác")],
)
def test_who_is_not_in_the_register_teaches_and_is_told_why_it_does_not_count(
    make_teacher, begin, run, house, known, why
):
    teacher = make_teacher("khach", **known)
    address = begin(teacher)
    assert why in teacher.get(address).text
    assert run(teacher, address, 11)["counts"] is False
    assert acts(house) == []
    assert why in teacher.get("/teach").text


def test_a_lesson_shown_to_a_class_is_no_attempt_of_a_learner(lan, begin, house, lesson):
    address = begin(lan)
    with reading(house) as session:
        attempt = session.scalars(select(Attempt).join(Registration)).one()
    player = Player(lan)
    url = player.code(attempt.uid)
    page = Opened(player, url, player.follow(url))
    assert page.commit({"cmi.core.lesson_status": "completed"}, final=True).status_code == 200
    with reading(house) as session:
        assert session.get_one(Attempt, attempt.id).completion == "completed"
        kinds = set(session.scalars(select(UsageAct.kind)))
    assert ActKind.COMPLETION not in kinds
    assert "data-attempt-row" not in lan.get(f"/materials/{lesson}").text
    assert address.startswith("/teach/")


def test_software_shows_a_card_while_the_time_runs(lan, begin, run, house, lesson):
    with house.database.write() as session:
        session.scalars(select(Material).where(Material.uid == lesson)).one().kind = "software"
    address = begin(lan)
    page = lan.get(address).text
    assert "Hãy mở phần mềm trên máy tính này" in page
    assert "<iframe" not in page
    assert run(lan, address, 10)["counts"] is True


def test_a_draft_can_be_shown_and_does_not_count(lan, begin, run, house, lesson):
    with house.database.write() as session:
        material = session.scalars(select(Material).where(Material.uid == lesson)).one()
        owner = session.scalars(select(Account).where(Account.login == "lan")).one()
        material.status, material.owner_id = Status.DRAFT, owner.id
    address = begin(lan)
    assert run(lan, address, 11)["verdict"] == "not_shared"
    assert acts(house) == []


def test_pupils_have_no_classes_to_teach(sign_in, school, lesson, lop, clock):
    pupil = sign_in("em", Role.STUDENT, school)
    assert f"/materials/{lesson}/teach" not in pupil.get(f"/materials/{lesson}").text
    assert "Chưa có lớp nào" in pupil.get(f"/materials/{lesson}/teach").text
    assert pupil.post(f"/materials/{lesson}/teach", {"class": lop}).status_code == 403


@pytest.mark.parametrize("path", ["/teach/x", "/teach/" + "0" * 32])
def test_a_session_that_is_none_is_not_found(lan, path):
    assert lan.get(path).status_code == 404
    assert lan.post(f"{path}/beat").status_code == 404


@pytest.fixture
def program(house, school, lesson):
    """A program that the school approved for itself."""
    with house.database.write() as session:
        world, owner = World(session, first=900), session.scalars(select(Account).where(Account.login == AUTHOR)).one()
        title = world.material(school, owner, Status.PUBLISHED, kind="software", title="Bảng cộng vui")
        day = date(2020, 1, 1)
        world.add(SoftwareDecision(title_id=title.id, unit_id=school.id, outcome=Outcome.APPROVED, decided_on=day))
        return title.uid


def declared(house):
    with reading(house) as session:
        return session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.TAUGHT_WITH)).all()


def test_a_program_chosen_beside_the_material_is_recorded_with_the_lesson(
    house, lan, begin, program, monkeypatch, clock
):
    monkeypatch.setattr(teaching, "day_of", lambda _session: clock.moment.date())
    address = begin(lan, title=program, period="2")
    (act,) = declared(house)
    assert act.details["by"] == "teach"
    assert act.details["session"] == address.rpartition("/")[2]
    assert act.details["lesson_period"] == 2
    assert lan.post(f"{address}/software", {"title": program}).status_code == 303
    assert "rồi" in lan.get(address).text
    assert len(declared(house)) == 1


def test_a_program_is_named_after_the_lesson_too_and_an_unknown_one_is_refused(
    house, lan, make_teacher, begin, program, monkeypatch, clock
):
    monkeypatch.setattr(teaching, "day_of", lambda _session: clock.moment.date())
    address = begin(lan, title="0" * 32)
    lan.post(f"{address}/end")
    page = lan.get(address).text
    assert "Hãy chọn phần mềm trong danh sách" in page
    assert f'action="{address}/software"' in page
    other = make_teacher("binh")
    assert other.post(f"{address}/software", {"title": program}).status_code == 404
    assert declared(house) == []
    assert lan.post(f"{address}/software", {"title": program, "note": "Cuối tiết"}).status_code == 303
    assert declared(house)[0].details["note"] == "Cuối tiết"
