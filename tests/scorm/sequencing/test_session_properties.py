"""What holds for any course and any walk."""

import json

from hypothesis import given, settings

from scorm.manifest.model import Edition
from scorm.sequencing import NavigationRequest, RequestKind, SequencingSession
from tests.support.any_course import organizations, walks

# Building thousands of different trees is slow at first on a busy machine; no test here is about time.
slow = settings(deadline=None, max_examples=30)


def opened(organization, states=(None, None, None)):
    registration, attempt, shared = json.loads(json.dumps(states))
    return SequencingSession(
        organization,
        Edition.SCORM_2004_4TH,
        registration_state=registration,
        attempt_state=attempt,
        global_objectives=shared,
        seed=5,
    )


def walk(organization, steps, *, reopening=True):
    """Yield the session and the step after each request."""
    session = opened(organization)
    for kind, target, document in steps:
        session.end_activity(document, suspended=kind is RequestKind.SUSPEND_ALL)
        step = session.navigate(NavigationRequest(kind, target))
        yield session, step
        if session.status == "ended":
            registration, _, shared = session.state()
            session = opened(organization, (registration, None, shared))
        elif reopening:
            session = opened(organization, session.state())


@slow
@given(organizations(), walks)
def test_any_request_is_answered_and_leaves_a_consistent_state(organization, steps):
    for session, step in walk(organization, steps):
        _, attempt, _ = session.state()
        if step.delivered is not None:
            assert session.current == step.delivered
            assert session.is_running
        if step.ended:
            assert session.current is None
            assert "active" not in attempt


@slow
@given(organizations(), walks)
def test_a_stored_state_is_the_whole_state(organization, steps):
    for session, _ in walk(organization, steps, reopening=False):
        again = opened(organization, session.state())
        assert again.state() == session.state()
        assert again.valid_requests() == session.valid_requests()
        assert again.toc() == session.toc()


@slow
@given(organizations(), walks)
def test_looking_at_the_table_changes_nothing(organization, steps):
    for session, _ in walk(organization, steps):
        before = session.state()
        session.toc(session.valid_requests())
        session.rolled_up()
        assert session.state() == before


@slow
@given(organizations(), walks)
def test_a_walk_replays_from_its_requests(organization, steps):
    def trace():
        return [(step.delivered, step.ended, step.exception) for _, step in walk(organization, steps)]

    assert trace() == trace()


@slow
@given(organizations(), walks)
def test_the_table_of_valid_requests_agrees_with_what_happens(organization, steps):
    """While nothing runs, the table foretells every request; before that, what NB.2.1 refuses."""
    for session, _ in walk(organization, steps):
        table, states, running = session.valid_requests(), session.state(), session.is_running

        def outcome(kind, target="", states=states):
            return opened(organization, states).navigate(NavigationRequest(kind, target))

        for name in ("start", "resumeAll", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"):
            exception = outcome(name).exception or ""
            assert table[name] is not exception.startswith("NB."), (name, exception)
        if not running:
            assert table["previous"] is (outcome("previous").delivered is not None)
            for name, allowed in table["choice"].items():
                assert allowed is (outcome("choice", name).delivered is not None), name
            for name, allowed in table["jump"].items():
                assert allowed is (outcome("jump", name).delivered is not None), name
