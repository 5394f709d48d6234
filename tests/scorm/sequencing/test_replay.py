"""A walk replays from its request log: any course, any walk, several pages, suspended and resumed, chance and time."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm.manifest.model import Edition
from scorm.sequencing import NavigationRequest, RequestKind, SequencingSession
from scorm.sequencing.events import LONGEST_TRACE, Event, EventKind, result_of
from scorm.sequencing.replay import States, replay
from scorm.sequencing.runtime_mapping import read_by_transfer
from scorm.sequencing.tree import TraceEntry
from tests.support.activity_trees import COMPLETED, PASSED, SUSPENDED, Learner, activity, organization, rule
from tests.support.any_course import documents, organizations, targets, walks

slow = settings(deadline=None, max_examples=30)
SEED = 11


class Clock:
    """A clock that goes on by some seconds whenever it is looked at."""

    def __init__(self):
        self.moment = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)

    def __call__(self):
        self.moment += timedelta(seconds=0.7)
        return self.moment


class Recorder:
    """A learner whose every page loads the stored states, and whose happenings are written down as JSON."""

    def __init__(self, course, edition=Edition.SCORM_2004_4TH, states=States(), seed=SEED):  # noqa: B008 - frozen
        self.course, self.edition, self.seed, self.clock = course, edition, seed, Clock()
        self.start = self.states = states
        self.log, self.steps = [], []
        self.left = states.objectives

    def session(self):
        return SequencingSession(
            self.course,
            self.edition,
            registration_state=self.states.registration,
            attempt_state=self.states.attempt,
            global_objectives=self.states.objectives,
            clock=self.clock,
            seed=self.seed,
        )

    def does(self, *requests):
        """One message of a page: the end of what runs, and requests, all in one transaction."""
        session = self.session()
        for kind, target, document in requests:
            session.end_activity(document, suspended=kind is RequestKind.SUSPEND_ALL)
            session.navigate(NavigationRequest(kind, target))
        self.store(session)

    def amends(self, activity, document):
        session = self.session()
        session.amend(activity, document)
        self.store(session)

    def store(self, session):
        happened = session.take_happened()
        self.log += json.loads(json.dumps([each.event.to_json() for each in happened]))
        self.steps += [each.step for each in happened]
        self.states = States(*json.loads(json.dumps(session.state())))

    def replayed(self):
        events = [Event.from_json(each) for each in self.log]
        return list(replay(self.course, self.edition, self.seed, self.start, events))


def assert_replays(recorder):
    seen = recorder.replayed()
    assert [each.step for each in seen] == recorder.steps
    if seen:
        assert States(*json.loads(json.dumps(seen[-1].session.state()))) == recorder.states


@slow
@given(organizations(), walks, st.integers(1, 4))
def test_any_walk_replays_to_the_stored_state_however_its_messages_are_cut(course, steps, at_once):
    recorder = Recorder(course)
    for place in range(0, len(steps), at_once):
        recorder.does(*steps[place : place + at_once])
    assert_replays(recorder)


@slow
@given(organizations(), walks, walks)
def test_a_second_attempt_replays_from_the_tracking_of_the_first(course, first, second):
    earlier = Recorder(course)
    for step in first:
        earlier.does(step)
    later = Recorder(course, states=States(earlier.states.registration, None, earlier.states.objectives))
    for step in second:
        later.does(step)
    assert_replays(later)


@slow
@given(organizations(), walks, targets, documents)
def test_words_that_came_late_replay_too(course, steps, target, document):
    recorder = Recorder(course)
    for step in steps:
        recorder.does(step)
    if any(item.identifier == target for item in course.walk()):
        recorder.amends(target, document)
    assert_replays(recorder)


@slow
@given(organizations(), walks)
def test_the_reduced_document_moves_tracking_like_the_whole(course, steps):
    def walked(reduce):
        learner = Recorder(course)
        for kind, target, document in steps:
            whole = document | {"cmi.suspend_data": "x" * 50, "cmi.interactions.0.id": "q", "cmi.objectives.7.id": "no"}
            current = learner.session()._tree.current
            reduced = read_by_transfer(current, whole) if current is not None else whole
            learner.does((kind, target, reduced if reduce else whole))
        return learner.states

    assert walked(reduce=True) == walked(reduce=False)


def test_a_log_keeps_of_a_document_only_what_tracking_reads():
    course = organization(activity("a"))
    recorder = Recorder(course)
    recorder.does((RequestKind.START, "", {}))
    recorder.does((RequestKind.SUSPEND_ALL, "", PASSED | SUSPENDED | {"cmi.suspend_data": "x", "cmi.location": "3"}))
    assert recorder.log[1]["document"] == PASSED | SUSPENDED


@pytest.mark.parametrize("timing", ["once", "onEachNewAttempt"])
def test_selected_and_reordered_children_come_again_from_the_seed(timing):
    children = [activity(f"a{number}") for number in range(8)]
    options = {"randomization_timing": timing, "selection_timing": timing, "select_count": 4, "reorder_children": True}
    course = organization(*children, **options)
    recorder = Recorder(course, seed=1234)
    for kind in (RequestKind.START, *[RequestKind.CONTINUE] * 2, RequestKind.SUSPEND_ALL, RequestKind.RESUME_ALL):
        recorder.does((kind, "", COMPLETED))
    assert_replays(recorder)
    assert recorder.states.registration["activities"]["root"]["order"]


def test_objectives_that_another_course_has_moved_meanwhile_stand_in_the_event():
    moved = {"g": {"satisfied": True}}
    events = [Event(EventKind.NAVIGATE, "2026-11-02T07:30:00+00:00", request=NavigationRequest("start"), opens=True)]
    again = [Event.from_json(event.to_json() | {"objectives": moved}) for event in events]
    seen = list(replay(organization(activity("a")), Edition.SCORM_2004_4TH, 1, States(), again))
    assert seen[-1].session.state()[2] == moved


def test_an_event_keeps_the_time_of_what_it_does():
    recorder = Recorder(organization(activity("a")))
    recorder.does((RequestKind.START, "", {}))
    assert recorder.states.registration["activities"]["a"]["at"] == recorder.log[-1]["at"]


def test_a_step_names_the_rule_and_the_conditions_that_held():
    learner = Learner(organization(activity("a", rule("skip", "never"), rule("skip", "always", "never", any_of=True))))
    step = learner.does("start")
    assert TraceEntry("UP.2", "a", "skip", 1, (0,)) in step.trace


def test_what_is_kept_of_a_step_is_bounded_and_comes_back_from_json():
    learner = Learner(organization(*(activity(f"a{number}", rule("skip")) for number in range(150)), activity("z")))
    step = learner.does("start")
    kept = json.loads(json.dumps(result_of(step)))
    assert (kept["delivered"], len(kept["trace"])) == ("z", LONGEST_TRACE)
    assert kept["left_out"] == len(step.trace) - LONGEST_TRACE
    assert [TraceEntry.from_json(entry) for entry in kept["trace"]] == list(step.trace[-LONGEST_TRACE:])
