"""Requests for titles: asked, joined, supported, tried out, decided, merged; and ratings by those who taught."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import AuditEvent
from elearn.models.material import Material, Status
from elearn.models.software import SoftwareDecision
from elearn.models.software_request import RequestState, RequestStep, RequestVoice, SoftwareRequest
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.software.decisions import approved_titles
from elearn.services.software.teaching import usable_titles
from elearn.services.software.wishes import asking, deciding, rating, trials
from elearn.services.software.wishes.asking import Wish, ask, get_request, join, leave, requests_seen, voices_of
from elearn.services.software.wishes.supporting import speaks_for, support
from elearn.services.software.wishes.trials import TrialTerms, report_trial, result_of, start_trial
from elearn.services.usage.signing import sign, withdraw
from tests.support.software import refused
from tests.support.statements import counted

GEO = Wish("Hình học động", "Học sinh khó hình dung.", "An Bình", "https://example.org/hinh", frozenset({"TH"}))


@pytest.fixture
def asked(session, room):
    made, is_new = ask(session, room.lan, room.school, GEO)
    assert is_new
    return made


@pytest.fixture
def supported(session, room, asked):
    support(session, room.head, asked, room.school.id, supports=True)
    return asked


def approve(session, room, request, **changes):
    said = {"decided_on": day_of(session), "reason": "Hội đồng đồng ý.", **changes}
    return deciding.approve(session, changes.pop("by", room.officer), request, **said)


def terms(room, **changes):
    today = room.days.today
    said = {"schools": (room.school,), "starts_on": today, "ends_on": today + timedelta(days=30),
            "criteria": (("Dễ dùng", 10), ("Đúng chương trình", 20))}  # fmt: skip
    return TrialTerms(**{**said, **changes})


def test_a_wish_goes_from_group_to_school_to_the_department(session, room, asked):
    assert (asked.state, asked.decider_id) == (RequestState.ASKED, room.department.id)
    support(session, room.minh, asked, room.school.id, supports=True, note="Cả tổ cần.")
    assert asked.state is RequestState.GROUP
    support(session, room.head, asked, room.school.id, supports=True)
    assert asked.state is RequestState.SCHOOL
    title = approve(session, room, asked)
    assert (asked.state, asked.title_id) == (RequestState.APPROVED, title.id)
    assert (title.status, title.unit_id, title.title) == (Status.PUBLISHED, room.department.id, "Hình học động")
    assert title.software.maker_url == "https://example.org/hinh"
    assert title.id in approved_titles(session, [room.department.id], day_of(session))
    assert session.scalars(select(SoftwareDecision.reason)).all()[-1] == "Hội đồng đồng ý."
    steps = [row.step for row in asked.steps]
    assert steps == [RequestStep.ASKED, RequestStep.GROUP_YES, RequestStep.SCHOOL_YES, RequestStep.APPROVED]
    told = set(session.scalars(select(AuditEvent.action)))
    assert told >= {"request.ask", "request.support", "request.approve", "title.decide"}


def test_the_same_wish_of_others_is_one_request_with_their_voices(session, room, asked):
    same, is_new = ask(session, room.hoa, room.school, Wish("  HINH hoc  dong ", "Cũng cần."))
    assert (same, is_new) == (asked, False)
    assert len(voices_of(asked)) == 2
    with refused("voice_twice"):
        ask(session, room.lan, room.school, GEO)
    with refused("voice_twice"):
        join(session, room.hoa, asked, room.school, "Nữa.")
    with refused("ask_reason"):
        join(session, room.thu, asked, room.school, " ")


def test_a_title_of_the_catalogue_is_known_by_its_name(session, room):
    draft = room.title("Đất nước em")
    made, _ = ask(session, room.lan, room.school, Wish("đất nước em", "Cần bản đồ."))
    assert (made.title_id, made.levels) == (draft.id, ["TH"])
    with refused("ask_approved"):
        ask(session, room.lan, room.school, Wish("Bảng cộng vui", "Cần."))
    support(session, room.head, made, room.school.id, supports=True)
    assert approve(session, room, made) is draft


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(" ", "Cần."), "ask_nameless"),
        (Wish("Mới", ""), "ask_reason"),
        (Wish("Mới", "Cần."), "ask_levels"),
        (Wish("Mới", "Cần.", maker_url="javascript:1", levels=frozenset({"TH"})), "web_address"),
    ],
)
def test_what_is_no_wish_is_refused(session, room, wish, code):
    with refused(code):
        ask(session, room.lan, room.school, wish)
    assert session.scalars(select(SoftwareRequest)).all() == []


def test_one_asks_where_one_teaches(session, world, room, asked):
    with refused("ask_elsewhere"):
        ask(session, room.lan, room.other, GEO)
    with refused("ask_elsewhere"):
        join(session, room.lan, asked, room.other, "Cần.")


def test_the_asker_withdraws_and_the_last_one_ends_it(session, room, asked):
    join(session, room.hoa, asked, room.school, "Cũng cần.")
    leave(session, room.lan, asked)
    assert asked.state is RequestState.ASKED
    with pytest.raises(NotFoundError):
        leave(session, room.lan, asked)
    join(session, room.lan, asked, room.school, "Vẫn cần.")
    leave(session, room.lan, asked)
    leave(session, room.hoa, asked)
    assert asked.state is RequestState.WITHDRAWN
    with refused("request_over"):
        join(session, room.thu, asked, room.school, "Cần.")
    with refused("request_over"):
        support(session, room.head, asked, room.school.id, supports=True)
    # What nobody wants any more may be asked for anew.
    assert ask(session, room.lan, room.school, GEO)[1]


def test_who_speaks_for_a_wish(session, room, asked):
    def speaks(who):
        return speaks_for(session, who, [asked])[asked.id]

    assert speaks(room.minh) == {room.school.id: False}
    assert speaks(room.head) == {room.school.id: True}
    for other in (room.hoa, room.lan, room.thu, room.officer):
        assert speaks(other) == {}
        with refused("support_not_yours"):
            support(session, other, asked, room.school.id, supports=True)
    with refused("support_not_yours"):
        support(session, room.head, asked, room.other.id, supports=True)


def test_a_leader_does_not_support_the_own_wish(session, room):
    made, _ = ask(session, room.minh, room.school, GEO)
    with refused("support_not_yours"):
        support(session, room.minh, made, room.school.id, supports=True)
    join(session, room.lan, made, room.school, "Cũng cần.")
    support(session, room.minh, made, room.school.id, supports=True)
    assert made.state is RequestState.GROUP


def test_a_refusal_of_support_says_why_and_may_be_changed(session, room, asked):
    with refused("support_reason"):
        support(session, room.head, asked, room.school.id, supports=False)
    support(session, room.head, asked, room.school.id, supports=True)
    with refused("support_same"):
        support(session, room.head, asked, room.school.id, supports=True)
    support(session, room.head, asked, room.school.id, supports=False, note="Hết kinh phí.")
    assert asked.state is RequestState.ASKED


def test_the_department_decides_with_a_reason_once_a_school_stands_behind_it(session, room, asked):
    with refused("request_unsupported"):
        approve(session, room, asked)
    with pytest.raises(ForbiddenError):
        deciding.decline(session, room.head, asked, "Không.")
    support(session, room.head, asked, room.school.id, supports=True)
    with refused("decide_reason"):
        approve(session, room, asked, reason=" ")
    with refused("decide_reason"):
        deciding.decline(session, room.officer, asked, "")
    deciding.decline(session, room.officer, asked, "Đã có phần mềm tương tự.")
    assert asked.state is RequestState.DECLINED
    with refused("request_over"):
        approve(session, room, asked)
    assert session.scalars(select(Material.id).where(Material.title == GEO.name)).all() == []


def test_a_title_approved_by_another_way_settles_the_request(session, room):
    draft = room.title("Đất nước em")
    made, _ = ask(session, room.lan, room.school, Wish("Đất nước em", "Cần."))
    deciding.settle(session, room.officer, draft, room.department.id, "Đã duyệt.")
    assert made.state is RequestState.APPROVED


def test_two_requests_for_the_same_are_merged(session, room, supported):
    other, _ = ask(session, room.hoa, room.school, Wish("HH động 3D", "Cần.", levels=frozenset({"TH"})))
    join(session, room.lan, other, room.school, "Cần.")
    for wrong, code in ((supported.uid, None), ("0" * 32, "request_not_found"), (other.uid, "merge_itself")):
        if code:
            with refused(code):
                deciding.merge(session, room.officer, other, wrong)
    with pytest.raises(ForbiddenError):
        deciding.merge(session, room.head, other, supported.uid)
    deciding.merge(session, room.officer, supported, other.uid)
    session.expire_all()
    assert (supported.state, supported.merged_into_id) == (RequestState.MERGED, other.id)
    assert sorted(voice.account_id for voice in voices_of(other)) == sorted([room.lan.account_id, room.hoa.account_id])
    assert other.state is RequestState.SCHOOL


def test_a_trial_lets_its_schools_teach_with_the_title_and_gathers_what_they_found(session, room, supported):
    trial = start_trial(session, room.officer, supported, terms(room))
    assert supported.state is RequestState.TRIAL
    title = supported.title or session.get_one(Material, supported.title_id)
    assert title in usable_titles(session, room.school.id, room.days.today)
    assert [row.trial for row in trials.trials_due(session, room.head)] == [trial]
    row = trials.get_trial_school(session, room.head, trial.schools[0].uid)
    for scores in ([11, 5], [1], [-1, 5], [1, 2, 3]):
        with refused("trial_scores"):
            report_trial(session, room.head, row, scores, "")
    with pytest.raises(NotFoundError):
        trials.get_trial_school(session, room.lan, row.uid)
    assert result_of(trial).share is None
    report_trial(session, room.head, row, [8, 13], "Dùng được trên máy cũ.")
    assert result_of(trial).means == (Fraction(8), Fraction(13))
    assert result_of(trial).share == Fraction(21, 30)
    assert trials.trials_due(session, room.head) == []
    assert trials.last_criteria(session, room.department.id) == [("Dễ dùng", 10), ("Đúng chương trình", 20)]
    approve(session, room, supported)
    assert supported.state is RequestState.APPROVED


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda room: {"schools": ()}, "trial_schools"),
        (lambda room: {"schools": (room.school, room.school)}, "trial_schools"),
        (lambda room: {"schools": (room.department,)}, "trial_school"),
        (lambda room: {"ends_on": room.days.today - timedelta(days=1)}, "trial_span"),
        (lambda room: {"ends_on": room.days.today + timedelta(days=400)}, "trial_long"),
        (lambda room: {"criteria": ()}, "trial_criteria"),
        (lambda room: {"criteria": (("A", 0),)}, "trial_criteria"),
        (lambda room: {"criteria": (("A", 5), ("A", 5))}, "trial_criteria"),
    ],
)
def test_a_trial_that_makes_no_sense_is_refused(session, room, supported, change, code):
    with refused(code):
        start_trial(session, room.officer, supported, terms(room, **change(room)))
    assert supported.state is RequestState.SCHOOL


def test_a_trial_is_reported_between_its_first_day_and_two_months_after_its_last(session, room, supported):
    trial = start_trial(session, room.officer, supported, terms(room))
    row = trial.schools[0]
    room.days.pass_by(-1)
    with refused("trial_early"):
        report_trial(session, room.head, row, [1, 1], "")
    room.days.pass_by(31 + 61)
    with refused("trial_closed"):
        report_trial(session, room.head, row, [1, 1], "")


def test_requests_of_the_province_are_seen_by_its_staff(session, world, room, asked):
    assert requests_seen(session, room.thu, is_open=True, limit=9) == (1, [(asked, 1)])
    assert get_request(session, room.officer, asked.uid) is asked
    elsewhere = world.somebody("teacher", world.unit("SO2"))
    assert requests_seen(session, elsewhere, is_open=True, limit=9) == (0, [])
    with pytest.raises(NotFoundError):
        get_request(session, elsewhere, asked.uid)
    (voice,) = voices_of(asked)
    assert [asking.sees_voice(who, voice) for who in (room.lan, room.head, room.thu)] == [True, True, False]


def test_requests_come_in_pages_the_most_wanted_first(session, room, asked):
    for number in range(4):
        ask(session, room.lan, room.school, Wish(f"Mới {number}", "Cần.", levels=frozenset({"TH"})))
    for other in (room.hoa, room.minh):
        join(session, other, asked, room.school, "Cần.")
    leave(session, room.minh, asked)
    total, first = requests_seen(session, room.thu, is_open=True, limit=2)
    assert (total, first[0]) == (5, (asked, 2))
    assert first[1].request.name == "Mới 3"
    rest = requests_seen(session, room.thu, is_open=True, limit=9, offset=2)[1]
    assert [row.request.name for row in rest] == ["Mới 2", "Mới 1", "Mới 0"]
    assert requests_seen(session, room.thu, is_open=False, limit=9) == (0, [])
    leave(session, room.lan, rest[0].request)
    assert requests_seen(session, room.thu, is_open=False, limit=9) == (1, [(rest[0].request, 0)])


def test_the_list_reads_no_more_for_a_request_of_many(session, room, asked):
    def asked_for():
        session.expire_all()
        with counted(session.get_bind().engine) as statements:
            _, rows = requests_seen(session, room.head, is_open=True, limit=9)
            assert all(speaks_for(session, room.head, [row.request for row in rows]).values())
        return statements, sum(isinstance(row, RequestVoice) for row in session.identity_map.values())

    first, voices = asked_for()
    for number in range(5):
        other = room.world.somebody("teacher", room.other, f"khac{number}")
        join(session, other, asked, room.other, "Cần.")
    session.flush()
    session.expunge_all()
    again = asked_for()
    assert (len(again[0]), again[1]) == (len(first), voices)


def test_a_request_goes_on_as_another_open_one_of_the_department(session, room, asked):
    other, _ = ask(session, room.hoa, room.school, Wish("Khác", "Cần.", levels=frozenset({"TH"})))
    over, _ = ask(session, room.hoa, room.school, Wish("Đã thôi", "Cần.", levels=frozenset({"TH"})))
    leave(session, room.hoa, over)
    assert asking.others_open(session, asked) == {other.uid: "Khác"}


def test_only_who_taught_with_a_title_rates_it(session, room):
    act = room.lesson()
    with refused("rating_needs_lesson"):
        rating.rate(session, room.lan, room.program, 5, "Tốt.")
    sign(session, room.minh, [act])
    for wrong in (0, 6):
        with refused("rating_stars"):
            rating.rate(session, room.lan, room.program, wrong, "")
    rating.rate(session, room.lan, room.program, 4, "Học sinh thích.")
    other = room.lesson(by=room.minh)
    sign(session, room.head, [other])
    rating.rate(session, room.minh, room.program, 5, "")
    seen = rating.ratings_of(session, room.hoa, room.program)
    assert (seen.count, seen.mean, seen.may_rate) == (2, Decimal("4.5"), False)
    # A second time changes what was said, and does not count twice.
    rating.rate(session, room.minh, room.program, 2, "Chậm.")
    assert rating.ratings_of(session, room.minh, room.program).mean == Decimal("3.0")
    withdraw(session, room.minh, other)
    with refused("rating_needs_lesson"):
        rating.rate(session, room.minh, room.program, 1, "")


def test_a_rating_is_taken_back_by_its_author_or_with_a_reason_by_who_runs_the_catalogue(session, room):
    for teacher in (room.lan, room.minh):
        sign(session, room.head, [room.lesson(by=teacher)])
        made = rating.rate(session, teacher, room.program, 1, "…")
    with pytest.raises(ForbiddenError):
        rating.remove_rating(session, room.hoa, room.program, made.uid)
    with refused("rating_reason"):
        rating.remove_rating(session, room.officer, room.program, made.uid)
    rating.remove_rating(session, room.officer, room.program, made.uid, "Lời lẽ không phù hợp.")
    own = rating.ratings_of(session, room.lan, room.program).own
    rating.remove_rating(session, room.lan, room.program, own.uid)
    seen = rating.ratings_of(session, room.lan, room.program)
    assert (seen.count, seen.mean, seen.own, seen.may_rate) == (0, None, None, True)
