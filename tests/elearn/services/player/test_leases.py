import pytest
import time_machine

from elearn.clock import now
from elearn.models.learning import AttemptStatus
from elearn.services.errors import ConflictError
from elearn.services.player import lease
from tests.support.playing import FOURTH, one_sco, some_scos


@pytest.fixture
def lesson(classroom):
    return classroom.lesson(some_scos("a", "b"))


def test_a_second_tab_is_told_that_another_one_writes(classroom, lesson):
    classroom.play(lesson, tab="one")
    second = classroom.play(lesson, tab="two")
    assert not second.view.lease
    assert second.view.delivery is None


def test_a_reload_of_the_same_tab_goes_on_at_once(classroom, lesson):
    classroom.play(lesson, tab="one").commit({"cmi.location": "4"})
    again = classroom.play(lesson, tab="one")
    assert again.view.lease
    assert again.document["cmi.location"] == "4"


def test_two_tabs_without_a_name_are_two(classroom, lesson):
    classroom.play(lesson, tab="")
    assert not classroom.play(lesson, tab="").view.lease


def test_a_page_that_went_away_lets_the_next_one_write_after_a_while(classroom, lesson):
    with time_machine.travel(now(), tick=False) as clock:
        classroom.play(lesson, tab="one")
        clock.shift(lease.LEASE.total_seconds() + 1)
        assert classroom.play(lesson, tab="two").view.lease


def test_a_finished_page_lets_the_next_one_write_at_once(classroom, lesson):
    classroom.play(lesson, tab="one").walk("suspendAll")
    assert classroom.play(lesson, tab="two").view.lease


class TestPagesThatGoAway:
    """The last message of a page gives its lease up; whatever comes after it brings the lease back to nobody."""

    @pytest.fixture
    def page(self, classroom, lesson):
        return classroom.play(lesson, tab="one")

    @pytest.fixture
    def another(self, classroom, lesson):
        """Open the lesson in another browser."""
        return lambda: classroom.play(lesson, tab="two")

    def test_store_their_last_words_and_let_the_next_one_write_at_once(self, page, another):
        page.commit({"cmi.location": "4"}, leave=True)
        newer = another()
        assert newer.view.lease
        assert newer.document["cmi.location"] == "4"

    def test_may_leave_with_what_the_content_asks_for(self, page, another):
        page.walk(None, delta={"adl.nav.request": "continue"}, final=True, leave=True)
        newer = another()
        assert (newer.view.lease, newer.shows) == (True, "b")

    @pytest.mark.parametrize("kind", ["commit", "walk"])
    def test_leave_also_with_a_message_that_has_come_before(self, page, another, kind):
        page.commit({"cmi.location": "4"})
        page.number -= 1
        if kind == "commit":
            assert page.commit({"cmi.location": "4"}, leave=True).repeated
        else:
            page.walk(None, leave=True)
        assert another().view.lease

    @pytest.mark.parametrize("kind", ["commit", "walk"])
    def test_an_older_message_that_comes_after_the_goodbye_keeps_nobody_out(self, page, another, kind):
        page.number = 1
        page.commit({"cmi.location": "4"}, leave=True)
        page.number = 0
        if kind == "commit":
            assert page.commit({"cmi.location": "3"}).repeated
        else:
            page.walk("continue")
        newer = another()
        assert newer.view.lease
        assert newer.document["cmi.location"] == "4"

    def test_a_beat_that_comes_after_the_goodbye_keeps_nobody_out(self, page, another):
        lease.release(page.known())
        lease.extend(page.known())
        assert another().view.lease

    def test_what_comes_after_the_goodbye_is_stored_while_nobody_has_gone_on(self, page, another):
        lease.release(page.known())
        assert not page.commit({"cmi.location": "5"}).late
        newer = another()
        assert newer.view.lease
        assert newer.document["cmi.location"] == "5"

    def test_a_goodbye_that_comes_after_another_page_has_gone_on_takes_nothing_from_it(
        self, classroom, lesson, page, another
    ):
        another().take_over()
        assert page.commit({"cmi.location": "5"}, leave=True).late
        assert not classroom.play(lesson, tab="three").view.lease

    def test_a_page_that_comes_back_at_the_learners_word_writes_again(self, classroom, lesson, page):
        page.commit({}, leave=True)
        assert page.take_over().lease
        page.commit({"cmi.location": "5"})
        assert not classroom.play(lesson, tab="two").view.lease


