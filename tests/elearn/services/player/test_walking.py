import pytest

from elearn.models.learning import ActivityState, AttemptStatus, Phase
from elearn.services.errors import ConflictError
from tests.support.manifests import manifest_xml, sco
from tests.support.playing import FLOW, FOURTH, one_sco, some_scos

DONE = {"cmi.completion_status": "completed"}


@pytest.fixture
def page(classroom):
    """An open page of a course of three parts."""
    return classroom.play(classroom.lesson(some_scos("a", "b", "c")))


def entry(view, identifier):
    return next(each for each in view.toc if each["id"] == identifier)


def phase(page, activity):
    return page.session.query(ActivityState).filter_by(attempt_id=page.attempt.id, activity=activity).one().phase


def test_next_takes_the_last_words_and_shows_the_next_part(page):
    view = page.walk("continue", delta=DONE, final=True)
    assert page.shows == "b"
    assert entry(view, "a")["completion"] == "completed"
    assert phase(page, "a") is Phase.IDLE
    assert phase(page, "b") is Phase.RUNNING


def test_previous_goes_back(page):
    page.walk("continue")
    page.walk("previous")
    assert page.shows == "a"


def test_a_part_can_be_chosen_from_the_contents(page):
    page.walk("choice", "c")
    assert page.shows == "c"


def test_the_contents_begin_with_the_root_and_tell_what_can_be_chosen(page):
    assert [each["id"] for each in page.view.toc] == ["o1", "a", "b", "c"]
    assert entry(page.view, "a")["current"]
    assert entry(page.view, "c")["selectable"]


def test_a_part_that_does_not_exist_is_refused_and_nothing_new_runs(page):
    view = page.walk("choice", "nowhere")
    assert view.exception is not None
    assert view.delivery is None
    assert not view.ended


def test_next_after_the_last_part_ends_the_attempt(page):
    page.walk("choice", "c")
    assert page.walk("continue").ended
    assert page.attempt.status is AttemptStatus.ENDED


def test_a_repeated_navigation_is_answered_with_what_runs_now(page):
    page.walk("continue")
    page.number = 0
    page.walk("continue")
    assert (page.shows, page.play.launched) == ("b", 2)


def test_navigation_after_the_end_is_refused(page):
    page.walk("exitAll")
    with pytest.raises(ConflictError, match="attempt_ended"):
        page.walk("continue")


def test_a_navigation_far_ahead_is_refused(page):
    page.number = 1_000_000
    with pytest.raises(ConflictError, match="number_ahead"):
        page.walk("continue")
    assert page.play.last_number == 0


class TestRequestsOfContent:
    @pytest.mark.parametrize(
        ("request_", "shows", "ended"),
        [
            ("continue", "b", False),
            ("{target=c}choice", "c", False),
            ("{target=c}jump", "c", False),
            ("exitAll", None, True),
            ("abandonAll", None, True),
            ("suspendAll", None, True),
            ("exit", None, False),
        ],
    )
    def test_are_performed_when_it_has_ended(self, page, request_, shows, ended):
        view = page.walk(None, delta={"adl.nav.request": request_}, final=True)
        assert (page.shows, view.ended) == (shows, ended)

    def test_to_exit_take_it_away(self, page):
        assert not page.walk(None, delta={"adl.nav.request": "exit"}, final=True).running

    def test_that_do_not_exist_leave_it_where_it_is(self, page):
        view = page.walk(None, final=True)
        assert view.running
        assert view.delivery is None

    def test_lose_to_the_learners_own(self, page):
        page.walk("continue", delta={"adl.nav.request": "exitAll"}, final=True)
        assert page.shows == "b"

    @pytest.mark.parametrize("word", ["time-out", "logout"])
    def test_time_out_and_logout_end_the_attempt(self, page, word):
        assert page.walk(None, delta={"cmi.exit": word}, final=True).ended

    def test_are_forgotten_at_the_next_launch(self, page):
        page.walk(None, delta={"adl.nav.request": "continue"}, final=True)
        page.walk("previous")
        assert "adl.nav.request" not in page.document


class TestWhatHasNoVoice:
    def pictures(self, edition):
        attribute = "adlcp:scormtype" if edition == "1.2" else "adlcp:scormType"
        resources = "".join(
            f'<resource identifier="r-{name}" type="webcontent" {attribute}="asset" href="{name}.html"/>'
            for name in "ab"
        )
        items = "".join(f'<item identifier="{n}" identifierref="r-{n}"><title>{n}</title></item>' for n in "ab")
        flow = "" if edition == "1.2" else FLOW
        organizations = (
            f'<organizations default="o1"><organization identifier="o1"><title>Ảnh</title>{items}{flow}'
            "</organization></organizations>"
        )
        return manifest_xml(edition, organizations=organizations, resources=resources)

    @pytest.mark.parametrize("edition", ["1.2", FOURTH])
    def test_is_complete_when_it_has_been_seen(self, classroom, edition):
        page = classroom.play(classroom.lesson(self.pictures(edition)))
        view = page.walk("continue")
        assert entry(view, "a")["completion"] == "completed"
        view = page.walk("exitAll")
        assert view.completed
        assert page.attempt.completion == "completed"

    def test_counts_what_it_says_when_it_speaks_nevertheless(self, classroom):
        page = classroom.play(classroom.lesson(self.pictures("1.2")))
        view = page.walk("continue", delta={"cmi.core.lesson_status": "incomplete"}, final=True)
        assert entry(view, "a")["completion"] == "incomplete"

    def test_is_complete_when_its_page_says_that_it_was_closed(self, classroom):
        page = classroom.play(classroom.lesson(self.pictures(FOURTH)))
        receipt = page.commit(final=True)
        assert {each["id"]: each["completion"] for each in receipt.toc}["a"] == "completed"

    def test_a_place_with_nothing_to_launch_is_shown_empty_and_can_be_left(self, classroom):
        items = (
            '<item identifier="a"><title>A</title></item><item identifier="b" identifierref="r"><title>B</title></item>'
        )
        manifest = manifest_xml("1.2", items=items, resources=sco("r", "b.html").replace("scormType", "scormtype"))
        page = classroom.play(classroom.lesson(manifest))
        if page.shows is None:
            page.walk("choice", "a")
        assert (page.shows, page.view.delivery.path) == ("a", "")
        page.walk("continue")
        assert page.shows == "b"

    def test_a_page_of_another_site_is_named_by_its_whole_address(self, classroom):
        manifest = manifest_xml(FOURTH, resources=sco("r1", "https://example.org/bai.html"))
        page = classroom.play(classroom.lesson(manifest))
        assert page.view.delivery.path == "https://example.org/bai.html"


