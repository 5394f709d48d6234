"""Responses and patterns of all ten types of interactions, made by their grammar (RTE 4.1.1.6, 4.2.9.1, 4.2.9.2)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorm.datamodel import Fault, table_for
from scorm.datamodel.responses import are_equal
from scorm.datamodel.values import check
from tests.support.properties import unhurried

TABLE = table_for("2004 4th")
RESPONSE = TABLE.elements["cmi.interactions.n.learner_response"]
PATTERN = TABLE.elements["cmi.interactions.n.correct_responses.n.pattern"]

few = settings(unhurried, max_examples=40)
identifiers = st.from_regex(r"[A-Za-z0-9_]{1,10}(-[a-z0-9]{1,4})?", fullmatch=True)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=32).map(repr)
texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00[]{}"), max_size=20)
languages = st.sampled_from(["", "{lang=vi}", "{lang=en-US}"])
words = st.tuples(languages, texts).map("".join)
sets = st.lists(identifiers, min_size=1, max_size=8, unique=True).map("[,]".join)
lists = st.lists(identifiers, min_size=1, max_size=8).map("[,]".join)
pairs = st.lists(st.tuples(identifiers, identifiers).map("[.]".join), min_size=1, max_size=5).map("[,]".join)
steps = st.lists(st.tuples(identifiers, texts).map("[.]".join), min_size=1, max_size=5).map("[,]".join)
orders = st.sampled_from(["", "{order_matters=true}", "{order_matters=false}"])
cases = st.sampled_from(["", "{case_matters=true}", "{case_matters=false}"])
ranges = st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=2).map(sorted).map(
    lambda bounds: f"{bounds[0]!r}[:]{bounds[1]!r}"
)  # fmt: skip
booleans = st.sampled_from(["true", "false"])

# type of the interaction -> responses, patterns
GRAMMAR = {
    "true-false": (booleans, booleans),
    "choice": (sets, sets),
    "fill-in": (
        st.lists(words, min_size=1, max_size=4).map("[,]".join),
        st.tuples(cases, orders, words).map("".join),
    ),
    "long-fill-in": (words, st.tuples(cases, words).map("".join)),
    "matching": (pairs, pairs),
    "performance": (steps, st.tuples(orders, steps).map("".join)),
    "sequencing": (lists, lists),
    "likert": (identifiers, identifiers),
    "numeric": (numbers, ranges),
    "other": (texts, texts),
}


def verdict(element, kind, value):
    return check(TABLE, element, value, interaction=kind)


def test_every_type_of_interaction_has_a_grammar():
    assert set(GRAMMAR) == set(TABLE.interactions)


@pytest.mark.parametrize("kind", GRAMMAR)
def test_what_the_grammar_makes_is_taken(kind):
    @few
    @given(*GRAMMAR[kind])
    def taken(response, pattern):
        assert verdict(RESPONSE, kind, response) is Fault.NONE
        assert verdict(PATTERN, kind, pattern) is Fault.NONE

    taken()


@pytest.mark.parametrize("kind", ["true-false", "likert", "numeric", "matching", "sequencing", "choice", "performance"])
def test_an_empty_item_at_the_end_breaks_what_has_a_form(kind):
    @few
    @given(*GRAMMAR[kind])
    def refused(response, pattern):
        assert verdict(RESPONSE, kind, response + "[,]") is Fault.TYPE
        assert verdict(PATTERN, kind, pattern + "[,]") is Fault.TYPE

    refused()


@few
@given(st.lists(identifiers, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_choices_are_the_same_in_every_order_and_sequences_are_not(items, chance):
    shuffled = list(items)
    chance.shuffle(shuffled)
    one, other = "[,]".join(items), "[,]".join(shuffled)
    assert are_equal("set", one, other)
    assert are_equal("list", one, other) == (items == shuffled)


@few
@given(st.floats(-1e6, 1e6, width=32), st.floats(-1e6, 1e6, width=32))
def test_a_range_goes_upwards(low, high):
    expected = Fault.NONE if low <= high else Fault.TYPE
    assert verdict(PATTERN, "numeric", f"{low!r}[:]{high!r}") is expected


@pytest.mark.parametrize("kind", ["fill-in", "long-fill-in", "other"])
@few
@given(value=texts)
def test_free_text_is_taken_as_it_is(kind, value):
    assert verdict(RESPONSE, kind, value) is Fault.NONE
