"""kill -9 of the worker while it indexes: the index opens, and equals the database once it has caught up."""

from __future__ import annotations

import random
import subprocess
import sys
import threading

import pytest
from sqlalchemy import select

from elearn.models.account import Account
from elearn.models.material import Material, SearchChange
from elearn.services.access import SYSTEM
from elearn.services.health import check_index
from elearn.services.indexing import mark_changed, rebuild
from elearn.services.organisation import root_unit
from elearn.services.search import search
from search_index.documents import SearchQuery
from search_index.folder import IndexFolder
from tests.support.installation import Server, await_index, copied, opened_home

WORDS = ("phân số", "tế bào", "điện trở", "chính tả", "bản đồ")


class Editor:
    """Changes materials without pause from a thread, so that the worker always has something to index."""

    def __init__(self, home, seed):
        self.home = home
        self.source = random.Random(seed)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._edit)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def _edit(self):
        with opened_home(self.home) as house:
            while not self.over.wait(0.01):
                with house.database.write() as session:
                    self._change(session)

    def _change(self, session):
        materials = session.scalars(select(Material)).all()
        if len(materials) < 40:
            owner, unit = session.scalars(select(Account)).first(), root_unit(session)
            made = Material(kind="pdf", unit_id=unit.id, owner_id=owner.id, title=self._title(), language="vi")
            session.add(made)
            mark_changed(session, made)
        for material in self.source.sample(materials, min(3, len(materials))):
            material.title = self._title()
            mark_changed(session, material)

    def _title(self):
        return f"{self.source.choice(WORDS)} {self.source.randrange(10**6)}"


class Reader:
    """Searches without pause as a web process does; whatever goes wrong for a user is raised at the end."""

    def __init__(self, home, engine):
        self.home, self.engine = home, engine
        self.over = threading.Event()
        self.answers = 0
        self.troubles = []
        self.thread = threading.Thread(target=self._read)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def _read(self):
        with opened_home(self.home, ELEARN_SEARCH_ENGINE=self.engine) as house:
            while not self.over.is_set():
                try:
                    with house.database.read() as session:
                        page = search(session, house.engine, SYSTEM, "phan so")
                    assert not page.degraded
                    self.answers += 1
                except Exception as error:  # noqa: BLE001 - whatever it is, a user would have seen it
                    self.troubles.append(error)


@pytest.fixture(params=["whoosh", "tantivy"], scope="module")
def engine(request):
    return request.param


@pytest.fixture(scope="module")
def home(prepared, engine, tmp_path_factory):
    """A home with its index, whose damage would add up from round to round."""
    home = copied(prepared, tmp_path_factory.mktemp("indexed") / "home")
    with opened_home(home, ELEARN_SEARCH_ENGINE=engine) as house:
        rebuild(house.database, house.engine)
    return home


def waiting(house):
    with house.database.read() as session:
        return session.scalars(select(SearchChange.id).order_by(SearchChange.id).limit(1)).first()


def built(home, engine):
    with opened_home(home) as house:
        return IndexFolder(house.settings.index_folder, engine).pointer().generation


def worker(server):
    return subprocess.Popen([sys.executable, "-m", "elearn.cli", "worker"], env=server.environment)


def await_progress(house, process):
    """Wait until the worker has taken a batch: from then on it indexes nearly always."""
    first = waiting(house)
    while waiting(house) in (first, None):
        assert process.poll() is None
        threading.Event().wait(0.02)


@pytest.mark.rounds(3, 200)
def test_the_index_opens_and_catches_up(home, engine, seed):
    server = Server(home, ELEARN_SEARCH_ENGINE=engine)
    before = built(home, engine)
    with Reader(home, engine) as reader:
        with Editor(home, seed), opened_home(home) as house, worker(server) as process:
            await_progress(house, process)
            threading.Event().wait(random.Random(seed).uniform(0, 1))
            process.kill()
        with opened_home(home, ELEARN_SEARCH_ENGINE=engine) as house:
            house.engine.search(SearchQuery("phan so", frozenset({"*"})))
            assert list(house.engine.uids())
            assert house.engine.is_sound()
            with IndexFolder(house.settings.index_folder).writing():
                pass  # no lock is left
        with worker(server) as process:
            await_index(home)
            process.terminate()
    assert process.returncode == 0
    assert reader.answers
    assert reader.troubles == []
    assert built(home, engine) == before  # nobody found it damaged and built another
    with opened_home(home, ELEARN_SEARCH_ENGINE=engine) as house, house.database.read() as session:
        report = check_index(session, house.engine)
        assert report.agrees
        assert report.compared == session.query(Material).count()
