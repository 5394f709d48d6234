"""A disk that is really full (a small file system of memory): writes are refused in words, reading goes on."""

from __future__ import annotations

import json
import random
import subprocess
from contextlib import closing
from itertools import repeat
from pathlib import Path

import pytest

from tests.support.installation import LEARNERS, Contributor, Player, Server, serving
from tests.support.packages import scorm_package
from tests.support.tus import PartSender

MEBIBYTES = 40
INSIDE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec")
MOUNTED = f'mount -t tmpfs -o size={MEBIBYTES}m tmpfs "$ELEARN_HOME"; cp -R "$PREPARED/." "$ELEARN_HOME"; exec "$@"'


class SmallDisk(Server):
    """A server whose home is a file system of its own, which only it and its children see."""

    def __init__(self, home: Path, prepared: Path) -> None:
        home.mkdir()
        self.material_uid = Server(prepared).material
        super().__init__(home, (*INSIDE, MOUNTED, "sh"), PREPARED=str(prepared))

    @property
    def ballast(self) -> Path:
        """A file on the small disk, seen from outside."""
        return Path(f"/proc/{self.process.pid}/root{self.home}/ballast")

    def fill(self) -> None:
        """Leave not a byte."""
        with self.ballast.open("wb", buffering=0) as file:
            for size in (1024 * 1024, 4096, 1):
                with pytest.raises(OSError, match="No space left"):
                    file.writelines(repeat(bytes(size)))

    def free(self) -> None:
        """Make room again."""
        self.ballast.unlink()


@pytest.fixture(scope="module")
def disk(prepared, tmp_path_factory):
    probe = subprocess.run([*INSIDE, "mount -t tmpfs tmpfs /mnt"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("this system gives no file system of memory to ordinary people")
    with serving(SmallDisk(tmp_path_factory.mktemp("disk") / "home", prepared)) as server:
        yield server


@pytest.fixture
def teacher(disk):
    with closing(Contributor(disk.port)) as teacher:
        yield teacher


@pytest.fixture
def player(disk):
    with closing(Player(disk.port, LEARNERS[0], disk.material_uid)) as player:
        assert player.commit_next(state(1)).status == 200
        yield player


@pytest.fixture
def full(disk, teacher, player):
    """Everybody is signed in when the disk becomes full."""
    disk.fill()
    yield disk
    if disk.ballast.exists():
        disk.free()


def package() -> bytes:
    return scorm_package("1.2", padding__bin=random.Random(1).randbytes(400_000))


def state(seed: int) -> dict[str, str]:
    return {"cmi.core.lesson_location": str(seed), "cmi.suspend_data": f"{seed}:" + "x" * 50_000}


@pytest.mark.parametrize(("language", "sentence"), [("vi", "đã hết chỗ lưu"), ("en", "no room left")])
def test_an_upload_is_refused_in_words(full, teacher, language, sentence):
    answer = teacher.upload("bai.zip", package(), **{"Accept-Language": language})
    assert answer.status == 507
    assert sentence in answer.text


def test_pages_searches_and_lessons_are_served_as_before(full, teacher, player):
    for page in ("/", "/account", "/api/v1/materials?q=bai"):
        assert teacher.get(page).status == 200, page
    first = player.start["view"]["delivery"]["path"].partition("?")[0]
    assert player.get(player.start["files"] + first, player.host).status == 200


def commit_until_refused(player: Player):
    """Go on as a lesson would; gives the first answer that is no acknowledgement."""
    while (answer := player.commit_next(state(player.number + 1))).status == 200:
        pass
    return answer


def resumed(disk: SmallDisk, player: Player) -> str:
    """Where the learner would go on."""
    with closing(Player(disk.port, player.login, disk.material_uid)) as again:
        return again.start["view"]["delivery"]["document"]["cmi.core.lesson_location"]


def test_a_commit_that_finds_no_room_is_not_acknowledged_and_nothing_acknowledged_is_lost(full, player):
    assert commit_until_refused(player).status == 507
    full.free()
    assert resumed(full, player) == str(player.acknowledged)


def test_everything_is_taken_again_once_there_is_room(full, teacher, player):
    commit_until_refused(player)
    assert teacher.upload("bai.zip", package()).status == 507
    full.free()
    assert teacher.upload("bai.zip", package()).status == 303
    repeated = player.send_number(player.number, state(player.number))
    assert (repeated.status, json.loads(repeated.body)["repeated"]) == (200, False)
    assert resumed(full, player) == str(player.number)


def test_a_part_that_finds_no_room_loses_nothing_and_the_file_goes_on_once_there_is_room(disk):
    with closing(PartSender(disk.port)) as sender:
        sender.begin(package())
        assert sender.send_part(150_000).status == 204
        disk.fill()
        refused = sender.send_part(1_000_000)
        kept = sender.offset()
        disk.free()
        assert (refused.status, kept) == (507, 150_000)
        assert json.loads(refused.body)["message"]
        assert sender.send_part(1_000_000).status == 204
        assert sender.use().status == 303
