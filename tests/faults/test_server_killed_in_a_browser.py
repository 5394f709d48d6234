"""kill -9 of the server at a random moment under a page that plays: it goes on where it was, and so does the page."""

from __future__ import annotations

import random

import pytest

from tests.support.restless import COURSES, step_of

pytestmark = [pytest.mark.journey]


@pytest.mark.rounds(2, 200)
def test_after_a_kill_the_server_has_what_was_set_last(restless, respawned, seed):
    source = random.Random(seed)
    course = list(COURSES)[seed % len(COURSES)]
    learner = restless(course)
    before = learner.stored()

    learner.play(source.choice([30, 120, 400]))
    learner.wait(source.uniform(20, 600))
    if len(COURSES[course][1]) > 1 and source.random() < 0.5:
        learner.press(source.choice(["continue", "previous"]))
        learner.wait(source.uniform(0, 60))
    respawned.kill()
    acknowledged = dict(learner.acknowledged)
    learner.wait(source.uniform(0, 500))
    closes = source.random() < 0.25
    if closes:
        learner.page.close()
        learner.page = learner.new_page()
    respawned.start()

    stored = learner.stored()
    assert all(stored[activity] >= step for activity, step in acknowledged.items())
    assert all(stored[activity] >= step for activity, step in before.items())
    if closes:
        kept = learner.kept()
        learner.come_back()
        found = learner.sco().evaluate("() => window.found")
        if found:
            assert step_of(found) >= max(kept[found[0]], stored[found[0]])
        return
    learner.rest()
    stored = learner.stored()
    assert all(stored[activity] >= step for activity, step in learner.set.items())
