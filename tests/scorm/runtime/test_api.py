"""The API instance's states, error codes and support methods (RTE 3.1.3 to 3.1.7)."""

import pytest

from scorm.runtime import Runtime, State
from tests.support.runtime import T12, T2004, launched, running

FRESH, RUNNING, ENDED = "fresh", "running", "ended"

# state, call, result and error in 2004, result and error in 1.2
CALLS = [
    (FRESH, "initialize", ("true", "0"), ("true", "0")),
    (RUNNING, "initialize", ("false", "103"), ("false", "101")),
    (ENDED, "initialize", ("false", "104"), ("false", "101")),
    (FRESH, "terminate", ("false", "112"), ("false", "301")),
    (RUNNING, "terminate", ("true", "0"), ("true", "0")),
    (ENDED, "terminate", ("false", "113"), ("false", "301")),
    (FRESH, "commit", ("false", "142"), ("false", "301")),
    (RUNNING, "commit", ("true", "0"), ("true", "0")),
    (ENDED, "commit", ("false", "143"), ("false", "301")),
]


def engine(table, state):
    runtime = Runtime(table, launched(table))
    if state != FRESH:
        runtime.initialize("")
    if state == ENDED:
        runtime.terminate("")
    return runtime


@pytest.mark.parametrize(("state", "call", "answer", "_"), CALLS)
def test_session_methods_of_2004(state, call, answer, _):
    runtime = engine(T2004, state)

    assert (getattr(runtime, call)(""), runtime.get_last_error()) == answer


@pytest.mark.parametrize(("state", "call", "_", "answer"), CALLS)
def test_session_methods_of_12(state, call, _, answer):
    runtime = engine(T12, state)

    assert (getattr(runtime, call)(""), runtime.get_last_error()) == answer


@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
@pytest.mark.parametrize("call", ["initialize", "terminate", "commit"])
@pytest.mark.parametrize("state", [FRESH, RUNNING, ENDED])
def test_session_methods_take_only_the_empty_string_201(table, call, state):
    runtime = engine(table, state)
    before = runtime.state

    assert (getattr(runtime, call)("x"), runtime.get_last_error()) == ("false", "201")
    assert runtime.state is before


@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
def test_support_methods_work_in_every_state_and_keep_the_error(table):
    for state in (FRESH, RUNNING, ENDED):
        runtime = engine(table, state)
        runtime.commit("x")
        assert runtime.get_error_string("0").lower() == "no error"
        assert runtime.get_error_string("001") == ""
        assert runtime.get_error_string("") == ""
        assert runtime.get_diagnostic("201") != ""
        assert runtime.get_last_error() == "201"


@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
def test_diagnostics_name_the_element_and_stay_short_3_1_6_3(table):
    runtime = running(table)

    runtime.get_value("cmi.nothing")
    assert runtime.get_diagnostic("") == "undefined: cmi.nothing"
    runtime.get_value("cmi." + "x" * 5000)
    assert len(runtime.get_diagnostic("")) < 255
    assert runtime.get_diagnostic("999") == ""


def test_every_call_that_works_clears_the_error():
    runtime = running(T2004)
    runtime.get_value("cmi.nothing")

    assert runtime.set_value("cmi.location", "1") == "true"
    assert runtime.get_last_error() == "0"
    assert runtime.get_diagnostic("") == "No Error"


def test_a_session_ends_in_the_terminated_state():
    runtime = running(T2004)
    runtime.terminate("")

    assert runtime.state is State.TERMINATED


def test_the_delta_holds_what_was_set_since_last_taken():
    runtime = running(T2004)
    runtime.set_value("cmi.location", "1")
    runtime.set_value("cmi.score.scaled", "2")  # refused
    runtime.set_value("cmi.objectives.00.id", "o1")
    runtime.set_value("cmi.location", "2")

    assert runtime.take_delta() == {"cmi.location": "2", "cmi.objectives.0.id": "o1"}
    assert runtime.take_delta() == {}


def test_the_delta_leaves_out_what_did_not_change():
    runtime = running(T2004, {"cmi.location": "1"})
    assert runtime.set_value("cmi.location", "1") == "true"

    assert runtime.take_delta() == {}


def test_the_given_document_is_left_as_it_is():
    document = launched(T2004)
    before = dict(document)
    running(T2004, document).set_value("cmi.location", "1")

    assert document == before
