"""How a lesson is played: the switches on the pages of its author and of reviewers, and what playing has shown."""

import pytest
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.material import Material
from elearn.services.player.options import play_options
from elearn.services.player.remarks import remember
from scorm.tolerance import Tolerance
from tests.support.contributing import described, uploaded
from tests.support.packages import pdf

CHOSEN = {"long_values": "y", "loose_times": "y"}


@pytest.fixture
def teacher(sign_in):
    return sign_in("lan", Role.TEACHER, name="Nguyễn Thị Lan")


@pytest.fixture
def lesson(teacher):
    return uploaded(teacher)


def tolerance_of(house, uid):
    with house.database.read() as session:
        return play_options(session.scalars(select(Material).where(Material.uid == uid)).one()).tolerance


def test_an_author_chooses_on_the_edit_page_what_is_let_pass(teacher, lesson, house):
    page = teacher.get(f"/materials/{lesson}/edit").text
    assert f'action="/materials/{lesson}/playing"' in page

    answer = teacher.post(f"/materials/{lesson}/playing", CHOSEN)
    assert (answer.status_code, answer.location) == (303, f"/materials/{lesson}")
    assert tolerance_of(house, lesson) == Tolerance(late_calls=False, loose_times=True)
    assert "Giữ dữ liệu vượt mức SCORM cho phép; Hiểu thời gian viết theo SCORM khác phiên bản." in (
        teacher.get(f"/materials/{lesson}").text
    )


def test_a_reviewer_chooses_on_a_page_of_its_own(teacher, lesson, sign_in, house):
    described(teacher, lesson)
    reviewer = sign_in("duyet", Role.REVIEWER, name="Phạm Duyệt")

    assert f'href="/materials/{lesson}/playing"' in reviewer.get(f"/materials/{lesson}").text
    page = reviewer.get(f"/materials/{lesson}/playing").text
    assert page.count("checked") == 2
    assert reviewer.post(f"/materials/{lesson}/playing", {}).status_code == 303
    assert tolerance_of(house, lesson).switched_on == ()


def test_pupils_neither_see_nor_change_how_a_lesson_is_played(teacher, lesson, sign_in, house):
    pupil = sign_in("be", Role.STUDENT, name="Lê Bé")

    assert pupil.get(f"/materials/{lesson}/playing").status_code == 404
    assert pupil.post(f"/materials/{lesson}/playing", CHOSEN).status_code == 404
    assert tolerance_of(house, lesson) == Tolerance()


def test_what_has_nothing_to_play_has_no_switches(teacher):
    uid = uploaded(teacher, pdf("Phan so"), "phieu.pdf")

    assert "/playing" not in teacher.get(f"/materials/{uid}/edit").text
    assert teacher.get(f"/materials/{uid}/playing").status_code == 404


def test_the_author_reads_what_was_let_pass_while_playing(teacher, lesson, house):
    with house.database.write() as session:
        version = session.scalars(select(Material).where(Material.uid == lesson)).one().current_version
        for _ in range(3):
            remember(session, version.id, "tolerated_long_values")
        remember(session, version.id, "of_tomorrow")

    page = teacher.get(f"/materials/{lesson}").text
    assert "Bài này lưu nhiều dữ liệu hơn mức SCORM cho phép; dữ liệu vẫn được giữ lại." in page
    assert "3 lần, gần nhất ngày" in page
    assert "of_tomorrow" not in page


def options_of(house, uid):
    with house.database.read() as session:
        return play_options(session.scalars(select(Material).where(Material.uid == uid)).one())


def test_an_author_chooses_window_and_size(teacher, lesson, house):
    chosen = CHOSEN | {"own_window": "y", "frame_width": "1024", "frame_height": "768"}
    assert teacher.post(f"/materials/{lesson}/playing", chosen).status_code == 303
    options = options_of(house, lesson)
    assert (options.own_window, options.frame_width, options.frame_height) == (True, 1024, 768)
    assert 'value="1024"' in teacher.get(f"/materials/{lesson}/playing").text

    teacher.post(f"/materials/{lesson}/playing", CHOSEN | {"frame_width": "", "frame_height": ""})
    options = options_of(house, lesson)
    assert (options.own_window, options.frame_width, options.frame_height) == (False, 0, 0)


@pytest.mark.parametrize(
    "size", [{"frame_width": "12"}, {"frame_width": "100000"}, {"frame_width": "rộng"}, {"frame_height": "600"}]
)
def test_a_size_that_is_none_is_refused_beside_its_field(teacher, lesson, house, size):
    page = teacher.post(f"/materials/{lesson}/playing", size).text
    assert "-error" in page
    assert options_of(house, lesson).frame_width == 0
