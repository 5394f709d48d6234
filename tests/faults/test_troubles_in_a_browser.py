"""What happens in classrooms: tokens and sign-ins that end, shared computers, sleep, clocks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select, update

from elearn.clock import now
from elearn.models.account import BrowserSession
from elearn.models.learning import PlaySession
from tests.support.restless import step_of

pytestmark = [pytest.mark.journey]


@pytest.fixture
def learner(restless):
    learner = restless("2004-some")
    yield learner
    learner.mend()


def everything_is_there(learner):
    learner.rest()
    stored = learner.stored()
    assert all(stored[activity] >= step for activity, step in learner.set.items())
    assert learner.set


def sign_outs(house):
    """What a night does: nobody is signed in any more."""
    with house.database.write() as session:
        session.execute(delete(BrowserSession))


def test_a_token_that_runs_out_in_class_is_renewed_in_silence(learner, respawned_house):
    with respawned_house.database.write() as session:
        session.execute(update(PlaySession).values(expires_at=now() - timedelta(minutes=1)))
    learner.play(50)
    learner.wait(500)
    everything_is_there(learner)
    with respawned_house.database.read() as session:
        newest = session.scalars(select(PlaySession).order_by(PlaySession.expires_at.desc())).first()
        assert newest.expires_at > now() + timedelta(hours=3)


def test_a_learner_whose_sign_in_has_ended_signs_in_elsewhere_and_loses_nothing(learner, respawned_house):
    learner.play(50)
    learner.rest()
    sign_outs(respawned_house)
    learner.play(50)
    expect(learner.page.locator("#saved")).to_have_attribute("data-state", "refused")
    lesson, learner.page = learner.page, learner.new_page()
    learner.sign_in()
    learner.page.close()
    learner.page = lesson
    lesson.locator("#saved").click()
    lesson.locator("#saved-now").click()
    learner.wait_for_content()
    everything_is_there(learner)


def test_what_was_left_in_the_evening_is_delivered_from_the_start_page_the_next_day(learner, respawned_house, restless):
    learner.play(50)
    learner.rest()
    learner.cut()
    learner.play(50)
    known = learner.rest_in_the_journal()
    learner.page.close()
    learner.page = learner.new_page()
    sign_outs(respawned_house)
    learner.mend()

    other = restless("12-one").login
    own, learner.login = learner.login, other
    learner.sign_in()
    learner.page.goto(f"http://localhost:{learner.server.port}/")
    assert learner.page.evaluate("() => Journal.drain()") == []
    expect(learner.page.locator("#undelivered")).to_be_hidden()
    learner.context.clear_cookies()
    kept = learner.kept()
    assert all(kept[activity] >= step for activity, step in known.items())

    learner.login = own
    learner.context.route("**/play/journal", lambda route: route.fulfill(body="<p>Wi-Fi", content_type="text/html"))
    learner.sign_in()
    learner.page.goto(f"http://localhost:{learner.server.port}/")
    expect(learner.page.locator("#undelivered")).to_contain_text("1 bài giảng")
    learner.context.unroute_all()
    learner.page.locator("#undelivered-now").click()
    expect(learner.page.locator("#undelivered-text")).to_have_text("Đã gửi hết bài làm còn lại trên máy này.")
    assert learner.stored().items() >= kept.items()
    learner.launch()
    found = learner.sco().evaluate("() => window.found")
    assert step_of(found) == kept[found[0]]


def test_a_device_clock_that_jumps_confuses_nothing(learner):
    learner.play(30)
    for minutes in (10, -10, 0, -600):
        learner.page.clock.set_system_time(now() + timedelta(minutes=minutes))
        learner.wait(150)
    everything_is_there(learner)


def test_a_page_that_sleeps_goes_on_where_it_was(learner):
    learner.play(30)
    phone = learner.context.new_cdp_session(learner.page)
    phone.send("Page.setWebLifecycleState", {"state": "frozen"})
    learner.wait(300)
    phone.send("Page.setWebLifecycleState", {"state": "active"})
    everything_is_there(learner)


def test_a_part_that_the_network_did_not_bring_comes_when_it_is_back(learner):
    learner.rest()
    reloads = learner.reloads
    part = re.compile(r"/f/.*/[a-c][.]html")
    learner.context.route(part, lambda route: route.abort())
    for device in ("continue", "previous"):
        learner.press(device)
    expect(learner.page.frame_locator("#player").locator("#notice")).to_contain_text("Mất kết nối")
    learner.context.unroute(part)
    learner.wait_for_content()
    assert learner.reloads == reloads
