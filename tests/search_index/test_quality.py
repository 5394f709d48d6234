"""The figures of the search on lesson titles do not fall: each way of typing finds nearly as well as the best one."""

import pytest

from bench.search.quality import ALLOWED_LOSS, quality
from bench.search.question_sets import EVERYBODY, lesson_titles
from search_index.documents import SearchQuery
from search_index.engine import open_engine

QUESTIONS = lesson_titles()

# What was measured, less a hair.
WITH_ACCENTS = 0.985


@pytest.fixture(scope="module")
def figure(tmp_path_factory):
    """Gives nDCG@10 of every other question typed in one way."""
    engine = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    engine.rebuild(QUESTIONS.documents)

    def measured(way):
        return quality(
            lambda text: [hit.uid for hit in engine.search(SearchQuery(text, EVERYBODY, limit=10, facets=())).hits],
            QUESTIONS.questions[::2],
            way,
        )

    yield measured
    engine.close()


def test_the_set_is_large_enough_to_tell():
    assert len(QUESTIONS.questions) >= 200
    assert sum(bool(question.typed) for question in QUESTIONS.questions) >= 100


def test_typed_with_accents_nearly_every_first_hit_is_right(figure):
    assert figure("accents") >= WITH_ACCENTS


@pytest.mark.parametrize("way", sorted(ALLOWED_LOSS))
def test_other_ways_of_typing_find_nearly_as_well(figure, way):
    assert figure(way) >= WITH_ACCENTS - ALLOWED_LOSS[way]
