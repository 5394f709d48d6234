"""kill -9 while files come in parts: what was acknowledged is there, and a file goes on from there to its material."""

from __future__ import annotations

import http.client
import random
import threading
from contextlib import closing, suppress
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from elearn.models.material import Version
from tests.support.installation import opened_home
from tests.support.packages import scorm_package
from tests.support.tus import PartSender

LOST = (OSError, http.client.HTTPException)


class PersistentSender(PartSender):
    """A teacher who sends files in parts, and the form about each when it has arrived."""

    def finish(self, source: random.Random) -> None:
        """Send the rest in parts of any length, then the form."""
        while self.acknowledged < len(self.data):
            answer = self.send_part(source.randint(1, 400_000))
            assert answer.status == 204, answer.text
            assert answer.headers["Upload-Offset"] == str(self.acknowledged)
        answer = self.use()
        assert answer.status == 303, answer.text

    def send_until_killed(self, seed: int) -> None:
        """Send one file after the other until the server is gone."""
        source = random.Random(seed)
        with suppress(*LOST):
            for number in range(1000):
                padding = source.randbytes(source.choice((100_000, 3_000_000)))
                self.begin(scorm_package("1.2", index__html=f"<p>{seed}-{number}</p>", padding__bin=padding))
                self.finish(source)

    def give_up_the_rest(self) -> None:
        """What was announced and never begun would fill the account's places, round by round."""
        for address in self.under_way():
            assert self.tus("DELETE", address).status == 204

    def go_on(self, home, source: random.Random) -> None:
        """After the restart: nothing acknowledged is lost, and the rest completes the file."""
        self.close()
        state = self.tus("HEAD", self.address)
        if state.status == 404:
            assert self.uses  # the form arrived, only its answer did not
            return
        assert state.status == 200
        kept = int(state.headers["Upload-Offset"])
        assert self.acknowledged <= kept <= self.acknowledged + self.in_flight
        file = home / "uploads" / self.address.rpartition("/")[2]
        assert file.read_bytes()[:kept] == self.data[:kept]
        self.acknowledged = kept
        self.finish(source)


def versions_of(home, data: bytes) -> int:
    """How many materials were made of a file."""
    with opened_home(home) as house, house.database.read() as session:
        same = select(func.count()).where(Version.blob_sha256 == sha256(data).hexdigest())
        return session.scalar(same)


@pytest.mark.rounds(2, 200)
def test_no_acknowledged_byte_is_lost_and_every_file_becomes_one_material(battered, seed):
    source = random.Random(seed)
    with closing(PersistentSender(battered.port)) as teacher:
        teacher.begin(scorm_package("1.2", index__html=f"<p>{seed}</p>"))
        sending = threading.Thread(target=teacher.send_until_killed, args=(seed,))
        sending.start()
        threading.Event().wait(source.uniform(0.05, 1.5))
        battered.kill()
        sending.join()
        battered.start()
        teacher.go_on(battered.home, source)
        assert versions_of(battered.home, teacher.data) == 1
        teacher.give_up_the_rest()
