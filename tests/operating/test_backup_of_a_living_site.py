"""A backup made while learners commit restores into a site that agrees with itself and answers the same."""

from __future__ import annotations

import json
import threading
from contextlib import closing

import pytest
from sqlalchemy import select

from elearn.database import schema
from elearn.models.learning import ActivityState
from elearn.models.material import Material
from tests.support.installation import LEARNERS, Player, Server, command, invoke, opened_home, serving

QUESTIONS = ("phan so", "toán lớp 4", "bai", "", "khong co gi nhu the")


class Busy:
    """A learner who commits one number after the other until told to stop."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._commit)

    def __enter__(self) -> Player:
        self._thread.start()
        return self.player

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _commit(self) -> None:
        while not self._over.is_set():
            self.player.commit_next({"cmi.core.lesson_location": str(self.player.number + 1)})


def answers(home):
    """What the library finds, without the time it took."""
    found = [json.loads(command(home, "search", question, "--json")) for question in QUESTIONS]
    return [{name: value for name, value in page.items() if name != "took_ms"} for page in found]


def test_a_restored_site_agrees_plays_on_and_finds_the_same(server, tmp_path):
    with closing(Player(server.port, LEARNERS[0], server.material)) as player, Busy(player):
        while not player.acknowledged:
            threading.Event().wait(0.05)
        before = player.acknowledged
        assert server.run("backup", str(tmp_path / "backup")).returncode == 0
        after = player.number
    server.stop()

    restored = tmp_path / "restored"
    command(restored, "restore", str(tmp_path / "backup"))
    assert "Everything agrees." in command(restored, "check", "--deep")
    assert answers(restored) == answers(server.home)
    with opened_home(restored) as house, house.database.read() as session:
        location = int(session.scalars(select(ActivityState)).one().document["cmi.core.lesson_location"])
    assert before <= location <= after
    with serving(Server(restored)) as again, closing(Player(again.port, LEARNERS[0], again.material)) as player:
        assert player.start["view"]["delivery"]["document"]["cmi.core.lesson_location"] == str(location)


def test_check_says_which_files_a_backup_of_last_night_lacks(home, tmp_path):
    command(home, "backup", str(tmp_path / "backup"))
    restored = tmp_path / "restored"
    command(restored, "restore", str(tmp_path / "backup"))
    blob = next(path for path in (restored / "files").glob("??/*") if path.stat().st_size > 1000)
    blob.unlink()
    told = invoke(restored, "check")
    assert told.exit_code == 3
    assert f"1 files are missing: {blob.name}" in told.output
    # A second restore into a used installation is refused; the file comes back from the backup by hand.
    assert invoke(restored, "restore", str(tmp_path / "backup")).exit_code == 3
    blob.write_bytes((tmp_path / "backup" / "files" / blob.name[:2] / blob.name).read_bytes())
    assert invoke(restored, "check", "--deep").exit_code == 0


@pytest.fixture
def older_home(tmp_path, monkeypatch):
    """A home as the first release left it."""
    home = tmp_path / "older"
    with opened_home(home) as house:
        schema.upgrade(house.database, "0001")
    return home


def test_before_a_migration_the_rows_are_kept_and_lead_back(older_home, tmp_path):
    told = command(older_home, "db", "upgrade")
    (kept,) = (older_home / "backups").iterdir()
    assert str(kept) in told
    restored = tmp_path / "restored"
    command(restored, "restore", str(kept))
    with opened_home(restored) as house, house.database.read() as session:
        assert session.scalars(select(Material)).all() == []


def test_a_newer_database_is_refused_by_the_server_and_left_alone(home):
    with opened_home(home) as house, house.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = (home / "elearn.sqlite").read_bytes()
    told = Server(home).run("run", "--port", "1")
    assert told.returncode == 3
    assert "written by a newer elearn" in told.stderr
    assert "Traceback" not in told.stderr
    assert (home / "elearn.sqlite").read_bytes() == before
    assert "written by a newer elearn" in invoke(home, "doctor").output