def test_taking_over_resumes_where_the_other_page_was(classroom, lesson):
    first = classroom.play(lesson, tab="one")
    first.walk("continue", final=True)
    first.commit({"cmi.location": "4"})
    second = classroom.play(lesson, tab="two")
    view = second.take_over()
    assert view.lease
    assert (second.shows, second.document["cmi.location"]) == ("b", "4")


def test_the_page_that_lost_may_not_navigate(classroom, lesson):
    first = classroom.play(lesson, tab="one")
    classroom.play(lesson, tab="two").take_over()
    with pytest.raises(ConflictError, match="lease_lost"):
        first.walk("continue")


def test_the_page_that_lost_learns_it_from_its_next_commit(classroom, lesson):
    first = classroom.play(lesson, tab="one")
    classroom.play(lesson, tab="two").take_over()
    assert first.commit({"cmi.location": "4"}).late


def test_a_page_that_takes_over_again_shows_where_the_other_one_went(classroom, lesson):
    first = classroom.play(lesson, tab="one")
    second = classroom.play(lesson, tab="two")
    second.take_over()
    second.walk("continue", final=True)
    first.take_over()
    assert first.shows == "b"
    assert first.play.launched == 2


def test_a_page_that_asks_again_gets_what_it_runs(classroom, lesson):
    page = classroom.play(lesson)
    page.commit({"cmi.location": "4"})
    page.take_over()
    assert (page.shows, page.view.delivery.launch) == ("a", 1)
    assert page.document["cmi.location"] == "4"


def test_an_ended_attempt_cannot_be_taken_over(classroom, lesson):
    first = classroom.play(lesson, tab="one")
    second = classroom.play(lesson, tab="two")
    first.walk("exitAll")
    with pytest.raises(ConflictError, match="attempt_ended"):
        second.take_over()


