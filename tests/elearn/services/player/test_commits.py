import pytest

from elearn.models.learning import ActivityState, Phase
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.player.commits import ELEMENTS_PER_COMMIT, LARGEST_GAP, Commit
from tests.support.playing import FOURTH, one_sco, some_scos


@pytest.fixture
def page(classroom):
    """An open page of a lesson of one SCO."""
    return classroom.play(classroom.lesson(one_sco(FOURTH)))


def kept(page):
    """The stored document of the activity the page runs."""
    return page.session.query(ActivityState).filter_by(attempt_id=page.attempt.id, activity=page.play.activity).one()


def refusal_of(action):
    with pytest.raises(ServiceError) as refused:
        action()
    return refused.value


def test_a_commit_is_stored_with_its_outcome(page):
    receipt = page.commit({"cmi.completion_status": "completed", "cmi.score.scaled": "0.8", "cmi.location": "5"})
    assert receipt.rejected == {}
    assert kept(page).document["cmi.location"] == "5"
    assert page.attempt.completion == "completed"
    assert page.attempt.score_scaled == 0.8
    assert receipt.summary["completion"] == "completed"


def test_only_the_commit_that_completes_says_so(page):
    assert not page.commit({"cmi.completion_status": "incomplete"}).completed
    assert page.commit({"cmi.completion_status": "completed"}).completed
    assert not page.commit({"cmi.completion_status": "completed"}).completed


def test_a_repeated_number_is_recognised_and_changes_nothing(page):
    page.commit({"cmi.location": "5"})
    page.number = 0
    receipt = page.commit({"cmi.location": "1"})
    assert receipt.repeated
    assert receipt.number == 1
    assert kept(page).document["cmi.location"] == "5"


def test_a_number_that_was_overtaken_changes_nothing(page):
    page.number = 1
    page.commit({"cmi.location": "5"})
    page.number = 0
    assert page.commit({"cmi.location": "1"}).repeated
    assert kept(page).document["cmi.location"] == "5"


def test_numbers_may_be_left_out(page):
    page.number = LARGEST_GAP - 1
    page.commit({"cmi.location": "5"})
    assert page.play.last_number == LARGEST_GAP


def test_a_server_with_an_older_backup_takes_the_next_number_of_a_page(page):
    page.commit({"cmi.location": "4"})
    backup = page.play.last_number, dict(kept(page).document)
    for location in "567":
        page.commit({"cmi.location": location})
    page.play.last_number, kept(page).document = backup
    page.session.flush()
    assert not page.commit({"cmi.suspend_data": "x", "cmi.location": "8"}).repeated
    assert kept(page).document["cmi.location"] == "8"


def test_a_number_far_ahead_is_refused_and_uses_nothing_up(page):
    page.number = LARGEST_GAP
    refused = refusal_of(lambda: page.commit({"cmi.location": "5"}))
    assert (refused.status, refused.code) == (409, "number_ahead")
    assert "cmi.location" not in kept(page).document
    assert page.play.last_number == 0


@pytest.mark.parametrize("number", [0, -1, "1", 1.0, True, None, 2**31, 10**30])
def test_a_number_that_is_none_is_refused(number):
    refused = refusal_of(lambda: Commit.from_json({"number": number, "launch": 1}))
    assert (refused.status, refused.code, refused.params) == (400, "commit_malformed", {"field": "number"})


@pytest.mark.parametrize(
    ("message", "field"),
    [
        (None, "body"),
        ([], "body"),
        ({"number": 1}, "launch"),
        ({"number": 1, "launch": -1}, "launch"),
        ({"number": 1, "launch": 1, "delta": []}, "delta"),
        ({"number": 1, "launch": 1, "final": 1}, "final"),
        ({"number": 1, "launch": 1, "delta": dict.fromkeys(range(ELEMENTS_PER_COMMIT + 1))}, "delta"),
    ],
)
def test_a_message_of_another_form_is_refused(message, field):
    assert refusal_of(lambda: Commit.from_json(message)).params == {"field": field}


