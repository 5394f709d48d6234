"""Saved searches: kept once, at most fifty, one's own only, with what is new since they were looked at."""

from datetime import timedelta

import pytest

from elearn.models.account import Role
from elearn.models.material import Status
from elearn.services import saved_searches
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from search_index.documents import SearchHit
from search_index.engine import IndexUnavailableError


class Index:
    """An index that answers everything with the same materials, or is lost."""

    def __init__(self, *materials, lost=False):
        self.hits = tuple(SearchHit(material.uid, 1.0, material.title) for material in materials)
        self.lost = lost

    def search(self, _query):
        if self.lost:
            raise IndexUnavailableError
        return self


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def lan(world, school):
    return world.somebody(Role.TEACHER, school, "lan")


def asked(*rows):
    return [saved_searches.Asked(row, "toán", {}) for row in rows]


def test_a_search_is_kept_once(session, lan):
    first = saved_searches.save(session, lan, "toán", "q=toan")
    assert saved_searches.save(session, lan, "toán nữa", "q=toan").id == first.id
    assert [row.title for row in saved_searches.kept_by(session, lan)] == ["toán"]


@pytest.mark.parametrize(("query", "code"), [("", "search_empty"), ("q=" + "x" * 1000, "search_long")])
def test_what_cannot_be_kept_is_refused(session, lan, query, code):
    with pytest.raises(ServiceError) as refused:
        saved_searches.save(session, lan, "x", query)
    assert refused.value.code == code


def test_the_fifty_first_is_refused(session, lan):
    for number in range(saved_searches.MOST):
        saved_searches.save(session, lan, "x", f"q={number}")
    with pytest.raises(ConflictError):
        saved_searches.save(session, lan, "x", "q=one-more")


def test_somebody_elses_search_does_not_exist(session, world, school, lan):
    uid = saved_searches.save(session, lan, "toán", "q=toan").uid
    other = world.somebody(Role.TEACHER, school, "hoa")
    for use in (saved_searches.find, saved_searches.look_at, saved_searches.delete):
        with pytest.raises(NotFoundError):
            use(session, other, uid)
    assert saved_searches.kept_by(session, other) == []


def test_only_what_was_published_since_the_last_look_is_new(session, world, school, lan):
    row = saved_searches.save(session, lan, "toán", "q=toan")
    owner = world.account("tacgia")
    old = world.material(school, owner, Status.PUBLISHED, published_at=row.seen_at - timedelta(days=1))
    new = world.material(school, owner, Status.PUBLISHED, published_at=row.seen_at + timedelta(seconds=1))
    assert saved_searches.new_hits(session, Index(old, new), lan, asked(row)) == {row.id: 1}


def test_nothing_is_new_that_one_may_not_see(session, world, school, lan):
    row = saved_searches.save(session, lan, "toán", "q=toan")
    elsewhere = world.unit("TH2", world.unit("SO2"))
    hidden = world.material(elsewhere, world.account("xa"), Status.PUBLISHED, published_at=row.seen_at + timedelta(1))
    assert saved_searches.new_hits(session, Index(hidden), lan, asked(row)) == {row.id: 0}


def test_without_an_index_nothing_is_new(session, lan):
    row = saved_searches.save(session, lan, "toán", "q=toan")
    assert saved_searches.new_hits(session, Index(lost=True), lan, asked(row)) == {}


def test_fields_in_the_words_of_a_saved_search_narrow_it(session, lan):
    class Listening(Index):
        def search(self, query):
            self.query = query
            return super().search(query)

    row, index = saved_searches.save(session, lan, "toán", "q=toan"), Listening()
    question = saved_searches.Asked(row, "phân số môn:toán -lớp:5", {"level": ("TH",)})
    saved_searches.new_hits(session, index, lan, [question])
    assert (index.query.text, index.query.without) == ("phân số", {"grade": {"5"}})
    assert index.query.filters == {"subject": {"TOAN"}, "level": {"TH"}}
