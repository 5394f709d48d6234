"""A tab goes away at a random moment: whoever comes back gets what was acknowledged and what the journal has kept."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.support.restless import COURSES

pytestmark = [pytest.mark.journey]


def close(learner):
    learner.page.close()
    learner.page = learner.new_page()


def close_in_order(learner):
    learner.page.close(run_before_unload=True)
    learner.page = learner.new_page()


def crash(learner):
    """The renderer dies, as it does when a tablet runs out of memory."""
    with suppress(Error):
        learner.page.goto("chrome://crash", timeout=1000)
    close(learner)


def go_away(learner):
    learner.page.goto(f"http://localhost:{learner.server.port}/library", wait_until="commit")


def reload(learner):
    learner.page.reload(wait_until="commit")


WAYS = (close, close_in_order, crash, go_away, reload)


@pytest.mark.rounds(2, 200)
def test_who_comes_back_gets_what_was_acknowledged_and_what_was_kept(restless, seed):
    source = random.Random(seed)
    course = list(COURSES)[seed % len(COURSES)]
    learner = restless(course)
    before = learner.stored()

    learner.play(source.choice([30, 120, 400]))
    learner.wait(source.uniform(20, 700))
    offline = source.random() < 0.4
    known = {}
    if offline:
        learner.cut()
        learner.wait(source.uniform(0, 500))
        if source.random() < 0.5:
            learner.play()
            known = learner.rest_in_the_journal()
    elif len(COURSES[course][1]) > 1 and source.random() < 0.5:
        learner.press(source.choice(["continue", "previous"]))
        learner.wait(source.uniform(0, 60))
    acknowledged = dict(learner.acknowledged)
    source.choice(WAYS[:3] if offline else WAYS)(learner)
    if offline:
        learner.mend()

    kept = learner.kept()
    stored = learner.stored()
    assert all(stored[activity] >= step for activity, step in acknowledged.items())
    assert all(stored[activity] >= step for activity, step in before.items())
    assert all(kept[activity] >= step for activity, step in known.items())
    source.choice([learner.launch, learner.come_back, learner.come_back])()
    learner.check_resumed(kept, stored)
