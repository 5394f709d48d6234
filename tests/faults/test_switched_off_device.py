"""A device loses its power in the middle of a lesson: its browser has kept what had not been sent."""

import json
import os
import random
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.support.chromium import ARGUMENTS, executable
from tests.support.restless_learner import RestlessLearner

pytestmark = [pytest.mark.journey]


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
    owner.takes_over = True  # the window that lost its power has said no goodbye
    owner.launch()
    owner.check_resumed(kept, stored)
