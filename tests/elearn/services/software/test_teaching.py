"""Lessons declared with a title: what may be declared, who countersigns it, and when it counts."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.people import Post
from elearn.models.reports import CountChange, Ruleset
from elearn.models.software import Outcome
from elearn.models.software_request import SoftwareTrial, TrialSchool
from elearn.models.usage import ActKind, SignStep, UsageSign
from elearn.services import usage
from elearn.services.curriculum import period_by_code
from elearn.services.people.subject_groups import close_subject_group, end_seat, seat
from elearn.services.reports.loading import ask, facts_of
from elearn.services.reports.rules import Verdict, judge
from elearn.services.reports.ruleset import Rules
from elearn.services.software.teaching import has_taught_with, own_lessons, usable_titles
from elearn.services.software.use import use_by_level
from elearn.services.usage import signing
from elearn.services.usage.signing import answered, refuse, sign, signable, waiting, withdraw
from elearn.services.usage.voids import void
from tests.support.software import refused
from tests.support.staffroom import FRIDAY, HANOI, SINCE
from tests.support.statements import counted


def verdict(session, act, **asked):
    """What the ratio says of an act."""
    period = period_by_code(session, "2026-2027-HK1")
    period.census_on = period.ends_on
    ruleset = Ruleset(code="R", name="Quy tắc", valid_from=period.starts_on, rules=Rules().as_json())
    question = ask(period, ruleset, **asked)
    judged = judge(next(facts_of(session, question, [act.person_id])), {}, question.days, question.rules)
    return next(row.verdict for row in judged.acts if row.act_id == act.id)


def listed(rows):
    return [row.act.id for row in rows]


def test_a_declared_lesson_counts_once_its_leader_has_countersigned_it(session, room):
    act = room.lesson(lesson_period=3, note="Bài 12, máy chiếu")
    assert act.details == {"by": "declared", "lesson_period": 3, "note": "Bài 12, máy chiếu"}
    assert (act.kind, act.act_date, act.unit_id) == (ActKind.TAUGHT_WITH, FRIDAY, room.school.id)
    assert verdict(session, act) is Verdict.UNSIGNED
    assert usage.taught_with(session, [room.program.id]) == {}
    session.execute(CountChange.__table__.delete())
    assert sign(session, room.minh, [act]) == 1
    assert verdict(session, act) is Verdict.COUNTS
    assert usage.taught_with(session, [room.program.id]) == {room.program.id: 1}
    assert session.scalars(select(CountChange.person_id)).all() == [room.lan.person_id]
    assert session.scalars(select(AuditEvent.action)).all()[-1] == "act.signed"


def test_who_is_asked_to_countersign(session, room):
    act = room.lesson()
    assert listed(waiting(session, room.minh)) == [act.id]
    assert listed(waiting(session, room.head)) == [act.id]
    for other in (room.hoa, room.thu, room.lan, room.officer, room.teacher):
        assert listed(waiting(session, other)) == []
    # The department may all the same, and nobody else.
    assert signable(session, room.officer, [act]) == {act.id}
    for other in (room.hoa, room.thu, room.teacher):
        assert signable(session, other, [act]) == set()
        with refused("may_not_sign"):
            sign(session, other, [act])


def test_nobody_countersigns_their_own_lesson_but_another_leader_or_the_head_does(session, room):
    own = room.lesson(by=room.minh)
    with refused("own_act_sign"):
        sign(session, room.minh, [own])
    assert listed(waiting(session, room.minh)) == []
    assert signable(session, room.thu, [own]) == set()
    assert listed(waiting(session, room.hoa)) == [own.id] == listed(waiting(session, room.head))
    sign(session, room.hoa, [own])
    assert verdict(session, own) is Verdict.COUNTS


def test_a_head_does_not_countersign_their_own_with_any_account(session, world, room):
    account = session.get_one(Account, room.minh.account_id)
    world.grant(account, Role.UNIT_MANAGER, room.school)
    minh = world.identity(account)
    own = room.lesson(by=minh)
    with refused("own_act_sign"):
        sign(session, minh, [own])
    second = world.account("minh2", account.person)
    world.grant(second, Role.UNIT_MANAGER, room.school)
    with refused("own_act_sign"):
        sign(session, world.identity(second), [own])


def test_several_are_countersigned_at_once_or_none(session, room, days):
    acts = [room.lesson(day=FRIDAY - timedelta(days=number)) for number in range(3)]
    assert listed(waiting(session, room.minh)) == [act.id for act in reversed(acts)]
    sign(session, room.minh, acts[:1])
    with refused("sign_already"):
        sign(session, room.minh, acts)
    session.expire_all()
    assert sign(session, room.minh, acts[1:]) == 2
    assert waiting(session, room.minh) == []
    assert len(answered(session, room.minh)) == 3


def test_a_refusal_needs_a_reason_and_may_be_taken_back_in_time(session, room):
    act = room.lesson()
    with refused("void_reason_needed"):
        refuse(session, room.minh, [act], "  ")
    refuse(session, room.minh, [act], "Hôm đó phòng máy khóa.")
    assert verdict(session, act) is Verdict.REFUSED
    with refused("sign_refused"):
        refuse(session, room.minh, [act], "Vẫn vậy.")
    sign(session, room.head, [act])
    assert verdict(session, act) is Verdict.COUNTS


def test_a_signature_taken_back_counts_no_more(session, room):
    act = room.lesson()
    sign(session, room.minh, [act])
    refuse(session, room.head, [act], "Sổ đầu bài ghi khác.")
    assert verdict(session, act) is Verdict.REFUSED
    assert usage.taught_with(session, [room.program.id]) == {}


def test_a_countersignature_comes_within_the_days_of_the_ruleset(session, room, days):
    act, other = room.lesson(), room.lesson(school_class=_second_class(room))
    days.pass_by(14)
    sign(session, room.minh, [act])
    assert verdict(session, act) is Verdict.COUNTS
    days.pass_by(1)
    assert waiting(session, room.minh) == []
    with refused("sign_late"):
        sign(session, room.minh, [other])
    # A row that came in another way counts no more than that.
    session.add(UsageSign(act_id=other.id, step=SignStep.SIGNED, signed_on=days.today, account_id=room.minh.account_id))
    session.flush()
    assert verdict(session, other) is Verdict.SIGNED_LATE


def _second_class(room):
    made = room.world.school_class(room.school, "4B")
    room.world.enrolment(room.world.person("Nông Thị Mai"), made)
    return made


def test_what_was_known_earlier_can_be_asked_again(session, room):
    act = room.lesson()
    before = act.recorded_at
    sign(session, room.minh, [act])
    assert verdict(session, act, as_of=before) is Verdict.UNSIGNED
    signed_at = session.scalars(select(UsageSign.recorded_at)).one()
    assert verdict(session, act, as_of=signed_at) is Verdict.COUNTS


def test_a_teacher_withdraws_a_lesson_and_may_declare_it_anew(session, room):
    act = room.lesson()
    with refused("use_twice"):
        room.lesson()
    sign(session, room.minh, [act])
    with refused("not_own_act"):
        withdraw(session, room.minh, act)
    withdraw(session, room.lan, act)
    assert verdict(session, act) is Verdict.WITHDRAWN
    for step in (lambda: withdraw(session, room.lan, act), lambda: sign(session, room.minh, [act])):
        with refused("sign_withdrawn"):
            step()
    again = room.lesson(lesson_period=4)
    sign(session, room.minh, [again])
    assert verdict(session, again) is Verdict.COUNTS
    assert listed(own_lessons(session, room.lan, limit=5)[1]) == [again.id, act.id]


def test_void_lessons_are_not_countersigned(session, room):
    act = room.lesson()
    void(session, room.head, act, "Lớp đi tham quan.")
    assert waiting(session, room.minh) == []
    with refused("sign_void"):
        sign(session, room.minh, [act])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"day": FRIDAY + timedelta(days=1)}, "use_ahead"),
        ({"day": FRIDAY - timedelta(days=15)}, "use_late"),
        ({"day": date(1, 1, 1)}, "day_range"),
        ({"lesson_period": 13}, "teach_period"),
        ({"lesson_period": 0}, "teach_period"),
    ],
)
def test_what_is_no_lesson_cannot_be_declared(session, room, change, code):
    with refused(code):
        room.lesson(**change)
    assert own_lessons(session, room.lan, limit=5) == (0, [])


def test_who_is_not_in_the_register_or_has_no_post_declares_nothing(session, world, room):
    with refused("use_no_person"):
        room.lesson(by=room.teacher)
    gone = room.colleague("Gone", "TOAN", valid_to=FRIDAY - timedelta(days=1))
    with refused("use_no_post"):
        room.lesson(by=gone)
    room.lesson(by=gone, day=FRIDAY - timedelta(days=1))
    empty = world.school_class(room.school, "5C", grade="5")
    with refused("use_no_pupils"):
        room.lesson(school_class=empty)


def test_a_title_must_be_approved_on_the_day_of_the_lesson(session, room, days):
    draft = room.title("Chưa duyệt")
    with refused("use_not_approved"):
        room.lesson(title=draft)
    before = room.lesson()
    room.decided(room.program, Outcome.ENDED, day=FRIDAY - timedelta(days=3))
    with refused("use_not_approved"):
        room.lesson(school_class=_second_class(room))
    earlier = room.lesson(day=FRIDAY - timedelta(days=4))
    # What was allowed on its day is countersigned afterwards as well.
    sign(session, room.minh, [before, earlier])
    assert verdict(session, earlier) is Verdict.COUNTS


def test_a_school_on_trial_teaches_with_a_title_before_it_is_approved(session, world, room):
    draft = room.title("Đang thử")
    trial = world.add(SoftwareTrial(title_id=draft.id, unit_id=room.department.id, starts_on=FRIDAY, ends_on=FRIDAY))
    world.add(TrialSchool(trial_id=trial.id, unit_id=room.school.id))
    assert [row.title for row in usable_titles(session, room.school.id, FRIDAY)] == ["Bảng cộng vui", "Đang thử"]
    assert [row.title for row in usable_titles(session, room.other.id, FRIDAY)] == ["Bảng cộng vui"]
    room.lesson(title=draft)
    with refused("use_not_approved"):
        room.lesson(title=draft, day=FRIDAY - timedelta(days=1))


def test_titles_of_one_school_are_for_that_school(session, room):
    title = room.approved("Của trường khác", unit=room.other)
    with refused("use_not_approved"):
        room.lesson(title=title)


def test_a_lesson_that_counts_by_teach_mode_is_not_declared_again(session, room):
    day = FRIDAY
    usage.record(
        session, room.lan, ActKind.TAUGHT, timezone=HANOI, material=room.program, class_id=room.school_class.id,
        key=usage.taught_key(room.lan.person_id, room.school_class.id, room.program.id, day),
    )  # fmt: skip
    with refused("use_counted"):
        room.lesson()


def test_a_teacher_who_moved_is_countersigned_where_the_lesson_was(session, world, room, days):
    act = room.lesson()
    post = session.scalars(select(Post).where(Post.person_id == room.lan.person_id)).one()
    post.valid_to = FRIDAY
    days.pass_by(3)
    world.post(post.person, room.other, FRIDAY + timedelta(days=1), subject_code="TOAN")
    leader = room.colleague("Khanh", "TOAN", room.other)
    room.group("Tổ Toán", ["TOAN"], leader, room.other)
    assert waiting(session, leader) == []
    assert listed(waiting(session, room.minh)) == [act.id]
    sign(session, room.minh, [act])


def test_a_leader_who_left_or_whose_seat_ended_signs_no_more(session, world, room, days):
    act = room.lesson()
    row = room.maths.seats[0]
    end_seat(session, room.head, room.maths, row.uid)
    assert waiting(session, room.minh) == []
    seat(session, room.head, room.maths, "GV-Thu", is_leader=True, since=FRIDAY)
    assert listed(waiting(session, room.thu)) == [act.id]
    post = session.scalars(select(Post).where(Post.person_id == room.thu.person_id)).one()
    post.valid_to = FRIDAY
    days.pass_by(1)
    assert waiting(session, room.thu) == []
    assert listed(waiting(session, room.head)) == [act.id]


def test_a_closed_group_has_no_leader(session, room):
    act = room.lesson()
    close_subject_group(session, room.head, room.maths)
    assert waiting(session, room.minh) == []
    assert listed(waiting(session, room.head)) == [act.id]


def test_further_members_of_a_group_are_its_leaders_concern(session, room):
    art = room.colleague("Vẽ", "MT")
    act = room.lesson(by=art)
    assert waiting(session, room.hoa) == []
    seat(session, room.head, room.letters, "GV-Vẽ", is_leader=False, since=SINCE)
    assert listed(waiting(session, room.hoa)) == [act.id]


def test_whoever_watches_sees_the_use_by_level(session, world, room):
    acts = [room.lesson(), room.lesson(school_class=_second_class(room)), room.lesson(by=room.minh)]
    sign(session, room.head, acts[:2])
    ours = [
        (row.level, row.lessons, row.teachers, row.schools) for row in use_by_level(session, room.head, room.program)
    ]
    assert ours == [("TH", 2, 1, 1)]
    assert len(use_by_level(session, room.officer, room.program)) == 1
    assert use_by_level(session, world.somebody(Role.UNIT_MANAGER, room.other), room.program) == []
    assert use_by_level(session, room.lan, room.program) == []
    assert has_taught_with(session, room.lan.person_id, room.program.id)
    assert not has_taught_with(session, room.minh.person_id, room.program.id)


def test_evidence_names_who_countersigned(session, room):
    act = room.lesson()
    refuse(session, room.head, [act], "Chưa rõ tiết nào.")
    sign(session, room.minh, [act])
    told = usage.evidence_of(session, room.head, act)
    assert [(row.step, row.who, row.reason) for row in told.signs] == [
        ("refused", room.head.name, "Chưa rõ tiết nào."),
        ("signed", "Minh", ""),
    ]
    assert told.signs[1].person == "Minh (GV-Minh)"
    assert (told.material.title, told.material.number) == ("Bảng cộng vui", 0)


def test_the_list_costs_the_same_for_one_lesson_and_for_many(session, room):
    room.lesson()
    session.flush()
    with counted(session.connection().engine) as few:
        waiting(session, room.minh)
    for number in range(1, 6):
        room.lesson(day=FRIDAY - timedelta(days=number % 2), title=room.approved(f"Phần mềm {number}"))
    session.flush()
    session.expire_all()
    with counted(session.connection().engine) as many:
        assert len(waiting(session, room.minh)) == 6
    assert len(many) <= len(few) + 2  # the department's tree is not read again


def test_lessons_that_are_late_hide_none_that_waits(session, room, monkeypatch):
    monkeypatch.setattr(signing, "LOOKED_AT", 2)
    for _ in range(2):
        room.lesson(day=room.days.today)
        room.days.pass_by(1)
    room.days.pass_by(20)
    act = room.lesson(day=room.days.today)
    assert listed(waiting(session, room.minh)) == [act.id]


def test_lessons_of_other_groups_hide_none_of_ones_own(session, room):
    others = [room.lesson(by=room.thu, day=room.days.today - timedelta(days=number)) for number in (3, 2)]
    act = room.lesson()
    assert listed(waiting(session, room.minh, most=1)) == [act.id]
    assert listed(waiting(session, room.head, most=2)) == [row.id for row in others]
    sign(session, room.head, [act])
    refuse(session, room.head, others, "Không có tiết này.")
    assert listed(answered(session, room.minh, most=1)) == [act.id]
