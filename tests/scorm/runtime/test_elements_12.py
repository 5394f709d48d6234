"""Every element of SCORM 1.2 x every operation x every state (RTE 1.2, 3.3.2.2, 3.4.4), and the page that says so."""

from pathlib import Path

import pytest

from scorm.runtime import Runtime
from scorm.runtime.names import parse
from tests.support import scorm12_table as table
from tests.support.runtime import T12, done, launched, running, told

DOCUMENT = Path(__file__).parents[3] / "docs" / "scorm-1.2-conformance.md"
WRITABLE = [row for row in table.ROWS if row.is_writable]


def engine(state):
    """A fresh engine in a state of the API."""
    runtime = Runtime(T12, launched(T12))
    if state != "before LMSInitialize":
        assert runtime.initialize("") == "true"
    if state == "after LMSFinish":
        assert runtime.terminate("") == "true"
    return runtime


def answered(runtime, row, operation):
    """What the API answers to an operation on an element: result and error."""
    if operation == "get":
        return told(runtime, row.element)
    if operation == "get what was set":
        runtime.set_value(row.element, row.valid)
        return told(runtime, row.element)
    result = runtime.set_value(row.element, row.valid if operation == "set valid" else row.invalid)
    return result, runtime.get_last_error()


@pytest.mark.parametrize("state", table.STATES)
@pytest.mark.parametrize("operation", table.OPERATIONS)
@pytest.mark.parametrize("row", table.ROWS, ids=lambda row: row.element)
def test_every_element_answers_every_operation_in_every_state(row, operation, state):
    assert answered(engine(state), row, operation) == row.expected(operation, state)


@pytest.mark.parametrize(("name", "got", "refused"), table.NAMES)
def test_keywords_and_names_that_are_no_elements_3_3_2_2(name, got, refused):
    assert told(running(T12), name) == got
    assert done(running(T12), name, "x") == refused
    for state in ("before LMSInitialize", "after LMSFinish"):
        assert told(engine(state), name) == ("", table.OUTSIDE)
        assert done(engine(state), name, "x") == table.OUTSIDE


def test_the_table_has_every_element_and_every_collection():
    assert {parse(row.element).pattern for row in table.ROWS} == set(T12.elements)
    counted = {parse(name).owner for name, got, _ in table.NAMES if name.endswith("_count") and got[1] != "203"}
    assert counted == set(T12.collections)
    assert len(list(table.cells())) == len(T12.elements) * len(table.OPERATIONS) * len(table.STATES)


@pytest.mark.parametrize("row", table.ROWS, ids=lambda row: row.element)
def test_a_refused_value_changes_nothing(row):
    runtime = running(T12)
    before = runtime.document

    runtime.set_value(row.element, row.invalid)
    assert runtime.document == before


@pytest.mark.parametrize("row", WRITABLE, ids=lambda row: row.element)
def test_a_second_value_takes_the_place_of_the_first(row):
    runtime = running(T12, launched(T12) | {row.element: "before"})

    assert done(runtime, row.element, row.valid) == "0"
    assert runtime.document[row.element] == row.valid


def test_the_page_people_read_is_the_table_that_is_tested():
    assert DOCUMENT.read_text(encoding="utf-8") == table.page()


def test_objectives_need_no_identifier_first_3_4_4():
    runtime = running(T12)

    assert done(runtime, "cmi.objectives.0.status", "passed") == "0"
    assert told(runtime, "cmi.objectives.0.id") == ("", "0")
    assert told(runtime, "cmi.objectives._count") == ("1", "0")