def test_a_lesson_of_one_part_without_flow_starts_by_itself(classroom):
    assert classroom.play(classroom.lesson(one_sco(FOURTH))).shows == "i1"


def test_a_course_without_flow_waits_for_the_learner(classroom):
    page = classroom.play(classroom.lesson(some_scos("a", "b").replace('flow="true"', 'flow="false"')))
    assert page.shows is None
    assert page.view.lease
    page.walk("choice", "b")
    assert page.shows == "b"


def test_parameters_and_data_of_an_item_reach_its_content(classroom):
    item = (
        '<item identifier="i1" identifierref="r1" parameters="?cau=2"><title>Bài 1</title>'
        "<adlcp:dataFromLMS>mức 3</adlcp:dataFromLMS></item>"
    )
    page = classroom.play(classroom.lesson(one_sco(FOURTH, items=item)))
    assert page.view.delivery.path == "index.html?cau=2"
    assert page.document["cmi.launch_data"] == "mức 3"


def test_content_learns_an_opaque_id_and_the_name_of_its_learner(classroom):
    page = classroom.play(classroom.lesson(one_sco(FOURTH)))
    assert page.document["cmi.learner_id"] == page.play.account.uid
    assert page.document["cmi.learner_name"] == page.play.account.display_name


def test_names_longer_than_any_column_are_played_like_others(classroom):
    name = "hoạt-động-" + "x" * 300
    course = classroom.lesson(some_scos("a", "b").replace('identifier="b"', f'identifier="{name}"'))
    page = classroom.play(course)
    page.walk("continue")
    page.commit({"cmi.location": "4"})
    again = classroom.play(course)
    assert (again.shows, again.document["cmi.location"]) == (name, "4")


def test_a_course_of_1_2_with_one_part_shows_no_devices_that_lead_nowhere(classroom):
    alone = classroom.play(classroom.lesson(one_sco()))
    assert {"continue", "previous"} <= set(alone.view.valid["hidden"])
    receipt = alone.commit({"cmi.core.lesson_status": "incomplete"})
    assert {"continue", "previous"} <= set(receipt.valid["hidden"])


def test_words_that_come_with_the_walk_after_the_goodbye_are_kept(page):
    page.commit({"cmi.location": "1"}, final=True)
    page.walk("continue", delta={"cmi.location": "2"})

    assert document(page, "a")["cmi.location"] == "2"


def test_nothing_is_added_to_a_part_that_was_left(page):
    page.walk("suspendAll", delta={"cmi.location": "1"}, final=True)
    before = document(page, "a")
    with pytest.raises(ConflictError):
        page.walk("continue", delta={"cmi.location": "2"})

    assert document(page, "a") == before


def document(page, activity):
    return page.session.query(ActivityState).filter_by(attempt_id=page.attempt.id, activity=activity).one().document


LEAVING = {"cmi.exit": "suspend", "cmi.location": "4", "adl.nav.request": "exitAll"}


def test_one_part_that_leaves_everything_to_be_resumed_is_resumed(classroom):
    lesson = classroom.lesson(some_scos("a"))
    page = classroom.play(lesson)
    page.walk(delta=LEAVING, final=True)
    assert page.attempt.status is AttemptStatus.SUSPENDED
    again = classroom.play(lesson).document
    assert (again["cmi.entry"], again["cmi.location"]) == ("resume", "4")


def test_one_of_several_parts_that_leaves_everything_ends_the_attempt(classroom):
    page = classroom.play(classroom.lesson(some_scos("a", "b")))
    page.walk(delta=LEAVING, final=True)
    assert page.attempt.status is AttemptStatus.ENDED


def test_a_course_of_1_2_goes_on_after_a_page_that_logged_out(classroom):
    course = classroom.lesson(some_scos("a", "b", edition="1.2"))
    page = classroom.play(course)
    done = {"cmi.core.lesson_status": "passed", "cmi.core.exit": "logout"}
    assert not page.walk(None, delta=done, final=True).ended
    page.walk("continue")
    assert page.shows == "b"


def test_in_2004_only_the_manifest_hides_a_device(classroom):
    alone = classroom.play(classroom.lesson(some_scos("a")))
    assert alone.view.valid["hidden"] == []
    assert alone.commit({"cmi.completion_status": "incomplete"}).valid["hidden"] == []
