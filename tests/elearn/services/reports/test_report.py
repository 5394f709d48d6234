"""Reports of units: the tree of the census date, what is missing, who may ask, and bad registers."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.course import CourseStatus, CourseTeacher
from elearn.models.curriculum import Level, Period
from elearn.models.organisation import UnitClosure, UnitParent
from elearn.models.people import PostRole
from elearn.models.reports import Standing
from elearn.models.usage import ActKind
from elearn.services import organisation, reports
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.reports import agreement
from tests.support.counting import Ledger, keep_counts

DAY = date(2025, 10, 5)
START, END = date(2025, 9, 5), date(2026, 1, 17)


@pytest.fixture
def ledger(world):
    return Ledger(world, START, END)


@pytest.fixture
def root(world):
    return world.unit("SO")


@pytest.fixture
def school(world, root):
    return world.unit("A", root)


@pytest.fixture
def teacher(world, school):
    person = world.person(code="T1")
    world.post(person, school)
    return person


def test_a_unit_in_which_nothing_was_recorded_is_missing_and_stays_in_the_n_above(world, ledger, root, school, teacher):
    silent = world.unit("B", root)
    world.post(world.person(), silent)
    ledger.act(ActKind.TAUGHT, teacher, school, DAY)
    report = ledger.report(root)
    assert [row.text() for row in report.children] == ["1/1 (100,0 %)", "m"]
    assert report.total.text() == "1/2 (50,0 %)"
    assert report.silent == 1


def test_a_view_is_a_sign_of_life_and_does_not_qualify(ledger, school, teacher):
    ledger.act(ActKind.VIEW, teacher, school, DAY)
    assert ledger.report(school).total.text() == "0/1 (0,0 %)"


def test_a_unit_without_register_is_missing(world, ledger, root, school):
    assert [row.text() for row in ledger.report(root).children] == ["m"]


def test_persons_posted_directly_at_a_unit_have_a_row_of_their_own(world, ledger, root, school, teacher):
    world.post(world.person(), root)
    report = ledger.report(root)
    assert (report.own.n, report.children[0].n, report.total.n) == (1, 1, 2)


def test_the_tree_of_the_census_date_decides(world, ledger, root, school, teacher):
    """A school that moved is counted where it stood on the census date, and stays there in the older period."""
    old, new = (world.unit(code, root) for code in ("OLD", "NEW"))
    organisation.move_unit(world.session, SYSTEM, school, old, date(2020, 1, 1))
    organisation.move_unit(world.session, SYSTEM, school, new, END - timedelta(days=3))
    before = ledger.add_period("TRUOC", START, date(2025, 12, 31))
    assert {row.unit.code: row.n for row in ledger.report(root).children} == {"NEW": 1, "OLD": 0}
    assert {row.unit.code: row.n for row in ledger.report(root, before).children} == {"NEW": 0, "OLD": 1}


def test_a_unit_that_ended_before_the_census_date_has_no_report(world, ledger, root):
    bureau = world.unit("PGD", root)
    organisation.end_unit(world.session, SYSTEM, bureau, date(2025, 6, 30))
    with pytest.raises(ConflictError, match="unit_absent"):
        ledger.report(bureau)


def test_a_unit_is_called_as_on_the_census_date(world, ledger, root, school):
    organisation.rename_unit(world.session, SYSTEM, school, "Tên mới", END + timedelta(days=1))
    assert ledger.report(school).total.name == "Đơn vị A"


def test_a_post_before_its_unit_existed_counts_from_the_units_first_day(world, ledger, root):
    young = world.unit("MOI", root, since=END - timedelta(days=9))
    person = world.person(code="T9")
    world.post(person, young, since=date(2020, 1, 1))
    assert ledger.persons(young)["T9"].standing is Standing.NEW


def test_overlapping_main_posts_count_a_person_once_and_are_reported(world, ledger, root, school, teacher):
    other = world.unit("B", root)
    world.post(teacher, other, since=START)
    report = ledger.report(root)
    assert [(row.unit.code, row.n) for row in report.children] == [("A", 0), ("B", 1)]
    assert agreement.check_counts(world.session).overlapping == ["T1"]


def test_a_cycle_in_the_rows_of_the_tree_counts_nobody_twice(world, ledger, root, school, teacher):
    """The services refuse a cycle; rows from elsewhere must not hang a report or double a person."""
    world.add(UnitParent(unit_id=root.id, parent_id=school.id, valid_from=START))
    world.add(UnitClosure(ancestor_id=school.id, unit_id=root.id, depth=1, valid_from=START))
    world.add(UnitClosure(ancestor_id=root.id, unit_id=school.id, depth=1, valid_from=START))
    assert ledger.report(root).total.n == 1
    with pytest.raises(ConflictError, match="unit_cycle"):
        organisation.rebuild_closure(world.session)


def test_a_period_without_census_date_is_refused(ledger, root):
    ledger.period.census_on = END + timedelta(days=1)
    with pytest.raises(ConflictError, match="period_without_census"):
        ledger.report(root)


def test_a_period_before_the_first_ruleset_is_refused(ledger, root):
    old = ledger.add_period("CU", date(2009, 1, 1), date(2009, 6, 30))
    with pytest.raises(NotFoundError, match="ruleset_absent"):
        ledger.report(root, old)


@pytest.mark.parametrize("kept", [False, True])
def test_level_and_subject_add_up_both_ways(world, session, ledger, school, kept):
    for level, subject in ((Level.TH, "TOAN"), (Level.TH, "TV"), (Level.THCS, "TOAN"), (None, None)):
        person = world.person()
        world.post(person, school, level=level, subject_code=subject)
        ledger.act(ActKind.TAUGHT if subject == "TOAN" else ActKind.VIEW, person, school, DAY)
    if kept:
        keep_counts(session, ledger)
    table = reports.table_by_level_and_subject(session, SYSTEM, school, ledger.period)
    assert [(row.level, row.subject_code, row.tally.q) for row in table.rows] == [
        (Level.TH, "TOAN", 1),
        (Level.TH, "TV", 0),
        (Level.THCS, "TOAN", 1),
        (None, None, 0),
    ]
    assert {level: tally.n for level, tally in table.by_level.items()} == {Level.TH: 2, Level.THCS: 1, None: 1}
    assert {subject: tally.q for subject, tally in table.by_subject.items()} == {"TOAN": 2, "TV": 0, None: 0}
    assert table.total.text() == "2/4 (50,0 %)"


def test_a_trend_has_the_periods_of_one_kind_oldest_first(world, session, ledger, school, teacher):
    ledger.act(ActKind.TAUGHT, teacher, school, date(2025, 3, 1))
    last = session.scalars(select(Period).where(Period.code == "2025-2026-HK2")).one()
    session.delete(ledger.period)
    points = reports.trend(session, SYSTEM, school, last, most=3)
    assert [(point.period.code, point.text()) for point in points] == [
        ("2024-2025-HK2", "1/1 (100,0 %)"),
        ("2025-2026-HK1", "m"),
        ("2025-2026-HK2", "m"),
    ]


def test_a_trend_that_must_not_wait_leaves_out_what_the_worker_has_not_counted(world, session, ledger, school, teacher):
    last = ledger.add_period("2026-HK", date(2026, 1, 16), date(2026, 5, 31))
    told = [point.period.code for point in reports.trend(session, SYSTEM, school, last, at_once=True)]
    assert told == ["2026-HK"]
    keep_counts(session, ledger)
    told = [point.period.code for point in reports.trend(session, SYSTEM, school, last, at_once=True)]
    assert told == [ledger.period.code, "2026-HK"]


def test_a_trend_leaves_out_the_periods_before_the_unit(world, session, ledger, root):
    young = world.unit("MOI", root, since=date(2026, 1, 1))
    last = session.scalars(select(Period).where(Period.code == "2026-H1")).one()
    assert [point.period.code for point in reports.trend(session, SYSTEM, young, last)] == ["2026-H1"]


@pytest.mark.parametrize(
    ("role", "where", "allowed"),
    [
        (Role.UNIT_MANAGER, "school", True),
        (Role.INSPECTOR, "root", True),
        (Role.ADMINISTRATOR, "root", True),
        (Role.UNIT_MANAGER, "other", False),
        (Role.REVIEWER, "school", False),
        (Role.TEACHER, "school", False),
        (Role.STUDENT, "school", False),
    ],
)
def test_only_whoever_inspects_a_unit_sees_its_ratio(world, session, ledger, root, school, role, where, allowed):
    places = {"school": school, "root": root, "other": world.unit("C", root)}
    somebody = world.somebody(role, places[where])
    asked = (
        lambda: reports.unit_report(session, somebody, school, ledger.period),
        lambda: reports.persons_of(session, somebody, school, ledger.period),
        lambda: reports.trend(session, somebody, school, ledger.period),
        lambda: reports.table_by_level_and_subject(session, somebody, school, ledger.period),
    )
    for ask in asked:
        if allowed:
            ask()
        else:
            with pytest.raises(ForbiddenError):
                ask()


def test_a_head_does_not_see_the_unit_above(world, session, ledger, root, school):
    head = world.somebody(Role.UNIT_MANAGER, school)
    with pytest.raises(ForbiddenError):
        reports.unit_report(session, head, root, ledger.period)


def test_persons_come_by_given_name_in_pages_and_by_reason(world, session, ledger, school):
    for code, name in (("1", "c"), ("2", "a"), ("3", "b")):
        world.post(world.person(code=code, name=name), school)
    world.post(world.person(code="4", name="d"), school, role=PostRole.MANAGER)
    page = reports.persons_of(session, SYSTEM, school, ledger.period, limit=2, offset=1)
    assert ([row.code for row in page.rows], page.total) == (["3", "1"], 4)
    managers = reports.persons_of(session, SYSTEM, school, ledger.period, reasons=["manager"])
    assert [row.code for row in managers.rows] == ["4"]


REASONS = ["qualifies", "no_qualifying_act", *(each.value for each in Standing if each is not Standing.COUNTED)]


@pytest.mark.parametrize("reasons", [[], *([reason] for reason in REASONS), ["qualifies", "manager"]], ids=str)
def test_kept_pages_of_persons_are_those_that_are_computed(world, session, ledger, root, school, teacher, reasons):
    for number in range(6):
        person = world.person(f"Người {'cbafed'[number]}")
        role = PostRole.MANAGER if number > 3 else PostRole.TEACHER
        world.post(person, school if number % 2 else root, role=role)
        if number < 2:
            ledger.act(ActKind.TAUGHT, person, school, DAY)
    asked = {"reasons": reasons, "limit": 3, "offset": 1}
    computed = reports.persons_of(session, SYSTEM, root, ledger.period, **asked)
    keep_counts(session, ledger)
    assert reports.persons_of(session, SYSTEM, root, ledger.period, **asked) == computed


def test_a_teacher_is_told_why_and_what_is_missing(world, session, ledger, school, teacher):
    account = world.account(person=teacher)
    course = ledger.course(school, "Phân số")
    course.status = CourseStatus.OPEN
    world.add(CourseTeacher(course_id=course.id, account_id=account.id))
    ledger.activity(course, DAY, learners=2)
    ledger.act(ActKind.COURSE_TEACHING, teacher, school, DAY, course_id=course.id)
    ledger.void(ledger.act(ActKind.TAUGHT, teacher, school, DAY))
    told = reports.own_result(session, world.identity(account), ledger.period)
    assert (told.in_n, told.in_q, told.reason) == (True, False, "no_qualifying_act")
    assert [act.verdict for act in told.acts] == ["few_learners", "void"]
    assert [(lack.title, lack.learners, lack.acts) for lack in told.courses] == [("Phân số", 2, 1)]
    assert [act_class.value for act_class in told.lacks_classes] == ["A", "B", "C"]
    assert (told.post_days, told.leave_days, told.period_days) == (135, 0, 135)


def test_an_account_without_a_person_has_no_result(world, session, ledger):
    with pytest.raises(NotFoundError, match="account_without_person"):
        reports.own_result(session, world.identity(world.account()), ledger.period)


def test_somebody_without_a_post_is_told_so(world, session, ledger):
    account = world.account(person=world.person())
    told = reports.own_result(session, world.identity(account), ledger.period)
    assert (told.reason, told.unit) == ("no_main_post", None)


def test_a_head_asks_about_a_teacher_of_the_own_school_only(world, session, ledger, root, school, teacher):
    head = world.somebody(Role.UNIT_MANAGER, school)
    assert reports.person_result(session, head, teacher, ledger.period).person.code == "T1"
    stranger = world.somebody(Role.UNIT_MANAGER, world.unit("C", root))
    with pytest.raises(ForbiddenError):
        reports.person_result(session, stranger, teacher, ledger.period)


def test_rules_change_only_for_a_future_period(session):
    rules = reports.Rules(min_days=60)
    with pytest.raises(ServiceError, match="ruleset_not_future"):
        reports.create_ruleset(session, SYSTEM, code="X", name="X", valid_from=date(2020, 1, 1), rules=rules)
    made = reports.create_ruleset(session, SYSTEM, code="X", name="X", valid_from=date(2999, 1, 1), rules=rules)
    assert reports.Rules.from_json(made.rules) == rules
    with pytest.raises(ConflictError, match="ruleset_code_taken"):
        reports.create_ruleset(session, SYSTEM, code="X", name="X", valid_from=date(2999, 1, 1), rules=rules)


@pytest.mark.parametrize("wrong", [{"leave_share": 1.5}, {"min_days": 0}, {"c_students": 0}])
def test_senseless_rules_are_refused(session, wrong):
    rules = reports.Rules(**wrong)
    with pytest.raises(ServiceError, match="ruleset_rules"):
        reports.create_ruleset(session, SYSTEM, code="X", name="X", valid_from=date(2999, 1, 1), rules=rules)


def test_only_administrators_of_the_house_make_rules(world, session, root, school):
    for role, unit in ((Role.UNIT_MANAGER, root), (Role.ADMINISTRATOR, school)):
        somebody = world.somebody(role, unit)
        with pytest.raises(ForbiddenError):
            reports.create_ruleset(
                session, somebody, code="X", name="X", valid_from=date(2999, 1, 1), rules=reports.Rules()
            )


def test_a_new_database_has_rules_for_all_its_periods(session):
    assert {reports.ruleset_of(session, period).code for period in session.scalars(select(Period))} == {"VN-2024.1"}
    assert reports.seed(session) == 0
    assert reports.rules_on(session, date(2025, 1, 1)) == reports.Rules()


def test_two_rulesets_count_side_by_side(world, session, ledger, school):
    stricter = Ledger(world, START, END, code="S", min_days=120).ruleset
    person = world.person()
    world.post(person, school, since=START + timedelta(days=40))
    ledger.act(ActKind.TAUGHT, person, school, DAY)
    keep_counts(session, ledger)
    assert ledger.report(school, ruleset=ledger.ruleset).total.n == 1
    assert ledger.report(school, ruleset=stricter).total.n == 0
