"""Interactions of both standards in one form, and answers taken apart by their kind."""

import pytest

from scorm.interactions import Shape, answer_of, interactions_of

OF_2004 = {
    "cmi.interactions.0.id": "urn:q:1",
    "cmi.interactions.0.type": "choice",
    "cmi.interactions.0.description": "Phân số nào lớn hơn?",
    "cmi.interactions.0.learner_response": "a[,]b",
    "cmi.interactions.0.correct_responses.1.pattern": "c",
    "cmi.interactions.0.correct_responses.0.pattern": "a[,]b",
    "cmi.interactions.0.result": "correct",
    "cmi.interactions.0.latency": "PT1M2.5S",
    "cmi.interactions.0.timestamp": "2026-11-02T07:30:00",
}
OF_12 = {
    "cmi.interactions.1.id": "q2",
    "cmi.interactions.1.type": "numeric",
    "cmi.interactions.1.student_response": "7",
    "cmi.interactions.1.result": "wrong",
    "cmi.interactions.1.latency": "0000:00:09.50",
    "cmi.interactions.1.time": "07:30:00",
}


def test_a_record_of_2004():
    (record,) = interactions_of(OF_2004)
    assert (record.identifier, record.kind, record.given) == ("urn:q:1", "choice", "a[,]b")
    assert record.patterns == ("a[,]b", "c")
    assert (record.latency, record.is_right, record.description) == (62.5, True, "Phân số nào lớn hơn?")


def test_a_record_of_1_2():
    (record,) = interactions_of(OF_12)
    assert (record.identifier, record.given, record.latency, record.is_right) == ("q2", "7", 9.5, False)


def test_records_come_by_number_and_those_without_an_identifier_are_none():
    found = interactions_of(OF_12 | OF_2004 | {"cmi.interactions.2.type": "choice", "cmi.location": "x"})
    assert [record.number for record in found] == [0, 1]


@pytest.mark.parametrize("result", ["unanticipated", "neutral", "0.5", ""])
def test_what_is_not_judged_is_neither_right_nor_wrong(result):
    (record,) = interactions_of(OF_2004 | {"cmi.interactions.0.result": result})
    assert record.is_right is None


@pytest.mark.parametrize(
    ("kind", "text", "shape", "parts"),
    [
        ("choice", "a[,]b", Shape.SET, [["a"], ["b"]]),
        ("choice", "a,b", Shape.SET, [["a"], ["b"]]),
        ("choice", "{a,b}", Shape.SET, [["a"], ["b"]]),
        ("choice", "urn:scormdriver:B%E1%BA%A1n_An", Shape.SET, [["Bạn An"]]),
        ("sequencing", "c[,]a[,]b", Shape.ORDER, [["c"], ["a"], ["b"]]),
        ("matching", "1[.]a[,]2[.]b", Shape.PAIRS, [["1", "a"], ["2", "b"]]),
        ("matching", "1.a,2.b", Shape.PAIRS, [["1", "a"], ["2", "b"]]),
        ("performance", "{order_matters=false}s1[.]3[,]s2", Shape.PAIRS, [["s1", "3"], ["s2"]]),
        ("numeric", "1[:]2.5", Shape.RANGE, [["1", "2.5"]]),
        ("numeric", "[:]", Shape.RANGE, [["", ""]]),
        ("numeric", "3.14", Shape.TEXT, [["3.14"]]),
        ("true-false", "t", Shape.TRUTH, [["true"]]),
        ("true-false", "false", Shape.TRUTH, [["false"]]),
        ("true-false", "0", Shape.TRUTH, [["false"]]),
        ("true-false", "có", Shape.TEXT, [["có"]]),
        ("fill-in", "{case_matters=true}{lang=vi}Hà Nội", Shape.TEXT, [["Hà Nội"]]),
        ("fill-in", "{lang=vi}một[,]{lang=vi}hai", Shape.SET, [["một"], ["hai"]]),
        ("fill-in", "một, hai", Shape.TEXT, [["một, hai"]]),
        ("long-fill-in", "a\nb", Shape.TEXT, [["a\nb"]]),
        ("likert", "agree", Shape.TEXT, [["agree"]]),
        ("other", "x[,]y", Shape.TEXT, [["x[,]y"]]),
        ("of-tomorrow", "x", Shape.TEXT, [["x"]]),
    ],
)
def test_an_answer_is_taken_apart_by_its_kind(kind, text, shape, parts):
    answer = answer_of(kind, text)
    assert (answer.shape, [list(part) for part in answer.parts]) == (shape, parts)
