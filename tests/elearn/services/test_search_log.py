"""What is searched for is learned without who searched."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import Role
from elearn.models.search_log import SearchLog, SearchStep
from elearn.services.access import ANONYMOUS
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.search_log import (
    LEAST_ASKERS,
    LONGEST_QUESTION,
    Asked,
    NeedFilter,
    Shown,
    ask_for,
    needs_of,
    note,
    purge,
)

SECRET = "s" * 32


def asked(session, identity, text, found=0, step=SearchStep.ASKED, **chosen):
    return note(session, identity, SECRET, step, Asked(text, chosen, found))


def rows(session):
    return session.scalars(select(SearchLog).order_by(SearchLog.id)).all()


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def teachers(world, school):
    """People enough to fall into all groups of askers."""
    return [world.somebody(Role.TEACHER, school) for _ in range(24)]


@pytest.fixture
def head(world, school):
    return world.somebody(Role.UNIT_MANAGER, school)


def needs(session, identity, shown=Shown.MISSED, **wanted):
    today = day_of(session)
    return needs_of(session, identity, NeedFilter(today - timedelta(days=30), today, shown=shown, **wanted))


def test_a_question_is_kept_in_one_form_and_with_the_unit_of_the_asker(session, teachers, school):
    row = asked(session, teachers[0], "  PHÂN   số  ")
    assert (row.question, row.folded, row.unit_id) == ("phân số", "phan so", school.id)


def test_the_same_person_is_always_in_the_same_group_and_different_ones_are_in_several(session, teachers):
    assert len({asked(session, teachers[0], "phân số").asker for _ in range(5)}) == 1
    assert len({asked(session, teacher, "phân số").asker for teacher in teachers}) >= LEAST_ASKERS


def test_visitors_without_an_account_count_as_one_asker_a_day(session):
    assert len({asked(session, ANONYMOUS, "phân số").asker for _ in range(5)}) == 1
    assert rows(session)[0].unit_id is None


@pytest.mark.parametrize(
    "text",
    ["", "  ", "!?", "lan@truong.vn", "số 0912 345 678", "pupil 001204012345", "x" * (LONGEST_QUESTION + 1)],
)
def test_what_is_no_question_or_looks_private_is_not_kept(session, teachers, text):
    assert asked(session, teachers[0], text) is None
    assert rows(session) == []


@pytest.mark.parametrize(
    ("text", "chosen", "place"),
    [
        ("phân số", {"level": ("THCS",), "subject": ("TOAN",)}, ("THCS", "TOAN")),
        ("phân số", {"grade": ("4", "5")}, ("TH", "")),
        ("phân số", {"level": ("TH", "THCS")}, ("", "")),
        ("toán lớp 5", {}, ("TH", "TOAN")),
        ("toan lop 11", {}, ("THPT", "TOAN")),
        ("khoa học tự nhiên khối 6", {}, ("THCS", "KHTN")),
        ("an toàn giao thông", {}, ("", "")),
        ("lớp 13", {}, ("", "")),
    ],
)
def test_level_and_subject_come_from_what_was_chosen_or_else_from_the_words(session, teachers, text, chosen, place):
    row = asked(session, teachers[0], text, **chosen)
    assert (row.level, row.subject_code) == place


def test_a_question_is_shown_once_several_people_have_asked_it(session, teachers, head):
    for _ in range(50):
        asked(session, teachers[0], "Nguyễn Thị Bí Mật")
    assert needs(session, head).rows == ()
    assert needs(session, head).unseen == 1
    for teacher in teachers:
        asked(session, teacher, "tap hop")
    asked(session, teachers[0], "tập hợp")
    [need] = needs(session, head).rows
    assert (need.question, need.asked, need.missed) == ("tập hợp", 25, 25)


def test_what_was_found_and_hardly_opened_is_told_apart_from_what_was_not_found(session, teachers, head):
    for teacher in teachers:
        asked(session, teacher, "tập hợp")
        asked(session, teacher, "phân số", found=3)
        asked(session, teacher, "hình tròn", found=3)
        asked(session, teacher, "hình tròn", found=1, step=SearchStep.OPENED)
    by_kind = {shown: {need.question for need in needs(session, head, shown).rows} for shown in Shown}
    assert by_kind[Shown.MISSED] == {"tập hợp"}
    assert by_kind[Shown.UNOPENED] == {"phân số"}
    assert by_kind[Shown.ALL] == {"tập hợp", "phân số", "hình tròn"}


def test_level_and_subject_narrow_the_questions_and_have_sums_of_their_own(session, teachers, head):
    for teacher in teachers:
        asked(session, teacher, "tập hợp lớp 6")
        asked(session, teacher, "từ láy", found=2, subject=("TV",))
    told = needs(session, head, Shown.ALL, level="THCS")
    assert [need.question for need in told.rows] == ["tập hợp lớp 6"]
    assert (told.asked, told.missed) == (24, 24)
    assert {(share.code, share.asked, share.missed) for share in told.levels} == {("THCS", 24, 24), ("", 24, 0)}
    assert {share.code for share in needs(session, head, Shown.ALL, subject="TV").subjects} == {"TV", ""}


def test_everybody_reads_only_what_people_of_their_units_asked(session, world, teachers, head):
    elsewhere = world.somebody(Role.UNIT_MANAGER, world.unit("TH2", world.unit("SO2")))
    for teacher in teachers:
        asked(session, teacher, "tập hợp")
    asked(session, ANONYMOUS, "số pi")
    assert needs(session, elsewhere).rows == ()
    assert needs(session, elsewhere).asked == 0
    assert needs(session, head).asked == 24
    with pytest.raises(ForbiddenError):
        needs(session, teachers[0])


def test_a_wish_is_shown_whoever_passed_it_on_and_counts_once_a_day(session, teachers, head):
    for _ in range(3):
        ask_for(session, teachers[0], SECRET, Asked("Bản đồ xã Hương Lâm"))
    [need] = needs(session, head).rows
    assert (need.question, need.asked, need.wanted) == ("bản đồ xã hương lâm", 0, 1)


def test_a_wish_of_no_words_is_refused(session, teachers):
    with pytest.raises(ServiceError, match="wish_empty"):
        ask_for(session, teachers[0], SECRET, Asked("0912 345 678"))


def test_rows_are_dropped_after_so_many_days(session, teachers):
    for days in (0, 89, 90, 200):
        asked(session, teachers[0], f"bài {days}").day -= timedelta(days=days)
    assert purge(session, 90) == 2
    assert [row.question for row in rows(session)] == ["bài 0", "bài 89"]
    assert purge(session, 0) == 2
