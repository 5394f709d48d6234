"""A whole text has the terms that its words have one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.analysis import analyse
from search_index.vietnamese import bigrams_of, normalise, tokenise

# Letters, marks, digits and gaps in all the ways in which they may meet.
TEXTS = st.text(st.sampled_from("abcđêỏ2450²\u0301\u0323\u200b _-.;\n\t, ?!\ud800"), max_size=40)


@given(TEXTS)
def test_the_words_and_pairs_are_those_found_one_by_one(text):
    text = normalise(text)
    tokens, terms = list(tokenise(text)), analyse(text)
    assert terms.exact == [token.exact for token in tokens]
    assert terms.folded == [token.folded for token in tokens]
    assert terms.bigrams() == list(bigrams_of(text, tokens))
    assert len(terms.joined) == max(len(tokens) - 1, 0)


@pytest.mark.parametrize("text", ["", "\u0301", "toán", "a" * 200 + " b", "hai" + " " * 500 + "ba", "hai\n\nba"])
def test_odd_texts_are_cut_alike(text):
    tokens, terms = list(tokenise(text)), analyse(text)
    assert (terms.exact, terms.bigrams()) == ([token.exact for token in tokens], list(bigrams_of(text, tokens)))
