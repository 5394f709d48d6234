"""After the end of an attempt: once more, as the policy allows it, and only for the learner's own."""

import pytest
from sqlalchemy import select

from elearn.models.learning import Placement
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, Player, put


@pytest.fixture
def lesson(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def player(sign_in):
    return Player(sign_in("hoc.sinh"))


@pytest.fixture
def ended(player, lesson):
    """The uid of an attempt that its learner has finished."""
    opened = player.open(lesson)
    assert opened.walk("exitAll").json["ended"]
    return opened.start["attempt"]


def allow(house, attempts):
    with house.database.write() as session:
        session.scalars(select(Placement)).one().policy = {"max_attempts": attempts}


def test_a_learner_begins_once_more(player, ended):
    assert player.browser.get(f"/play/{ended}/ways").json == {"retry": True, "next": None}
    answer = player.browser.post(f"/play/{ended}/ways", {"way": "retry"})
    assert answer.status_code == 303
    assert ended not in answer.location
    assert player.browser.get(answer.location).status_code == 200


def test_attempts_that_are_used_up_are_not_offered_and_are_refused(player, ended, house):
    allow(house, 1)
    assert player.browser.get(f"/play/{ended}/ways").json["retry"] is False
    answer = player.browser.post(f"/play/{ended}/ways", {"way": "retry"})
    assert answer.status_code == 409
    assert "lượt" in answer.text


def test_an_attempt_that_is_under_way_is_gone_on_with(player, lesson):
    attempt = player.launch(lesson)
    answer = player.browser.post(f"/play/{attempt}/ways", {"way": "retry"})
    assert answer.location == f"/play/{attempt}"


@pytest.mark.parametrize("way", ["next", "", "anderswo"])
def test_a_way_that_there_is_not_is_refused(player, ended, way):
    assert player.browser.post(f"/play/{ended}/ways", {"way": way}).status_code == 400


def test_the_attempt_of_somebody_else_is_not_found(sign_in, ended):
    other = sign_in("ban.hoc")
    assert other.get(f"/play/{ended}/ways").status_code == 404
    assert other.post(f"/play/{ended}/ways", {"way": "retry"}).status_code == 404
