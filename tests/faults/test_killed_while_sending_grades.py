"""kill -9 of the worker while it sends grades: every newest grade arrives, and none goes back."""

from __future__ import annotations

import random
import subprocess
import sys
import threading

import pytest
from sqlalchemy import update

from elearn.clock import now
from elearn.lti.keys import keyset, new_key
from elearn.models.lti_courses import LtiGrade
from elearn.services.lti import keys
from elearn.services.organisation import root_unit
from tests.support.factories import World
from tests.support.installation import Server, copied, opened_home
from tests.support.lti_grading import Embedded
from tests.support.lti_site import lti_site
from tests.support.moodle import Moodle

LEARNERS = 12
LOCAL = {"ELEARN_PRIVATE_HOSTS": "127.0.0.1"}


@pytest.fixture(scope="module")
def site():
    with lti_site() as site:
        yield site


@pytest.fixture(scope="module")
def place(prepared, site, tmp_path_factory):
    """A home with a link of the platform and a class that does its lesson."""
    home = copied(prepared, tmp_path_factory.mktemp("graded") / "home")
    private = new_key()
    site.know("https://hoclieu.example.vn", keyset=keyset([private]))
    with opened_home(home, **LOCAL) as house:
        with house.database.write() as session:
            keys.rotate(session, private)
            moodle = Moodle(World(session), root_unit(session), site.issuer)
            moodle.platform.product = "moodle"
        place = Embedded(house, site, moodle)
        for number in range(LEARNERS):
            place.learner(f"l{number}")
        yield place


def worker(place):
    environment = Server(place.house.settings.home, **LOCAL).environment
    return subprocess.Popen([sys.executable, "-m", "elearn.cli", "worker"], env=environment)


def await_scores(site, count, process):
    """Wait until the platform has taken so many scores."""
    while len(site.book.scores) < count:
        assert process.poll() is None
        threading.Event().wait(0.01)


@pytest.mark.rounds(1, 200)
def test_the_newest_grade_of_everybody_arrives(place, site, seed):
    source = random.Random(seed)
    begun = len(site.book.scores)
    reached = {f"l{number}": [] for number in range(LEARNERS)}

    def work(rounds):
        for _ in range(rounds):
            for subject, shares in reached.items():
                shares.append((seed * 7 + len(shares) * 13 + 5) % 97)
                place.reaches(shares[-1] / 100, subject)

    work(1)
    with worker(place) as process:
        await_scores(site, begun + 1, process)
        work(2)
        threading.Event().wait(source.uniform(0, 0.3))
        process.kill()
    work(1)
    with place.house.database.write() as session:  # as if the leases of the dead had run out
        session.execute(update(LtiGrade).where(LtiGrade.claimed_until.is_not(None)).values(claimed_until=now()))
    place.send()
    for subject, shares in reached.items():
        assert place.points(subject) == shares[-1]
        told = [round(told["scoreGiven"]) for _, told in site.book.scores[begun:] if told["userId"] == subject]
        assert [shares.index(points) for points in told] == sorted(shares.index(points) for points in told)