class TestLateCommits:
    """Commits of a page that another one has succeeded."""

    @pytest.fixture
    def late(self, classroom):
        lesson = classroom.lesson(one_sco(FOURTH))
        page = classroom.play(lesson, tab="one")
        page.commit({"cmi.location": "2", "cmi.suspend_data": "cũ", "cmi.score.scaled": "0.5"})
        self.newer = classroom.play(lesson, tab="two")
        self.newer.take_over()
        self.newer.commit({"cmi.location": "7", "cmi.suspend_data": "mới"})
        return page

    def test_never_replace_location_and_suspend_data(self, late):
        late.commit({"cmi.location": "3", "cmi.suspend_data": "muộn"})
        self.newer.take_over()
        assert self.newer.document["cmi.location"] == "7"
        assert self.newer.document["cmi.suspend_data"] == "mới"

    def test_raise_completion_success_and_score(self, late):
        receipt = late.commit(
            {"cmi.completion_status": "completed", "cmi.success_status": "passed", "cmi.score.scaled": "0.9"}
        )
        assert receipt.completed
        assert (late.attempt.completion, late.attempt.success, late.attempt.score_scaled) == (
            "completed",
            "passed",
            0.9,
        )

    def test_never_lower_a_score(self, late):
        late.commit({"cmi.score.scaled": "0.4"})
        assert late.attempt.score_scaled == 0.5

    def test_never_lower_a_status(self, late):
        self.newer.commit({"cmi.completion_status": "completed", "cmi.success_status": "passed"})
        late.commit({"cmi.completion_status": "incomplete", "cmi.success_status": "failed"})
        assert (late.attempt.completion, late.attempt.success) == ("completed", "passed")

    def test_count_once(self, late):
        assert late.commit({"cmi.completion_status": "completed"}).completed
        late.number -= 1
        assert late.commit({"cmi.completion_status": "completed"}).repeated

    def test_reach_an_attempt_that_the_newer_page_has_finished(self, late):
        self.newer.walk("exitAll")
        assert late.attempt.status is AttemptStatus.ENDED
        late.commit({"cmi.score.scaled": "0.9"})
        assert late.attempt.score_scaled == 0.9

    def test_reach_the_tracking_of_a_part_that_the_newer_page_has_left(self, classroom):
        course = classroom.lesson(some_scos("a", "b"))
        page = classroom.play(course, tab="one")
        newer = classroom.play(course, tab="two")
        newer.take_over()
        newer.walk("continue", delta={"cmi.completion_status": "incomplete"}, final=True)
        page.commit({"cmi.completion_status": "completed"})
        newer.take_over()
        assert {entry["id"]: entry["completion"] for entry in newer.view.toc}["a"] == "completed"

    def test_do_not_reach_the_tracking_of_a_newer_attempt(self, classroom):
        course = classroom.lesson(some_scos("a", "b"))
        page = classroom.play(course, tab="one")
        newer = classroom.play(course, tab="two")
        newer.take_over()
        newer.walk("exitAll", delta={"cmi.completion_status": "incomplete"}, final=True)
        classroom.play(course, tab="two")
        before = newer.attempt.registration.tracking
        page.commit({"cmi.completion_status": "completed"})
        assert newer.attempt.registration.tracking == before

    @pytest.mark.parametrize(
        ("newer", "late", "result"),
        [
            ("incomplete", "completed", ("completed", "unknown")),
            ("completed", "passed", ("completed", "passed")),
            ("incomplete", "failed", ("completed", "failed")),
            ("failed", "passed", ("completed", "passed")),
            ("passed", "failed", ("completed", "passed")),
            ("completed", "failed", ("completed", "unknown")),
            ("completed", "incomplete", ("completed", "unknown")),
        ],
    )
    def test_raise_the_one_status_of_scorm_12_and_never_lower_it(self, classroom, newer, late, result):
        lesson = classroom.lesson(one_sco("1.2"))
        first = classroom.play(lesson, tab="one")
        second = classroom.play(lesson, tab="two")
        second.take_over()
        second.commit({"cmi.core.lesson_status": newer})
        first.commit({"cmi.core.lesson_status": late})
        assert (first.attempt.completion, first.attempt.success) == result


class TestJournals:
    """Commits that their page could not deliver, brought by another page of the same account."""

    def test_are_stored_as_if_the_page_had_sent_them(self, classroom, lesson):
        page = classroom.play(lesson)
        page.commit({"cmi.location": "4"}, journalled=True)
        assert classroom.play(lesson).document["cmi.location"] == "4"

    def test_leave_the_number_to_the_page_which_may_be_alive(self, classroom, lesson):
        page = classroom.play(lesson)
        page.commit({"cmi.location": "4"}, journalled=True)
        page.number = 0
        assert not page.commit({"cmi.location": "5"}).repeated
        assert classroom.play(lesson).document["cmi.location"] == "5"

    def test_make_a_repeat_of_what_their_page_had_sent_before(self, classroom, lesson):
        page = classroom.play(lesson)
        page.number = 1  # the first message is still on its way
        page.commit({"cmi.location": "5"}, journalled=True)
        page.number = 0
        assert page.commit({"cmi.location": "4"}).repeated
        assert classroom.play(lesson).document["cmi.location"] == "5"

    def test_are_recognised_when_the_page_has_delivered_them_itself(self, classroom, lesson):
        page = classroom.play(lesson)
        page.commit({"cmi.location": "5"})
        page.number = 0
        assert page.commit({"cmi.location": "4"}, journalled=True).repeated

    def test_are_no_sign_of_life_of_their_page(self, classroom, lesson):
        page = classroom.play(lesson, tab="one")
        with time_machine.travel(now() + lease.LEASE * 2, tick=False):
            page.commit({"cmi.location": "4"}, journalled=True)
            assert classroom.play(lesson, tab="two").view.lease

    def test_keep_their_goodbye(self, classroom):
        lesson = classroom.lesson(one_sco("1.2"))
        page = classroom.play(lesson)
        page.commit({"cmi.core.lesson_status": "completed"}, journalled=True, final=True)
        assert page.attempt.completion == "completed"
