"""kill -9 while files come in, by form and in parts, and are read: the acknowledged is whole, no half shows."""

from __future__ import annotations

import http.client
import io
import random
import re
import threading
import zipfile
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest

from tests.support.installation import Contributor, await_index, command
from tests.support.packages import scorm_package
from tests.support.tus import PartSender
from tests.support.wholeness import demand_clean_up, materials, uids

LOST = (OSError, http.client.HTTPException)
DEEP = 20  # every so many rounds all bytes that are kept are read
FOUND = re.compile(r'href="/materials/([0-9a-f-]{32,36})"')


def package(name: str, source: random.Random) -> bytes:
    """A package of its own, small, middling, or slow to receive."""
    padding = source.randbytes(source.choice((0, 200_000, 2_000_000)))
    return scorm_package("1.2", index__html=f"<title>{name}</title><p>Bài {name}</p>", padding__bin=padding)


class Desk(Contributor):
    """A teacher who also looks at the files."""

    def newest(self) -> list[str]:
        """The uids on the first page of the own materials."""
        page = self.get("/contribute/mine")
        assert page.status == 200, page.text
        return list(dict.fromkeys(FOUND.findall(page.text)))

    def original(self, uid: str) -> bytes:
        """The file of a material, by the link of its page."""
        link = self.get(f"/materials/{uid}/download")
        assert link.status == 303, link.text
        address = urlsplit(link.headers["Location"])
        answer = self.get(address.path, host=address.netloc)
        assert answer.status == 200, answer.text
        return answer.body


def upload(desk: Desk, seed: int, kept: dict[str, bytes]) -> None:
    """Send one package after the other by the form, until the server is gone."""
    source = random.Random(seed)
    with closing(desk), suppress(*LOST):
        for number in range(1000):
            data = package(f"f{seed}-{number}", source)
            answer = desk.upload(f"f{seed}-{number}.zip", data)
            assert answer.status == 303, answer.text
            kept[answer.headers["Location"].split("/")[-2]] = data


def send_parts(sender: PartSender, seed: int, kept: dict[str, bytes]) -> None:
    """Send one package after the other in parts, until the server is gone."""
    source = random.Random(seed)
    with suppress(*LOST):
        for number in range(1000):
            sender.begin(package(f"p{seed}-{number}", source))
            finish(sender, source, kept)


def finish(sender: PartSender, source: random.Random, kept: dict[str, bytes]) -> None:
    """Send the rest in parts of any length, then the form."""
    while sender.acknowledged < len(sender.data):
        answer = sender.send_part(source.randint(1, 400_000))
        assert answer.status == 204, answer.text
    answer = sender.use()
    assert answer.status == 303, answer.text
    kept[answer.headers["Location"].split("/")[-2]] = sender.data


def read(desk: Desk, troubles: list[str]) -> None:
    """Look at everything that is shown; whatever is shown is whole."""
    with closing(desk), suppress(*LOST):
        while not troubles:
            for uid in desk.newest()[:3]:
                try:
                    data = desk.original(uid)
                except AssertionError as error:
                    troubles.append(f"{uid}: {error}")
                    return
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    if archive.testzip() is not None:
                        troubles.append(f"{uid}: damaged")


def go_on(sender: PartSender, source: random.Random, kept: dict[str, bytes]) -> None:
    """The file that was under way goes on from what was acknowledged."""
    sender.close()
    state = sender.tus("HEAD", sender.address)
    if state.status == 404:
        assert sender.uses  # the form arrived, only its answer did not
        return
    assert state.status == 200
    there = int(state.headers["Upload-Offset"])
    assert sender.acknowledged <= there <= sender.acknowledged + sender.in_flight
    sender.acknowledged = there
    finish(sender, source, kept)


@pytest.mark.rounds(2, 200)
def test_what_was_acknowledged_is_whole_and_nothing_by_half_is_shown(battered, seed):
    source = random.Random(seed)
    before, kept, troubles = uids(battered.home), {}, []
    with closing(Desk(battered.port)) as desk, closing(PartSender(battered.port)) as sender:
        sender.begin(package(f"begun{seed}", source))
        threads = [
            threading.Thread(target=upload, args=(Desk(battered.port), seed, kept)),
            threading.Thread(target=send_parts, args=(sender, seed, kept)),
            threading.Thread(target=read, args=(Desk(battered.port), troubles)),
        ]
        for thread in threads:
            thread.start()
        threading.Event().wait(source.uniform(0.2, 2))
        battered.kill()
        for thread in threads:
            thread.join()
        battered.start()
        desk.close()
        go_on(sender, source, kept)
        assert troubles == []
        assert {uid: desk.original(uid) == data for uid, data in kept.items()} == dict.fromkeys(kept, True)
        for address in sender.under_way():
            assert sender.tus("DELETE", address).status == 204
    made = materials(battered.home, apart_from=before)
    assert all(made.values())
    # The form, and the parts' form, may each have arrived without its answer.
    assert len(made) - len(kept) in range(3)
    if seed % DEEP == DEEP - 1:
        await_index(battered.home)
        assert "Everything agrees." in command(battered.home, "check", "--deep")
        demand_clean_up(battered.home)
