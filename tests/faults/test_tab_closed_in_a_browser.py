"""A tab goes away at a random moment: whoever comes back gets what was acknowledged and what the journal has kept."""

from __future__ import annotations

import json
import os
import random
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.support.chromium import ARGUMENTS, executable
from tests.support.restless import COURSES, step_of
from tests.support.restless_learner import RestlessLearner

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
    check_resumed(learner, kept, stored)


def check_resumed(learner, kept, stored):
    after = learner.stored()
    for activity in {*kept, *stored}:
        assert after[activity] >= max(kept[activity], stored.get(activity, 0))
    found = learner.sco().evaluate("() => window.found")
    if found:
        assert step_of(found) == after[found[0]]


class Device:
    """A browser with a profile of its own that is ended with the power."""

    def __init__(self, browser, profile):
        self.browser, self.profile = browser, profile

    def open(self):
        return self.browser.browser_type.launch_persistent_context(
            self.profile, executable_path=executable(), args=list(ARGUMENTS), locale="vi-VN"
        )

    def end(self):
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                line = (process / "cmdline").read_text()
                if str(self.profile) in line and "--type=" not in line:
                    os.kill(int(process.name), signal.SIGKILL)


@pytest.fixture(scope="module")
def device(browser, tmp_path_factory):
    return Device(browser, tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="module")
def owner(device, respawned, respawned_house):
    material = json.loads((respawned.home / "materials.json").read_text())["2004-some"]
    learner = RestlessLearner(device.open(), respawned, respawned_house, "2004-some", material)
    learner.sign_in()
    learner.launch()
    yield learner
    learner.context.close()


@pytest.mark.rounds(1, 25)
def test_a_device_that_is_switched_off_keeps_the_journal(owner, device, seed):
    source = random.Random(seed)
    before = owner.begin().stored()
    owner.play(source.choice([30, 120, 400]))
    owner.wait(source.uniform(20, 700))
    owner.cut()
    owner.play()
    known = owner.rest_in_the_journal()
    acknowledged = dict(owner.acknowledged)
    device.end()
    with suppress(Error):
        owner.context.close()
    owner.enter(device.open())

    kept, stored = owner.kept(), owner.stored()
    assert all(kept[activity] >= step for activity, step in known.items())
    assert all(stored[activity] >= step for activity, step in {**before, **acknowledged}.items())
    owner.context.clear_cookies()
    owner.sign_in()
    owner.launch()
    check_resumed(owner, kept, stored)
