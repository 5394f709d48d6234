"""Making a course: contents in an order, dates and policies, colleagues, copies."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from elearn.models.account import AuditEvent, Role
from elearn.models.course import Course, CourseStatus, Grading
from elearn.models.learning import Placement
from elearn.models.material import Status
from elearn.services import courses
from elearn.services.access import Action, may
from elearn.services.courses.authoring import MOST_ITEMS
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.player.api_log import record_placement

LONG = "=HYPERLINK(1)" + "x" * 287


def titles(course):
    return [item.title for item in courses.items_of(course)]


def test_a_new_course_is_a_draft_that_only_its_teacher_has(place, session):
    course = place.course()
    assert course.status is CourseStatus.DRAFT
    assert [card.course for card in courses.courses_taught(session, place.teacher)] == [course]
    colleague = place.world.somebody(Role.TEACHER, place.school)
    assert courses.courses_taught(session, colleague) == []
    with pytest.raises(NotFoundError, match="course_not_found"):
        courses.get_course(session, colleague, course.uid)


@pytest.mark.parametrize("uid", ["", "0" * 32, "x", "../../etc"])
def test_a_guessed_uid_finds_nothing(place, session, uid):
    with pytest.raises(NotFoundError):
        courses.get_course(session, place.teacher, uid)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"title": ""}, "course_title_needed"),
        ({"title": "  "}, "course_title_needed"),
        ({"title": "x" * 301}, "course_title_needed"),
        ({"title": "Toán", "subject_code": "NOPE"}, "unknown_subject"),
        ({"title": "Toán", "grade_code": "99"}, "unknown_grade"),
    ],
)
def test_what_cannot_be_said_of_a_course_is_refused(place, session, details, code):
    with pytest.raises(ServiceError, match=code):
        courses.create_course(session, place.teacher, place.school, courses.CourseDetails(**details))


def test_a_title_may_fill_the_whole_row(place):
    assert place.course(title=LONG).title == LONG


def test_the_form_sent_twice_makes_one_course_and_later_another_one(place, session, clock):
    first = place.course()
    assert place.course() is first
    clock.shift(timedelta(minutes=1))
    assert place.course() is not first


def test_pupils_and_people_of_other_schools_make_no_course_here(place, session):
    for somebody in (place.pupils[0], place.world.somebody(Role.TEACHER, place.other_school)):
        with pytest.raises(ForbiddenError):
            courses.create_course(session, somebody, place.school, courses.CourseDetails("Toán"))


def test_materials_stand_in_the_order_in_which_they_were_added(place):
    course = place.course(place.lesson("Một"), place.lesson("Hai"), place.document("Ba"))
    assert titles(course) == ["Một", "Hai", "Ba"]


def test_each_item_has_a_placement_of_its_own(place, session):
    lesson = place.lesson()
    first, second = place.course(lesson), place.course(lesson, title="Toán 4 nữa")
    placements = [courses.items_of(course)[0].placement for course in (first, second)]
    assert [placement.context for placement in placements] == [courses.items_of(c)[0].uid for c in (first, second)]
    assert placements[0].id != placements[1].id


@pytest.mark.parametrize(
    ("moved", "up", "order"),
    [
        (0, True, ["Một", "Hai", "Ba"]),
        (0, False, ["Hai", "Một", "Ba"]),
        (1, True, ["Hai", "Một", "Ba"]),
        (2, True, ["Một", "Ba", "Hai"]),
        (2, False, ["Một", "Hai", "Ba"]),
    ],
)
def test_an_item_changes_places_with_its_neighbour(place, session, moved, up, order):
    course = place.course(place.lesson("Một"), place.lesson("Hai"), place.lesson("Ba"))
    courses.move_item(session, place.teacher, courses.items_of(course)[moved], up=up)
    assert titles(place.seen(course)) == order


def test_moving_goes_around_items_that_were_removed(place, session):
    course = place.course(place.lesson("Một"), place.lesson("Hai"), place.lesson("Ba"))
    courses.remove_item(session, place.teacher, courses.items_of(course)[1])
    course = place.seen(course)
    courses.move_item(session, place.teacher, courses.items_of(course)[1], up=True)
    assert titles(place.seen(course)) == ["Ba", "Một"]


def test_an_item_of_another_course_is_not_found(place):
    course, other = place.course(place.lesson()), place.course(place.lesson(), title="Khác")
    with pytest.raises(NotFoundError, match="course_item_not_found"):
        courses.item_of(course, courses.items_of(other)[0].uid)


def test_a_removed_item_is_not_found_and_its_material_may_come_back(place, session):
    lesson = place.lesson()
    course = place.course(lesson)
    item = courses.items_of(course)[0]
    courses.remove_item(session, place.teacher, item)
    with pytest.raises(NotFoundError):
        courses.item_of(place.seen(course), item.uid)
    assert courses.add_item(session, place.teacher, course, lesson).uid != item.uid


@pytest.mark.parametrize(("status", "code"), [(Status.WITHDRAWN, "course_material_withdrawn")])
def test_a_withdrawn_material_is_not_added(place, session, status, code):
    course = place.course()
    with pytest.raises(ConflictError, match=code):
        courses.add_item(session, place.teacher, course, place.lesson(status=status))


def test_a_material_is_not_added_twice(place, session):
    lesson = place.lesson()
    course = place.course(lesson)
    with pytest.raises(ConflictError, match="course_item_twice"):
        courses.add_item(session, place.teacher, course, lesson)


def test_a_material_that_the_teacher_may_not_see_is_not_added(place, session):
    stranger = place.world.account()
    hidden = place.world.material(place.other_school, stranger, Status.PUBLISHED)
    with pytest.raises(ForbiddenError):
        courses.add_item(session, place.teacher, place.course(), hidden)


def test_a_course_has_an_end(place, session, monkeypatch):
    monkeypatch.setattr("elearn.services.courses.authoring.MOST_ITEMS", 1)
    course = place.course(place.lesson())
    with pytest.raises(ConflictError, match="course_full"):
        courses.add_item(session, place.teacher, course, place.lesson("Hai"))
    assert MOST_ITEMS > 1


def test_what_the_teacher_decides_for_an_item_is_kept(place, session):
    course = place.course(place.lesson())
    decided = courses.ItemDetails(
        "=Bài một", date(2026, 11, 20), date(2026, 11, 27), is_required=False, max_attempts=2, grading=Grading.LAST
    )
    courses.edit_item(session, place.teacher, courses.items_of(course)[0], decided)
    assert courses.details_of(courses.items_of(place.seen(course))[0]) == decided


def test_what_the_player_keeps_with_an_item_stays_when_the_teacher_decides(place, session):
    item = courses.items_of(place.course(place.lesson()))[0]
    record_placement(session, item.placement, on=True)
    place.decide(item, max_attempts=2)
    assert (item.placement.policy["api_log"], courses.max_attempts_of(item)) == (True, 2)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "course_title_needed"),
        ({"title": "x" * 301}, "course_title_needed"),
        ({"opens_on": date(2026, 11, 20), "due_on": date(2026, 11, 19)}, "course_dates_reversed"),
        ({"due_on": date(204, 1, 1)}, "day_range"),
        ({"max_attempts": -1}, "attempts_range"),
        ({"max_attempts": 101}, "attempts_range"),
    ],
)
def test_what_makes_no_sense_for_an_item_is_refused(place, values, code):
    course = place.course(place.lesson())
    with pytest.raises(ServiceError, match=code):
        place.decide(courses.items_of(course)[0], **values)


def test_a_copy_has_the_contents_but_no_dates_classes_or_results(place, session):
    course = place.course(place.lesson("Một"), place.lesson("Hai"))
    place.decide(courses.items_of(course)[1], max_attempts=3, grading=Grading.FIRST, due_on=date(2026, 12, 1))
    place.open(course)
    course = place.seen(course)
    place.launch(place.pupils[0], course)
    copy = place.seen(courses.copy_course(session, place.teacher, course, place.school, "Bản sao"))
    assert (copy.status, copy.openings, copy.title) == (CourseStatus.DRAFT, [], "Bản sao")
    assert titles(copy) == ["Một", "Hai"]
    second = courses.details_of(courses.items_of(copy)[1])
    assert (second.max_attempts, second.grading, second.due_on) == (3, Grading.FIRST, None)
    assert {i.placement_id for i in copy.items}.isdisjoint({i.placement_id for i in course.items})


def test_a_course_that_one_does_not_see_is_not_copied(place, session):
    course = place.course(place.lesson())
    stranger = place.world.somebody(Role.TEACHER, place.other_school)
    with pytest.raises(ForbiddenError):
        courses.copy_course(session, stranger, course, place.other_school, "Của tôi")


def test_a_colleague_of_the_school_is_taken_in_and_out(place, session):
    course = place.course(place.lesson())
    person = place.world.person("Đặng Văn Ân")
    colleague = place.account_of(person, Role.TEACHER, place.school)
    assert colleague in courses.colleagues(session, course)
    courses.add_teacher(session, place.teacher, course, colleague.uid)
    courses.add_teacher(session, place.teacher, course, colleague.uid)  # sent twice
    course = place.seen(course)
    assert [account.id for account in courses.teachers_of(course)] == [place.teacher_account.id, colleague.id]
    assert may(place.world.identity(colleague), Action.EDIT_COURSE, course)
    assert colleague not in courses.colleagues(session, course)
    courses.remove_teacher(session, place.teacher, course, colleague.uid)
    assert not may(place.world.identity(colleague), Action.SEE_COURSE, place.seen(course))


def test_nobody_of_another_school_is_taken_in_and_the_owner_stays(place, session):
    course = place.course()
    stranger = place.account_of(place.world.person(), Role.TEACHER, place.other_school)
    pupil = place.pupils[0]
    for uid in (stranger.uid, pupil.uid, "x"):
        with pytest.raises(NotFoundError, match="colleague_not_found"):
            courses.add_teacher(session, place.teacher, course, uid)
    with pytest.raises(ConflictError, match="course_owner_stays"):
        courses.remove_teacher(session, place.teacher, course, place.teacher_account.uid)


@pytest.mark.parametrize(
    ("role", "where", "sees", "runs"),
    [
        (Role.UNIT_MANAGER, "school", True, True),
        (Role.UNIT_MANAGER, "root", True, True),
        (Role.ADMINISTRATOR, "root", True, True),
        (Role.INSPECTOR, "root", True, False),
        (Role.UNIT_MANAGER, "other_school", False, False),
        (Role.TEACHER, "school", False, False),
        (Role.REVIEWER, "root", False, False),
        (Role.STUDENT, "school", False, False),
    ],
)
def test_who_oversees_a_unit_sees_its_courses_and_changes_no_contents(place, role, where, sees, runs):
    course = place.course(place.lesson())
    somebody = place.world.somebody(role, getattr(place, where))
    assert may(somebody, Action.SEE_COURSE, course) is sees
    assert may(somebody, Action.RUN_COURSE, course) is runs
    assert not may(somebody, Action.EDIT_COURSE, course)
    assert not may(somebody, Action.TEACH_COURSE, course)


def test_a_teacher_who_has_left_the_school_sees_its_pupils_no_more(place, session):
    course = place.course(place.lesson())
    for grant in place.teacher_account.grants:
        grant.unit_id = place.other_school.id
    for post in place.teacher_person.posts:
        post.unit_id = place.other_school.id
    session.flush()
    session.expire_all()
    assert not may(place.world.identity(place.teacher_account), Action.SEE_COURSE, course)


def test_overseers_find_the_open_courses_of_their_units_but_no_drafts(place, session):
    course, _draft = place.course(place.lesson()), place.course(title="Nháp")
    place.open(course)
    for somebody in (
        place.world.somebody(Role.INSPECTOR, place.root),
        place.world.somebody(Role.UNIT_MANAGER, place.school),
    ):
        assert [card.course.uid for card in courses.courses_overseen(session, somebody)] == [course.uid]
    assert courses.courses_overseen(session, place.world.somebody(Role.UNIT_MANAGER, place.other_school)) == []


def test_making_copying_and_taking_out_are_audited(place, session):
    course = place.course(place.lesson())
    courses.remove_item(session, place.teacher, courses.items_of(course)[0])
    courses.copy_course(session, place.teacher, place.seen(course), place.school, "Bản sao")
    actions = set(session.scalars(select(AuditEvent.action)))
    assert {"course.create", "course.remove_item", "course.copy"} <= actions
    assert session.scalar(select(func.count()).select_from(Course)) == 2
    assert session.scalar(select(func.count()).select_from(Placement)) == 1
