"""The whole demo province: built once on a fixed day, consistent in itself, counted when its first page is shown."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import aliased

from elearn import clock
from elearn.cli.preparing import prepare
from elearn.demo.accounts import ACCOUNTS, MORE_ACCOUNTS, PASSWORD, named_accounts
from elearn.demo.activity.drawing import collect_acts
from elearn.demo.activity.ledger import Ledger
from elearn.demo.inserting import Inserter
from elearn.demo.population.calendar import anchored, is_school_day, moment
from elearn.demo.province import Size, build_demo
from elearn.house import open_house
from elearn.models.account import Account
from elearn.models.course import Course, CourseFeedback, CourseItem, CourseOpening, CourseStatus, CourseTeacher
from elearn.models.curriculum import Period
from elearn.models.learning import Attempt, AttemptStatus, Placement, Registration
from elearn.models.material import CoAuthor, Material, ReviewEvent, ReviewStep, Status
from elearn.models.organisation import Ownership, Unit, UnitGroup, UnitGroupMember, UnitKind, UnitParent
from elearn.models.people import Assignment, Enrolment, Leave, Person, Post, PostRole, SchoolClass
from elearn.models.reports import CountChange, CountState, PersonCount, PostRecord, Standing
from elearn.models.software_request import RequestState, RequestStep, SoftwareRating, SoftwareRequest, SoftwareTrial
from elearn.models.subject_group import GroupSeat, SubjectGroup
from elearn.models.teach import TeachSession
from elearn.models.usage import ActKind, ActSource, SignStep, UsageAct, UsageSign, UsageVoid
from elearn.services import reports
from elearn.services.access import SYSTEM, load_identity
from elearn.services.account import authenticate
from elearn.services.curriculum import period_by_code
from elearn.services.organisation import unit_by_code
from elearn.services.player.navigation import open_page
from elearn.services.player.tokens import issue_code, redeem_code
from elearn.services.software.teaching import has_taught_with
from elearn.services.software.wishes import asking
from elearn.services.software.wishes.supporting import set_state
from elearn.services.usage import NotADemoError
from elearn.settings import load_settings
from tests.support.second_count import Figures, second_count

pytestmark = pytest.mark.long

STARTED = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SEMESTERS = ("2025-2026-HK1", "2025-2026-HK2", "2026-2027-HK1")
# What the acts stand on, those that name others first.
WRITTEN = (
    UsageSign,
    UsageVoid,
    UsageAct,
    CourseFeedback,
    Attempt,
    Registration,
    CourseItem,
    Placement,
    CourseOpening,
    CourseTeacher,
    TeachSession,
    Course,
    CoAuthor,
)
ACT_ROWS = ("uid", "kind", "occurred_at", "person_id", "unit_id", "material_id", "class_id")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One province for all questions, as if it had been started on a day of November 2026."""
    home = tmp_path_factory.mktemp("whole")
    house = open_house(load_settings({}, home=home, secret_key="a secret of the tests, long enough", demo=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: STARTED)
        prepare(house)
        build_demo(house, Size.WHOLE)
    yield house
    house.close()


@pytest.fixture
def session(demo):
    with demo.database.read() as session:
        yield session


def count(session, row, *conditions):
    return session.scalar(select(func.count()).select_from(row).where(*conditions))


def holds(row, day):
    return and_(row.valid_from <= day, or_(row.valid_to.is_(None), row.valid_to >= day))


def test_its_size_is_that_of_a_small_province(session):
    assert count(session, Unit, Unit.kind == UnitKind.SCHOOL) == 12
    assert count(session, Unit, Unit.ownership == Ownership.NON_PUBLIC) == 1
    teachers = select(Post.person_id).where(Post.role == PostRole.TEACHER, holds(Post, TODAY)).distinct()
    assert session.scalar(select(func.count()).select_from(teachers.subquery())) >= 200
    pupils = select(Enrolment.person_id).where(holds(Enrolment, TODAY)).distinct()
    assert session.scalar(select(func.count()).select_from(pupils.subquery())) == 1500
    assert count(session, Material) >= 36


def test_every_school_stood_under_a_closed_bureau_or_the_department_before_the_reform(session):
    bureaus = session.scalars(select(Unit).where(Unit.kind == UnitKind.BUREAU)).all()
    assert {bureau.valid_to for bureau in bureaus} == {date(2025, 6, 30)}
    late = aliased(Unit)
    under = select(UnitParent.id).join(late, late.id == UnitParent.parent_id)
    outlived = under.where(late.valid_to.is_not(None), func.coalesce(UnitParent.valid_to, TODAY) > late.valid_to)
    assert session.scalars(outlived).all() == []


def test_the_schools_of_the_difficult_area_are_a_group(session):
    group = session.scalars(select(UnitGroup)).one()
    assert count(session, UnitGroupMember, UnitGroupMember.group_id == group.id) == 3


def test_every_named_account_can_sign_in(demo):
    assert named_accounts(demo.database) == (*ACCOUNTS, *MORE_ACCOUNTS)
    for login in ("lanhdao.phuong", "totruong.thanhbinh", "giaovien.tccn"):
        assert authenticate(demo.database, login, PASSWORD).login == login


def test_building_it_again_adds_nothing(demo, session):
    rows = (
        Account,
        Person,
        Post,
        Material,
        Course,
        Attempt,
        TeachSession,
        UsageAct,
        UsageVoid,
        CountChange,
        SoftwareRequest,
        SoftwareTrial,
        SoftwareRating,
    )
    before = [count(session, row) for row in rows]
    session.rollback()
    build_demo(demo, Size.SMALL)  # the size of the first start is kept
    assert [count(session, row) for row in rows] == before


def test_every_post_lies_inside_the_life_of_its_unit(session):
    outside = or_(
        Post.valid_from < Unit.valid_from,
        and_(Unit.valid_to.is_not(None), func.coalesce(Post.valid_to, date.max) > Unit.valid_to),
    )
    assert session.scalars(select(Post.id).join(Unit).where(outside)).all() == []


def test_no_pupil_is_in_two_classes_on_one_day(session):
    other = aliased(Enrolment)
    twice = select(Enrolment.id).join(other, other.person_id == Enrolment.person_id)
    twice = twice.where(other.id > Enrolment.id, other.valid_from <= Enrolment.valid_to)
    assert session.scalars(twice.where(other.valid_to >= Enrolment.valid_from)).all() == []


def test_every_act_says_that_it_is_of_a_demo_and_lies_in_the_time_of_the_demo(session):
    assert set(session.scalars(select(UsageAct.source).distinct())) == {ActSource.DEMO}
    first, last = session.execute(select(func.min(UsageAct.act_date), func.max(UsageAct.act_date))).one()
    assert date(2025, 9, 5) <= first < date(2025, 9, 12)
    assert date(2026, 11, 16) < last < TODAY
    assert set(session.scalars(select(UsageAct.kind).distinct())) == set(ActKind)


def test_whoever_acts_works_or_learns_at_the_unit_of_the_act_on_its_day(session):
    works = select(Post.id).where(Post.person_id == UsageAct.person_id, Post.unit_id == UsageAct.unit_id)
    learns = select(Enrolment.id).join(SchoolClass, SchoolClass.id == Enrolment.class_id)
    learns = learns.where(Enrolment.person_id == UsageAct.person_id, SchoolClass.unit_id == UsageAct.unit_id)
    nobody = select(UsageAct.id).where(
        ~works.where(holds(Post, UsageAct.act_date)).exists(),
        ~learns.where(holds(Enrolment, UsageAct.act_date)).exists(),
    )
    assert session.scalars(nobody).all() == []


def test_lessons_are_taught_on_school_days_by_teachers_of_the_class_who_are_not_away(session):
    taught = UsageAct.kind.in_([ActKind.TAUGHT, ActKind.TAUGHT_WITH])
    assert all(map(is_school_day, session.scalars(select(UsageAct.act_date).where(taught).distinct())))
    assigned = select(Assignment.id).where(
        Assignment.person_id == UsageAct.person_id,
        Assignment.class_id == UsageAct.class_id,
        holds(Assignment, UsageAct.act_date),
    )
    away = select(Leave.id).where(Leave.person_id == UsageAct.person_id, holds(Leave, UsageAct.act_date))
    strange = select(UsageAct.id).where(taught, or_(~assigned.exists(), away.exists()))
    assert session.scalars(strange).all() == []


def test_the_class_of_an_act_is_one_of_its_unit_and_year(session):
    strange = (
        select(UsageAct.id)
        .join(SchoolClass, SchoolClass.id == UsageAct.class_id)
        .join(Period, Period.id == SchoolClass.school_year_id)
        .where(
            or_(
                SchoolClass.unit_id != UsageAct.unit_id,
                UsageAct.act_date < Period.starts_on,
                UsageAct.act_date > Period.ends_on,
            )
        )
    )
    assert session.scalars(strange).all() == []


def test_nothing_was_used_before_it_was_published(session):
    early = select(UsageAct.id).join(Material, Material.id == UsageAct.material_id)
    early = early.where(UsageAct.kind != ActKind.AUTHORED, UsageAct.occurred_at < Material.published_at)
    assert session.scalars(early).all() == []


def test_materials_stand_at_every_step_of_their_way(session):
    standing = Counter(session.scalars(select(Material.status)))
    assert standing[Status.PUBLISHED] >= 28
    assert set(standing) == set(Status)
    assert set(session.scalars(select(ReviewEvent.step).distinct())) >= {ReviewStep.RETURNED, ReviewStep.WITHDRAWN}
    assert len(set(session.scalars(select(Material.unit_id)))) >= 9
    assert count(session, CoAuthor, CoAuthor.confirmed_at.is_not(None)) >= 10
    assert count(session, CoAuthor, CoAuthor.confirmed_at.is_(None)) >= 1


def test_courses_are_under_way_in_every_state(session):
    opened = select(func.count(func.distinct(CourseOpening.course_id)))
    assert session.scalar(opened) >= 8
    assert set(session.scalars(select(Course.status))) == set(CourseStatus)
    assert count(session, CourseFeedback) >= 20
    states = set(session.execute(select(Attempt.status, Attempt.success).distinct()))
    assert states >= {
        (AttemptStatus.ENDED, "passed"),
        (AttemptStatus.ENDED, "failed"),
        (AttemptStatus.OPEN, "unknown"),
    }


def test_a_lesson_that_a_pupil_has_not_finished_can_be_gone_on_with(demo):
    with demo.database.writer() as session:
        under_way = select(Attempt).where(Attempt.status == AttemptStatus.OPEN).order_by(Attempt.id.desc())
        attempt = session.scalars(under_way.limit(1)).one()
        learner = load_identity(session, attempt.registration.account_id)
        play, code = issue_code(session, learner, attempt, "tab")
        redeem_code(session, code)
        view = open_page(session, play)
        session.rollback()
    assert not view.ended
    assert view.delivery is not None


def test_every_standing_of_the_count_occurs(session):
    assert set(session.scalars(select(PersonCount.standing).distinct())) == set(Standing)


def test_it_is_counted_and_nothing_waits(session):
    assert count(session, CountChange) == 0
    counted = select(Period.code).join(CountState, CountState.period_id == Period.id)
    assert set(session.scalars(counted)) >= {*SEMESTERS, "2025-H2", "2026-H1", "2026-H2", "2025-2026"}


def test_the_ratio_rises_from_semester_to_semester_and_differs_between_schools(session):
    shares = []
    for code in SEMESTERS:
        period = period_by_code(session, code)
        counted = and_(PersonCount.period_id == period.id, PersonCount.standing == Standing.COUNTED)
        qualifies = PersonCount.acts_a + PersonCount.acts_b + PersonCount.acts_c > 0
        shares.append(count(session, PersonCount, counted, qualifies) / count(session, PersonCount, counted))
    assert 0.4 < shares[0] < shares[1] < shares[2] < 0.85
    rows = select(PersonCount.unit_id, func.avg(qualifies)).where(counted).group_by(PersonCount.unit_id)
    by_unit = dict(session.execute(rows).all())
    assert len(by_unit) == 12
    assert min(by_unit.values()) <= 0.42
    assert max(by_unit.values()) >= 0.9


def test_the_kept_counts_equal_a_recount(demo, session):
    period = period_by_code(session, "2026-2027-HK1")
    columns = (PersonCount.person_id, PersonCount.standing, PersonCount.acts_a, PersonCount.acts_b, PersonCount.acts_c)
    rows = select(*columns).where(PersonCount.period_id == period.id).order_by(PersonCount.person_id)
    kept = session.execute(rows).all()
    ruleset = reports.ruleset_of(session, period)
    session.rollback()
    reports.recount(demo.database, period.id, ruleset.id)
    assert session.execute(rows).all() == kept


def test_some_acts_are_void_and_one_was_restored(session):
    decisions = Counter(session.scalars(select(UsageVoid.restores)))
    assert decisions == {False: 5, True: 1}


def test_lessons_with_programs_were_declared_and_most_of_them_countersigned_by_others(session):
    assert count(session, UsageAct, UsageAct.kind == ActKind.TAUGHT_WITH) >= 300
    steps = Counter(session.scalars(select(UsageSign.step)))
    assert steps[SignStep.SIGNED] >= 200
    assert set(steps) == set(SignStep)
    signers = select(UsageSign, UsageAct, Account.person_id).join(UsageAct, UsageAct.id == UsageSign.act_id)
    signers = signers.join(Account, Account.id == UsageSign.account_id)
    for sign, act, person_id in session.execute(signers):
        assert 0 <= (sign.signed_on - act.act_date).days <= 14
        assert (person_id == act.person_id) is (sign.step is SignStep.WITHDRAWN)
        assert act.recorded_at < sign.recorded_at
    # Some of the last days still wait for whoever looks at the demo.
    waits = and_(UsageAct.kind == ActKind.TAUGHT_WITH, UsageAct.id.not_in(select(UsageSign.act_id)))
    assert count(session, UsageAct, waits, UsageAct.act_date > date(2026, 11, 8)) >= 5


def test_requests_stand_at_every_step_and_schools_have_tried_titles_out(session):
    states = Counter(session.scalars(select(SoftwareRequest.state)))
    assert set(states) == {RequestState.ASKED, RequestState.GROUP, RequestState.SCHOOL, RequestState.TRIAL,
                           RequestState.DECLINED}  # fmt: skip
    for request in session.scalars(select(SoftwareRequest)):
        times = [row.at for row in request.steps]
        assert request.steps[0].step is RequestStep.ASKED
        assert times == sorted(times)
        assert times[-1] <= STARTED
        state = request.state
        if state in asking.OPEN:
            set_state(request)
        assert request.state is state
    trials = session.scalars(select(SoftwareTrial)).all()
    assert [trial.ends_on >= TODAY for trial in trials].count(True) == 1
    for trial in trials:
        told = [row for row in trial.schools if row.reported_at]
        assert told
        for row in told:
            assert moment(trial.starts_on, 0, 0) <= row.reported_at <= STARTED
            assert all(0 <= score <= most for score, (_, most) in zip(row.scores, trial.criteria, strict=True))


def test_titles_are_rated_by_those_who_taught_with_them(session):
    ratings = session.scalars(select(SoftwareRating)).all()
    assert len(ratings) >= 50
    assert {rating.stars for rating in ratings} >= {3, 4, 5}
    for rating in ratings:
        assert has_taught_with(session, rating.person_id, rating.title_id)
        assert rating.rated_at <= STARTED


def test_schools_have_subject_groups_with_a_leader_who_works_there(session):
    units = set(session.scalars(select(SubjectGroup.unit_id)))
    assert len(units) == 12
    led = select(SubjectGroup.id).join(GroupSeat).join(Post, Post.person_id == GroupSeat.person_id)
    led = led.where(GroupSeat.is_leader, Post.unit_id == SubjectGroup.unit_id, holds(Post, TODAY))
    assert set(session.scalars(led)) == set(session.scalars(select(SubjectGroup.id)))


def test_the_register_has_known_its_posts_since_they_began(session):
    late = select(PostRecord.id).where(PostRecord.recorded_at > datetime(2025, 9, 5, tzinfo=UTC))
    assert session.scalars(late.where(PostRecord.valid_from < date(2025, 9, 5))).all() == []
    assert count(session, PostRecord) == count(session, Post)


def test_the_same_seed_and_day_give_the_same_acts(demo):
    columns = [getattr(UsageAct, name) for name in ACT_ROWS]
    with demo.database.writer() as session:
        kept = [tuple(row) for row in session.execute(select(*columns).order_by(UsageAct.uid))]
        for row in WRITTEN:
            session.execute(delete(row))
        _, ledger = collect_acts(session, anchored(TODAY))
        session.rollback()
    assert sorted((tuple(row[name] for name in ACT_ROWS) for row in ledger.rows), key=lambda row: row[0]) == kept


def test_a_database_that_is_not_a_demo_takes_no_acts_of_one(tmp_path):
    house = open_house(load_settings({}, home=tmp_path, secret_key="a secret of the tests, long enough"))
    prepare(house)
    with house.database.read() as session, pytest.raises(NotADemoError):
        Ledger(Inserter(session, 1))
    house.close()


def test_the_head_of_the_department_sees_the_ratio_of_the_province_at_once(demo, session):
    head = authenticate(demo.database, "lanhdao.so", PASSWORD)
    period = period_by_code(session, "2025-2026-HK2")
    report = reports.unit_report(session, head, unit_by_code(session, "SO"), period)
    assert report.total.n > 200
    assert report.total.q > 100


def test_a_second_count_in_plain_sql_agrees_for_every_unit_and_period(session):
    """Over the two exported files alone, as somebody would who does not trust the first count."""
    periods = session.scalars(select(Period).where(Period.starts_on <= TODAY)).all()
    begun = {period.code for period in periods}
    second = {key: figures for key, figures in second_count(session, periods).items() if key[1] in begun}
    assert {key: figures for period in periods for key, figures in first_count(session, period).items()} == second
    assert len({unit for unit, _ in second}) > 12


def first_count(session, period):
    """The figures of every unit in whose place on the census date somebody counts."""
    found = {}
    for unit in session.scalars(select(Unit).where(Unit.valid_on(period.census_on))):
        tally = reports.unit_report(session, SYSTEM, unit, period).total.tally
        if tally.n:
            figures = Figures(tally.q, tally.n, tally.a, tally.b, tally.c, tally.fte_q, tally.fte_n)
            found[unit.code, period.code] = figures
    return found
