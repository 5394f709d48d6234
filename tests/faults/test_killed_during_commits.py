"""kill -9 while learners commit: what was acknowledged is there, whole, and a repeat is recognised."""

from __future__ import annotations

import http.client
import json
import random
import threading
from contextlib import closing

import pytest
from sqlalchemy import select

from elearn.models.learning import ActivityState, PlaySession
from tests.support.installation import LEARNERS, Player, opened_home

LONGEST_LIFE = 1.5  # seconds of committing before the kill
LOST = (OSError, http.client.HTTPException)


def delta(number: int, source: random.Random) -> dict[str, str]:
    """One state in three elements, so that half of it would be noticed."""
    return {
        "cmi.core.lesson_location": str(number),
        "cmi.suspend_data": f"{number}:" + "x" * source.choice([10, 4000, 60_000]),
        "cmi.core.score.raw": str(number % 101),
    }


class Journal:
    """A learner and what was sent; it goes on committing until the server is gone."""

    def __init__(self, player: Player, seed: int) -> None:
        self.player = player
        self.sent: dict[int, dict[str, str]] = {}
        self._source = random.Random(seed)

    def fill(self) -> None:
        while True:
            number = self.player.number + 1
            self.sent[number] = delta(number, self._source)
            try:
                answer = self.player.commit_next(self.sent[number])
            except LOST:
                self.player.close()
                return
            assert answer.status == 200, answer.text


def stored(home, player):
    """The number of the newest message that was taken, and the document, of a player's page."""
    with opened_home(home) as house, house.database.read() as session:
        play = session.scalars(select(PlaySession).where(PlaySession.uid == player.start["session"])).one()
        state = session.scalars(select(ActivityState).where(ActivityState.attempt_id == play.attempt_id)).one()
        return play.last_number, dict(state.document)


@pytest.mark.rounds(3, 200)
def test_no_acknowledged_commit_is_lost_and_a_repeat_is_recognised(battered, seed):
    source = random.Random(seed)
    material = battered.material
    journals = [Journal(Player(battered.port, login, material), seed) for login in LEARNERS]
    threads = [threading.Thread(target=journal.fill) for journal in journals]
    for thread in threads:
        thread.start()
    threading.Event().wait(source.uniform(0.2, LONGEST_LIFE))
    battered.kill()
    for thread in threads:
        thread.join()
    battered.start()

    for journal in journals:
        player, sent = journal.player, journal.sent
        number, document = stored(battered.home, player)
        assert player.acknowledged <= number <= player.number
        if number:
            assert {name: document.get(name) for name in sent[number]} == sent[number]

        answer = player.send_number(player.number, sent[player.number])
        assert answer.status == 200
        assert json.loads(answer.body)["repeated"] is (number == player.number)
        assert stored(battered.home, player)[0] == player.number
        assert json.loads(player.send_number(player.number, sent[player.number]).body)["repeated"] is True

        player.close()
        with closing(Player(battered.port, player.login, material)) as again:
            resumed = again.start["view"]["delivery"]["document"]
        assert resumed["cmi.core.lesson_location"] == str(player.number)
        assert resumed["cmi.suspend_data"] == sent[player.number]["cmi.suspend_data"]
