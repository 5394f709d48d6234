"""From the gradebook a teacher opens what one learner has done; nobody changes anything there."""

import pytest

from tests.support.lti_doors import inside
from tests.support.lti_platform import LTI
from tests.support.shelf import Player


@pytest.fixture
def review(door, link):
    """What answers somebody who opens the work of a learner from the gradebook."""

    def ask(user="2", of="42", **changes):
        message = {f"{LTI}message_type": "LtiSubmissionReviewRequest", f"{LTI}for_user": {"user_id": of}}
        door.site.changes |= message | changes
        answer = door.click(user=user, link=link)
        for name in (*message, *changes):
            door.site.changes.pop(name)
        return answer

    return ask


@pytest.fixture
def attempt(door, link):
    """The attempt of the learner 42."""
    return door.click(link=link).location.rpartition("/")[2]


def test_a_teacher_sees_the_attempts_of_the_learner_and_how_they_went(door, review, attempt):
    teacher = inside(door.app, review())
    page = teacher.get("/activity/review").text
    assert "Trần Thị Bích" in page
    assert page.count("data-attempt-row") == 1
    for way in ("answers", "steps"):
        shown = teacher.get(f"/attempts/{attempt}/{way}")
        assert shown.status_code == 200, way
        assert "Trần Thị Bích" in shown.text


def test_a_teacher_does_not_play_for_the_learner(door, review, attempt):
    teacher = inside(door.app, review())
    assert teacher.get(f"/play/{attempt}").status_code == 404
    assert Player(teacher).browser.ask(f"/play/{attempt}/code", {"tab": "1"}).status_code == 404


def test_whoever_has_never_come_has_done_nothing(door, review, attempt):
    page = inside(door.app, review(of="99")).get("/activity/review")
    assert "Học sinh này chưa mở hoạt động" in page.text


def test_learners_see_their_own_work_and_nobody_elses(door, review, attempt):
    own = inside(door.app, review(user="42"))
    assert own.get("/activity/review").text.count("data-attempt-row") == 1
    assert own.get(f"/attempts/{attempt}/answers").status_code in {403, 404}
    door.site.enrol("43", "Minh", "Lý A")
    refused = review(user="43")
    assert refused.status_code == 403
    assert "Chỉ giáo viên" in refused.text


def test_a_teacher_of_another_course_sees_nothing(door, link, attempt):
    door.site.changes[f"{LTI}context"] = {"id": "other", "title": "Toán 5"}
    other = door.site.place("Bài khác", door.site.links[link].url).id
    teacher = inside(door.app, door.click(user="2", link=other))
    assert teacher.get(f"/attempts/{attempt}/answers").status_code == 404


def test_an_activity_that_nobody_has_opened(door, review):
    assert review().status_code == 404
    assert door.events() == [("launch", "lti_review_not_found")]


def test_a_launch_that_is_about_nobody_has_no_review(door, link):
    assert door.enter(user="2", link=link).get("/activity/review").status_code == 404
