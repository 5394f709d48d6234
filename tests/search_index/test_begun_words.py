"""A word with a star finds the words of titles that begin so."""

import pytest

from tests.support.search_documents import ask, found, material


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("light", "Quang hợp"),
            material("square", "Quảng trường"),
            material("other", "Phân số", body="quan sát"),
            material("hidden", "Quangxyz", allow=frozenset({"unit:1"})),
        ]
    )
    return engine


@pytest.mark.parametrize("typed", ["quang*", "Quảng*", "qua*"])
def test_words_that_begin_so_are_found(library, typed):
    assert {"light", "square"} <= set(found(library, typed))
    assert "hidden" not in found(library, typed)


@pytest.mark.parametrize(
    "typed", ["*", "**", "q*", "*a*", "a**b", "*uang", "quang* " * 500, "\\w+*", "xyzxyz*", '"quang*"']
)
def test_stars_elsewhere_do_no_harm(library, typed):
    assert library.search(ask(typed)).total <= 3
