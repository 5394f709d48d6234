"""The network fails at a random moment under a page that plays: nothing is lost, doubled or half stored."""

from __future__ import annotations

import random
from contextlib import contextmanager

import pytest

from tests.support.restless import COURSES, step_of
from tests.support.restless_learner import FAULTS

pytestmark = [pytest.mark.journey]


@contextmanager
def failing(learner, source):
    """A network that is gone, or that loses, delays, overtakes and invents answers."""
    if source.random() < 0.5:
        learner.cut()
        yield
        learner.mend()
        return
    learner.disturb(source.sample(FAULTS, source.randint(1, len(FAULTS))))
    yield
    learner.disturb([])


@pytest.mark.rounds(2, 200)
def test_after_a_cut_the_server_has_what_was_set_last(restless, seed):
    source = random.Random(seed)
    course = list(COURSES)[seed % len(COURSES)]
    learner = restless(course)
    before = learner.stored()

    learner.play(source.choice([30, 120, 400]))
    learner.wait(source.uniform(50, 500))
    with failing(learner, source):
        learner.wait(source.uniform(0, 400))
        if len(COURSES[course][1]) > 1 and source.random() < 0.6:
            learner.press(source.choice(["continue", "previous"]))
        learner.wait(source.uniform(50, 700))
    learner.rest()

    stored = learner.stored()
    for activity in learner.set:
        assert stored[activity] >= max(before.get(activity, 0), learner.acknowledged[activity])
        assert stored[activity] >= learner.set[activity]
    if source.random() < 0.3:
        learner.page.reload()
        learner.wait_for_content()
        found = learner.sco().evaluate("() => window.found")
        before, stored = stored, learner.stored()
        assert all(stored[activity] >= step for activity, step in before.items())
        assert step_of(found) == (stored[found[0]] if found else 0)
    if source.random() < 0.1:
        learner.rest()
        learner.press("exitAll")
        learner.player().wait_for_selector("[data-attempt-ended]")
        after = learner.stored()
        assert all(after[activity] >= step for activity, step in stored.items())
        learner.launch()
        learner.stored()
