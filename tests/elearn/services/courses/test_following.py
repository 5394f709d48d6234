"""What follows a lesson in its course."""

from elearn.models.material import Status
from elearn.services import courses


def taken(place, pupil, item):
    """The learner has done an item."""
    attempt = place.launch(pupil, item.course, item).attempt
    attempt.completion = "completed"
    place.session.flush()


def test_the_next_lesson_is_the_first_one_after_it_that_is_open_and_not_done(place):
    lessons = [place.lesson(f"Bài {number}") for number in range(4)]
    course = place.course(*lessons)
    place.open(course)
    pupil = place.pupils[0]
    items = courses.items_of(place.seen(course))
    assert courses.next_item(place.session, pupil, items[0]).title == "Bài 1"

    taken(place, pupil, items[1])
    lessons[2].status = Status.WITHDRAWN
    place.session.flush()
    assert courses.next_item(place.session, pupil, items[0]).title == "Bài 3"
    assert courses.next_item(place.session, pupil, items[3]) is None


def test_a_lesson_played_from_the_library_is_followed_by_nothing(place):
    lesson = place.lesson()
    assert (
        courses.item_at(place.session, place.world.attempt(place.teacher_account, lesson).registration.placement)
        is None
    )
