"""Learner responses and correct-response patterns of every interaction type (RTE 4.2.9.1, 4.2.9.2)."""

import pytest

from scorm.datamodel import Fault, table_for
from scorm.datamodel.responses import are_equal
from scorm.datamodel.values import check

TABLE = table_for("2004 4th")
RESPONSE = TABLE.elements["cmi.interactions.n.learner_response"]
PATTERN = TABLE.elements["cmi.interactions.n.correct_responses.n.pattern"]

# interaction type, value, allowed as response, allowed as pattern
FORMS = [
    ("true-false", "true", True, True),
    ("true-false", "false", True, True),
    ("true-false", "t", False, False),
    ("true-false", "", False, False),
    ("choice", "", True, True),
    ("choice", "a", True, True),
    ("choice", "a[,]b[,]c", True, True),
    ("choice", "a[,]a", False, False),
    ("choice", "urn:scormdriver:The%20pain%20is%20severe,%20chronic.", True, True),
    ("choice", "a[,]", False, False),
    ("choice", "[,]a", False, False),
    ("choice", "a b", False, False),
    ("choice", "[,]".join(str(n) for n in range(500)), True, True),
    ("choice", "[,]".join(str(n) for n in range(501)), False, False),
    ("fill-in", "", True, True),
    ("fill-in", "Hà Nội[,]Huế", True, True),
    ("fill-in", "{lang=vi}Hà Nội[,]{lang=en}Hanoi", True, True),
    ("fill-in", "a[,]{lang=frl}b", False, False),
    ("fill-in", "{case_matters=true}{order_matters=false}{lang=vi}a", True, True),
    ("fill-in", "{case_matters=maybe}a", True, False),
    ("fill-in", "{lang=en}{case_matters=maybe}a", True, True),  # behind the language it is text
    ("long-fill-in", "", True, True),
    ("long-fill-in", "{lang=vi}Bài văn", True, True),
    ("long-fill-in", "{lang=frl}Bài văn", False, False),
    ("long-fill-in", "{lang=vi}{case_matters=true}Bài", True, True),
    ("long-fill-in", "{case_matters=maybe}Bài", True, False),
    ("matching", "", True, False),
    ("matching", "1[.]a[,]2[.]b", True, True),
    ("matching", "1[.]a[.]b", False, False),
    ("matching", "1[.]", False, False),
    ("matching", "1", False, False),
    ("matching", "1[.]a[,]", False, False),
    ("performance", "step[.]answer text", True, True),
    ("performance", "step[.]", True, True),
    ("performance", "[.]answer", True, True),
    ("performance", "[.]", False, False),
    ("performance", "step", False, False),
    ("performance", "", False, False),
    ("performance", "s[.]1[:]2[,]t[.]x", True, True),
    ("performance", "s[.]2[:]1", False, False),
    ("performance", "s[.]1[:]2[:]3", False, False),
    ("performance", "{order_matters=false}s[.]x", False, True),
    ("performance", "{order_matters=2}s[.]x", False, False),
    ("sequencing", "a[,]b[,]a", True, True),
    ("sequencing", "", False, False),
    ("sequencing", "a[,]", False, False),
    ("likert", "agree", True, True),
    ("likert", "", False, False),
    ("likert", "a[,]b", False, False),
    ("numeric", "-0.231", True, False),
    ("numeric", "1[:]2", False, True),
    ("numeric", "[:]2", False, True),
    ("numeric", "1[:]", False, True),
    ("numeric", "[:]", False, True),
    ("numeric", "1[:]1", False, True),
    ("numeric", "2[:]1", False, False),
    ("numeric", "1[:]2[:]3", False, False),
    ("numeric", "NaN", False, False),
    ("numeric", "a[:]2", False, False),
    ("other", "", True, True),
    ("other", "{}[,] anything", True, True),
]


@pytest.mark.parametrize(("kind", "value", "as_response", "as_pattern"), FORMS)
def test_forms(kind, value, as_response, as_pattern):
    assert (check(TABLE, RESPONSE, value, interaction=kind) is Fault.NONE) is as_response
    assert (check(TABLE, PATTERN, value, interaction=kind) is Fault.NONE) is as_pattern


def test_every_interaction_type_is_described():
    assert set(TABLE.interactions) == set(TABLE.elements["cmi.interactions.n.type"].values)
    assert {kind for kind, *_ in FORMS} == set(TABLE.interactions)


def test_choices_are_equal_in_any_order():
    assert are_equal("set", "a[,]b", "b[,]a")
    assert not are_equal("set", "a[,]b", "a[,]c")


def test_sequences_are_equal_in_the_same_order():
    assert are_equal("list", "a[,]b", "a[,]b")
    assert not are_equal("list", "a[,]b", "b[,]a")
