"""A database that is locked, read-only or full: a clear page, nothing changed, and reading goes on."""

from __future__ import annotations

import errno
import io
import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event, func, select

from bench.support import PASSWORD
from elearn.app import create_app
from elearn.database import engine
from elearn.models.learning import ActivityState
from elearn.models.material import Material
from tests.support.installation import LEARNERS, TEACHER, opened_home
from tests.support.launching import launch
from tests.support.packages import scorm_package
from tests.support.web import Browser


@pytest.fixture
def house(home, monkeypatch):
    monkeypatch.setattr(engine, "SQLITE_BUSY_SECONDS", 0.2)
    with opened_home(home) as house:
        yield house


@pytest.fixture
def app(house):
    return create_app(house)


@pytest.fixture
def teacher(app):
    browser = Browser(app)
    assert browser.sign_in(TEACHER, PASSWORD).status_code == 303
    return browser


@pytest.fixture
def commit(app, house):
    """Send a commit of a lesson that has been launched: `commit(1, "3")` gives the answer."""
    learner = Browser(app)
    learner.sign_in(LEARNERS[0], PASSWORD)
    with house.database.read() as session:
        page = launch(learner, session.scalars(select(Material.uid)).first())

    def send(number, location):
        body = {"number": number, "launch": 1, "delta": {"cmi.core.lesson_location": location}}
        return page.send("/rt/commit", body)

    assert send(1, "first").status_code == 200
    return send


@pytest.fixture
def locked(house, teacher, commit):
    """Some other program holds the write lock for longer than we are willing to wait."""
    with closing(sqlite3.connect(house.settings.home / "elearn.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        other.rollback()


@pytest.fixture
def read_only(house, teacher, commit):
    """Every connection from now on may read only, as on a file system that was remounted after a fault."""
    house.database.engine.dispose()
    event.listen(house.database.engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))


@pytest.fixture
def no_more_pages(house, teacher, commit):
    """The database file cannot grow by a single page."""
    house.database.engine.dispose()
    limit = "PRAGMA max_page_count=1"  # SQLite takes the present size when it is larger
    event.listen(house.database.engine, "connect", lambda connection, _: connection.execute(limit))


def upload(browser):
    return browser.post("/contribute", {"file": (io.BytesIO(scorm_package("1.2")), "bai.zip")})


def contents(house):
    """How many materials there are, and where the learner is."""
    with house.database.read() as session:
        location = session.scalars(select(ActivityState)).one().document["cmi.core.lesson_location"]
        return session.scalar(select(func.count()).select_from(Material)), location


@pytest.mark.parametrize("fault", ["locked", "read_only"])
def test_writing_is_refused_with_503_and_a_time_to_come_back(request, house, teacher, commit, fault):
    before = contents(house)
    request.getfixturevalue(fault)
    uploaded, committed = upload(teacher), commit(2, "second")
    assert uploaded.status_code == committed.status_code == 503
    assert int(uploaded.headers["Retry-After"]) > 0
    assert int(committed.headers["Retry-After"]) > 0
    assert "đang bận" in uploaded.text
    assert contents(house) == before


@pytest.mark.parametrize("fault", ["locked", "read_only", "no_more_pages"])
@pytest.mark.parametrize("page", ["/", "/account", "/api/v1/materials?q=bai"])
def test_reading_goes_on(request, teacher, fault, page):
    request.getfixturevalue(fault)
    assert teacher.get(page).status_code == 200


def test_a_commit_that_was_refused_is_taken_once_the_lock_is_gone(house, commit, locked):
    assert commit(2, "second").status_code == 503
    locked.rollback()
    repeated = commit(2, "second")
    assert (repeated.status_code, repeated.json["repeated"]) == (200, False)
    assert contents(house)[1] == "second"


def test_a_database_that_cannot_grow_is_507_and_nothing_is_changed(house, teacher, no_more_pages):
    before = contents(house)
    answers = [upload(teacher) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code != 303]
    assert {answer.status_code for answer in refused} == {507}
    assert "đã hết chỗ lưu" in refused[0].text
    assert contents(house) == (before[0] + len(answers) - len(refused), before[1])


@pytest.mark.parametrize("moment", ["receiving", "keeping"])
def test_a_file_that_finds_no_room_is_507_and_leaves_nothing_behind(house, teacher, monkeypatch, moment):
    def full(*_, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = contents_of_folders(house)
    if moment == "receiving":
        monkeypatch.setattr("content_packages.storage.receiving.tempfile.mkstemp", full)
    else:
        monkeypatch.setattr(shutil, "copyfileobj", full)
    answer = upload(teacher)
    assert answer.status_code == 507
    assert "đã hết chỗ lưu" in answer.text
    assert contents_of_folders(house) == before


def contents_of_folders(house):
    found = (path for name in ("files", "staging") for path in (house.settings.home / name).rglob("*"))
    return sorted(path for path in found if path.is_file())
