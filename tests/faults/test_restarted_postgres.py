"""PostgreSQL that goes away and comes back under the running site: it recovers, and no acknowledged commit is lost."""

from __future__ import annotations

import random
import threading

import pytest
from sqlalchemy import select

from elearn.app import create_app
from elearn.database import schema
from elearn.house import open_house
from elearn.models.account import Role
from elearn.models.learning import ActivityState
from elearn.services import account as accounts
from elearn.services import curriculum
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from elearn.settings import load_settings
from tests.support.packages import scorm_package
from tests.support.postgres import DURABLE, postgres_server
from tests.support.shelf import AUTHOR, Player, put
from tests.support.web import PASSWORD, Browser

OK = 200
AWAY = 503
LOCATION = "cmi.core.lesson_location"
PATIENCE = 120


@pytest.fixture(scope="module")
def server():
    with postgres_server(DURABLE) as server:
        yield server


@pytest.fixture(scope="module")
def house(server, tmp_path_factory):
    house = open_house(load_settings({"ELEARN_DATABASE_URL": server.url}, home=tmp_path_factory.mktemp("home")))
    schema.upgrade(house.database)
    password = accounts.hash_password(PASSWORD)
    with house.database.write() as session:
        curriculum.seed(session)
        root = ensure_root(session, SYSTEM)
        for login, role in ((AUTHOR, Role.TEACHER), ("em", Role.STUDENT)):
            made = accounts.create_account(
                session, SYSTEM, login=login, display_name=login, unit=root, password_hash=password
            )
            accounts.grant_role(session, SYSTEM, made, role, root)
    yield house
    house.engine.close()
    house.close()


@pytest.fixture(scope="module")
def page(house):
    """An open player page; its commits are numbered on from round to round."""
    uid = put(house, scorm_package())
    browser = Browser(create_app(house))
    assert browser.sign_in("em").status_code == 303
    return Player(browser).open(uid)


class Learner(threading.Thread):
    """Commits one location after the other; a commit that is refused is sent again, as the player does."""

    def __init__(self, page):
        super().__init__()
        self.page = page
        self.over = threading.Event()
        self.acknowledged = self.refused = 0
        self.strange = []

    def run(self):
        while not self.over.is_set():
            message = self.page.message({LOCATION: str(self.page.number + 1)})
            while not self.over.is_set():
                status = self.page.post("/rt/commit", message).status_code
                if status == OK:
                    self.acknowledged = message["number"]
                    break
                self.refused += 1
                if status != AWAY:
                    self.strange.append(status)
            else:
                self.page.number -= 1  # never acknowledged: the next round sends it again


def await_more(learner, number):
    """Wait until the learner has a commit acknowledged that is newer than the number."""
    for _ in range(PATIENCE * 20):
        if learner.acknowledged > number:
            return
        assert learner.is_alive()
        threading.Event().wait(0.05)
    pytest.fail("commits were not taken again after the restart")


@pytest.mark.rounds(2, 100)
def test_commits_go_on_after_a_restart_and_none_that_was_acknowledged_is_lost(server, house, page, seed):
    learner = Learner(page)
    learner.start()
    try:
        await_more(learner, 0)
        threading.Event().wait(random.Random(seed).uniform(0, 0.5))
        server.stop()
        before = learner.acknowledged
        server.start()
        with house.database.read() as session:
            kept = [int(state.document[LOCATION]) for state in session.scalars(select(ActivityState))]
        assert kept[0] >= before
        await_more(learner, learner.acknowledged)
    finally:
        learner.over.set()
        learner.join()
    assert learner.strange == []
    with house.database.read() as session:
        state = session.scalars(select(ActivityState)).one()
    assert int(state.document[LOCATION]) in {learner.acknowledged, learner.acknowledged + 1}
