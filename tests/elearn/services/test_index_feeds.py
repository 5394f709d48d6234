"""Copies of the index on several machines: each takes every change, and rows stay until all have them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from elearn.clock import now
from elearn.models.material import Material, SearchChange, SearchRemoval, Status
from elearn.models.operations import SearchNode
from elearn.services import index_feeds
from elearn.services.index_feeds import BEHIND, FORGOTTEN, NodeFeed, NodeUnknownError
from elearn.services.indexing import index_changes, mark_changed, rebuild
from search_index.documents import SearchQuery
from search_index.engine import open_engine
from tests.support.factories import World


class Node:
    """A machine with a copy of its own."""

    def __init__(self, name, database, folder):
        self.database = database
        self.feed = NodeFeed(name)
        self.engine = open_engine("whoosh", folder / name)

    def join(self):
        rebuild(self.database, self.engine, self.feed)
        return self

    def take(self, limit=500):
        return index_changes(self.database, self.engine, limit, self.feed)

    def restart(self):
        self.feed = NodeFeed(self.feed.name)

    @property
    def uids(self):
        return set(self.engine.uids())


@pytest.fixture
def node(database, tmp_path):
    made = []

    def make(name):
        made.append(Node(name, database, tmp_path))
        return made[-1]

    yield make
    for one in made:
        one.engine.close()


@pytest.fixture
def later(monkeypatch):
    """Let time pass for the feeds."""

    def pass_by(span):
        moment = now() + span
        monkeypatch.setattr(index_feeds, "now", lambda: moment)

    return pass_by


@pytest.fixture
def publish(database):
    def published(*titles, at=None):
        with database.write() as session:
            world = World(session)
            root = world.unit("SO")
            account = world.account("gv")
            made = [world.material(root, account, Status.PUBLISHED, title=title) for title in titles]
            for material in made:
                mark_changed(session, material)
            if at is not None:
                session.flush()
                for row in session.scalars(select(SearchChange)):
                    row.at = at
        return [material.uid for material in made]

    return published


def rows(database):
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(SearchChange))


def test_every_node_takes_a_change_once(node, database, publish):
    first, second = node("web-1").join(), node("web-2").join()
    (uid,) = publish("Phân số")
    assert (first.take(), first.take()) == (1, 0)
    assert second.uids == set()
    assert (second.take(), second.take()) == (1, 0)
    assert first.uids == second.uids == {uid}
    assert rows(database) == 1


def test_rows_go_when_every_node_is_beyond_them(node, database, publish, later):
    first, second = node("web-1").join(), node("web-2").join()
    publish("Phân số")
    first.take()
    later(2 * BEHIND)
    first.take()
    assert rows(database) == 1
    assert second.take() == 1
    assert rows(database) == 0
    assert first.take() == 0


def test_a_row_that_comes_into_sight_late_is_taken(node, database, publish):
    one = node("web-1").join()
    publish("Phân số")
    one.take()
    with database.write() as session:
        material = session.scalars(select(Material)).one()
        material.title = "Tế bào"
        session.add(SearchChange(material_id=material.id, at=now() - BEHIND / 2))
    assert (one.take(), one.take()) == (1, 0)
    assert one.engine.search(SearchQuery("te bao", frozenset({"system"}))).total == 1


def test_many_rows_of_one_moment_are_taken_in_batches(node, publish, later):
    one = node("web-1").join()
    uids = publish(*map(str, range(7)), at=now())
    later(2 * BEHIND)
    assert [one.take(limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert one.uids == set(uids)


def test_a_restart_repeats_what_it_must_and_loses_nothing(node, publish):
    one = node("web-1").join()
    uids = publish("Phân số", "Tế bào")
    one.take()
    one.restart()
    one.take()
    assert one.uids == set(uids)


def test_what_was_deleted_goes_from_every_copy(node, database, publish):
    (uid,) = publish("Phân số")
    nodes = [node("web-1").join(), node("web-2").join()]
    with database.write() as session:
        session.query(SearchChange).delete()
        session.scalars(select(Material)).one().status = Status.WITHDRAWN
        session.add(SearchRemoval(uid=uid))
    for one in nodes:
        assert one.uids == {uid}
        assert one.take() == 1
        assert one.uids == set()


def test_a_node_without_a_place_has_to_join(node):
    with pytest.raises(NodeUnknownError):
        node("web-1").take()


def test_a_node_that_was_away_for_long_is_forgotten_and_holds_nothing_up(node, database, publish, later):
    first, second = node("web-1").join(), node("web-2").join()
    publish("Phân số")
    later(FORGOTTEN + timedelta(hours=1))
    first.take()
    assert rows(database) == 0
    with pytest.raises(NodeUnknownError):
        second.take()
    assert len(second.join().uids) == 1
    with database.read() as session:
        assert set(session.scalars(select(SearchNode.name))) == {"web-1", "web-2"}


def test_a_node_with_nothing_to_take_says_that_it_is_there(node, database, later):
    one = node("web-1").join()
    later(timedelta(minutes=1))
    one.take()
    with database.read() as session:
        assert session.scalars(select(SearchNode.seen_at)).one() == index_feeds.now()