@pytest.mark.parametrize("launch", [0, 2, 99])
def test_a_commit_of_another_launch_is_refused(page, launch):
    refused = refusal_of(lambda: page.commit({"cmi.location": "5"}, launch=launch))
    assert (refused.status, refused.code) == (409, "launch_ended")


def test_a_commit_after_the_end_of_the_content_is_refused(page):
    page.commit({"cmi.location": "5"}, final=True)
    assert refusal_of(lambda: page.commit({"cmi.location": "6"})).code == "launch_ended"
    assert kept(page).document["cmi.location"] == "5"


def test_a_commit_after_the_end_of_the_attempt_is_refused(page):
    page.walk("exitAll", delta={"cmi.completion_status": "incomplete"})
    refused = refusal_of(lambda: page.commit({"cmi.completion_status": "completed"}))
    assert (refused.status, refused.code) == (409, "attempt_ended")
    assert page.attempt.completion == "incomplete"


def test_the_last_words_may_come_twice(page):
    page.commit({"cmi.exit": "suspend"}, journalled=True, final=True)
    page.number = 0
    page.commit({"cmi.exit": "suspend", "cmi.location": "5"}, final=True)
    assert kept(page).phase is Phase.TERMINATED


@pytest.mark.parametrize(
    ("element", "value", "code"),
    [
        ("cmi.score.scaled", "NaN", "406"),
        ("cmi.score.scaled", "1e400", "406"),
        ("cmi.score.raw", "-Infinity", "406"),
        ("cmi.score.scaled", "7", "407"),
        ("cmi.score.scaled", 0.5, "406"),
        ("cmi.nothing", "1", "401"),
        ("", "1", "351"),
        ("cmi.learner_id", "somebody-else", "404"),
        ("cmi.interactions.5.id", "q5", "351"),
        ("cmi.location", "a\x00b", "406"),
        ("cmi.location", "\ud800", "406"),
        ("cmi.session_time", "P" + "9" * 5000 + "Y", "406"),
    ],
)
def test_a_refused_element_is_named_with_its_error_and_the_others_are_stored(page, element, value, code):
    receipt = page.commit({element: value, "cmi.suspend_data": "câu 1"})
    assert receipt.rejected == {element: code}
    assert kept(page).document["cmi.suspend_data"] == "câu 1"
    page.session.flush()


def test_ten_thousand_elements_are_stored_in_one_commit(page):
    delta = {}
    for index in range(4000):
        delta[f"cmi.interactions.{index}.id"] = f"câu-{index}"
        delta[f"cmi.interactions.{index}.type"] = "true-false"
        delta[f"cmi.interactions.{index}.learner_response"] = "true"
    receipt = page.commit(delta)
    assert receipt.rejected == {}
    assert len(kept(page).document) > 12_000


def test_a_commit_without_a_status_does_not_load_the_course(page):
    assert page.commit({"cmi.location": "5"}).toc is None


def test_a_commit_that_moves_a_status_tells_what_may_be_chosen_now(classroom):
    page = classroom.play(classroom.lesson(some_scos("a", "b")))
    receipt = page.commit({"cmi.completion_status": "completed"})
    assert {entry["id"]: entry["completion"] for entry in receipt.toc} == {
        "o1": "unknown",
        "a": "completed",
        "b": "not attempted",
    }
    assert receipt.valid["continue"] is True


def test_a_course_of_several_parts_has_the_outcome_of_its_root(classroom):
    page = classroom.play(classroom.lesson(some_scos("a", "b")))
    page.walk("continue", delta={"cmi.completion_status": "completed", "cmi.success_status": "passed"}, final=True)
    assert page.attempt.completion != "completed"
    receipt = page.commit({"cmi.completion_status": "completed", "cmi.success_status": "passed"})
    assert receipt.completed
    assert page.attempt.completion == "completed"


def test_a_conflict_leaves_the_number_free(page):
    refusal_of(lambda: page.commit({}, launch=9))
    page.number = 0
    assert not page.commit({"cmi.location": "5"}).repeated


def test_refusals_are_conflicts_not_faults(page):
    with pytest.raises(ConflictError):
        page.commit({}, launch=9)
