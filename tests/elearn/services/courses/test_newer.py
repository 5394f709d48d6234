"""Courses keep to the version they were made with until a teacher takes the new one over."""

from itertools import count

import pytest

from elearn.models.material import Material, Status, StoredBlob, Version
from elearn.models.usage import ActKind, UsageAct
from elearn.services import courses
from elearn.services.contribute import make_current
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError

_numbers = count(10**6)


def bring(place, material):
    """A second version that everybody gets from now on."""
    session, material = place.session, place.session.get_one(Material, material.id)
    before = material.current_version
    digest = f"{next(_numbers):064x}"
    session.add(StoredBlob(sha256=digest, size=1))
    version = Version(
        material_id=material.id,
        number=before.number + 1,
        is_current=False,
        file_name="moi.zip",
        media_type="application/zip",
        blob_sha256=digest,
        created_by_id=material.owner_id,
        manifest=before.manifest,
        standard=before.standard,
        edition=before.edition,
    )
    session.add(version)
    session.flush()
    make_current(session, material, version)
    return version


def item_of(course):
    return courses.items_of(course)[0]


@pytest.fixture
def lesson(place):
    return place.lesson()


@pytest.fixture
def course(place, lesson):
    made = place.course(lesson)
    place.open(made)
    return place.seen(made)


def number_at(launch):
    return launch.attempt.registration.version.number


def test_new_launches_get_what_the_course_keeps_to_until_it_is_taken_over(place, course, lesson):
    first, second, third = place.pupils[:3]
    begun = place.launch(first, course)
    newer = bring(place, lesson)
    course = place.seen(course)
    assert number_at(place.launch(second, course)) == 1
    assert courses.newer_versions(courses.items_of(course)) == {item_of(course).id: newer}
    courses.take_newer(place.session, place.teacher, item_of(course))
    course = place.seen(course)
    assert courses.newer_versions(courses.items_of(course)) == {}
    assert number_at(place.launch(third, course)) == 2
    assert place.launch(first, course).attempt.id == begun.attempt.id
    assert begun.attempt.registration.version.number == 1


def test_its_learner_is_told_and_may_begin_the_new_one(place, course, lesson):
    pupil = place.pupils[0]
    place.launch(pupil, course)
    bring(place, lesson)
    view = courses.learner_course(place.session, pupil, course.uid)
    assert not view.steps[0].is_outdated
    courses.take_newer(place.session, place.teacher, item_of(place.seen(course)))
    place.session.expire_all()
    assert courses.learner_course(place.session, pupil, course.uid).steps[0].is_outdated
    assert number_at(place.launch(pupil, place.seen(course), anew=True)) == 2
    assert not courses.learner_course(place.session, pupil, course.uid).steps[0].is_outdated


def test_a_new_attempt_for_a_new_version_uses_one_up(place, course, lesson):
    pupil = place.pupils[0]
    place.decide(item_of(course), max_attempts=1)
    begun = place.launch(pupil, course)
    bring(place, lesson)
    courses.take_newer(place.session, place.teacher, item_of(place.seen(course)))
    with pytest.raises(ConflictError, match="attempts_used_up"):
        place.launch(pupil, place.seen(course), anew=True)
    assert place.launch(pupil, place.seen(course)).attempt.id == begun.attempt.id


def test_an_item_that_follows_gets_new_versions_by_itself(place, course, lesson):
    place.decide(item_of(course), follows=True)
    bring(place, lesson)
    course = place.seen(course)
    assert courses.newer_versions(courses.items_of(course)) == {}
    assert number_at(place.launch(place.pupils[0], course)) == 2
    place.decide(item_of(course), follows=False)
    bring(place, lesson)
    course = place.seen(course)
    assert number_at(place.launch(place.pupils[1], course)) == 2


def test_teachers_read_on_their_desk_which_courses_are_behind(place, course, lesson):
    session, teacher = place.session, place.teacher
    assert courses.courses_behind(session, teacher) == {}
    bring(place, lesson)
    assert courses.courses_behind(session, teacher) == {course.id: 1}
    assert courses.courses_behind(session, place.pupils[0]) == {}
    lesson.status = Status.WITHDRAWN
    session.flush()
    assert courses.courses_behind(session, teacher) == {}


def test_everything_is_taken_over_at_once_and_twice_is_told(place, course, lesson):
    session, teacher = place.session, place.teacher
    bring(place, lesson)
    assert courses.take_all_newer(session, teacher, place.seen(course)) == 1
    assert courses.take_all_newer(session, teacher, place.seen(course)) == 0
    with pytest.raises(ConflictError, match="course_version_newest"):
        courses.take_newer(session, teacher, item_of(place.seen(course)))


def test_only_its_teachers_decide(place, course, lesson):
    bring(place, lesson)
    course = place.seen(course)
    for act in (
        lambda who: courses.take_newer(place.session, who, item_of(course)),
        lambda who: courses.take_all_newer(place.session, who, course),
    ):
        with pytest.raises((ForbiddenError, NotFoundError)):
            act(place.pupils[0])


def test_a_copy_keeps_to_the_same_version(place, course, lesson):
    bring(place, lesson)
    copy = courses.copy_course(place.session, place.teacher, place.seen(course), place.school, "Năm sau")
    assert item_of(place.seen(copy)).placement.version.number == 1


def test_a_file_opens_in_the_version_of_the_course_and_anew_after_it_changed(place):
    document = place.document()
    course = place.course(document)
    place.open(course)
    pupil, session = place.pupils[0], place.session
    course = place.seen(course)

    def visit():
        return courses.visit(session, pupil, course.uid, item_of(place.seen(course)).uid)

    first = visit()
    bring(place, document)
    assert visit().attempt.id == first.attempt.id
    courses.take_newer(session, place.teacher, item_of(place.seen(course)))
    assert number_at(visit()) == 2


def test_the_lesson_taught_that_follows_names_the_version_of_the_course(place, course, lesson):
    bring(place, lesson)
    course = place.seen(course)
    for pupil in place.pupils:
        place.take(pupil, course)
    taught = place.session.query(UsageAct).filter_by(kind=ActKind.TAUGHT).one()
    assert place.session.get(Version, taught.version_id).number == 1
