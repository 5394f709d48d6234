"""The server's check of a commit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.runtime import apply_commit
from scorm.runtime.commit import LARGEST_DOCUMENT
from tests.support.properties import unhurried
from tests.support.runtime import T12, T2004, launched, running


def test_a_commit_is_applied_to_a_copy():
    document = launched(T2004)
    before = dict(document)
    new, rejected = apply_commit(T2004, document, {"cmi.location": "5"})

    assert (new, rejected) == ({**before, "cmi.location": "5"}, {})
    assert document == before


@pytest.mark.parametrize(
    ("table", "element", "value", "error"),
    [
        (T2004, "cmi.learner_id", "someone else", "404"),
        (T2004, "cmi.total_time", "PT99H", "404"),
        (T2004, "cmi.credit", "credit", "404"),
        (T2004, "cmi.nothing", "x", "401"),
        (T2004, "__proto__", "x", "401"),
        (T2004, "adl.data.0._access", "rw", "401"),
        (T2004, "adl.data.0.store", "x", "351"),
        (T2004, "cmi.score.scaled", "NaN", "406"),
        (T2004, "cmi.score.raw", "1e400", "406"),
        (T2004, "cmi.score.scaled", "1.5", "407"),
        (T2004, "cmi.score.scaled", 0.5, "406"),
        (T2004, "cmi.location", None, "406"),
        (T2004, "cmi.location", ["x"], "406"),
        (T2004, "cmi.suspend_data", "x" * 1_048_577, "406"),
        (T2004, "cmi.suspend_data", "\ud800", "406"),
        (T2004, "cmi.objectives.5.id", "x", "351"),
        (T2004, "cmi.objectives.n.id", "x", "401"),
        (T2004, "cmi.interactions.0.result", "correct", "408"),
        (T12, "cmi.core.student_id", "x", "403"),
        (T12, "cmi.core.score.raw", "200", "405"),
        (T12, "cmi.core._children", "x", "402"),
    ],
)
def test_what_the_data_model_forbids_is_refused(table, element, value, error):
    document = launched(table)

    assert apply_commit(table, document, {element: value}) == (document, {element: error})


def test_the_rest_of_a_commit_is_kept():
    new, rejected = apply_commit(T2004, {}, {"cmi.credit": "credit", "cmi.location": "5", "x": "y"})

    assert new == {"cmi.location": "5"}
    assert rejected == {"cmi.credit": "404", "x": "401"}


def test_a_million_characters_of_suspend_data_are_kept():
    delta = {"cmi.suspend_data": "x" * 1_048_576, "cmi.location": "5"}

    assert apply_commit(T2004, {}, delta) == (delta, {})
    assert apply_commit(T2004, {}, delta, tolerant=False)[1] == {"cmi.suspend_data": "406"}


def test_a_document_does_not_grow_without_end():
    full = {f"cmi.interactions.{index}.id": "q" * 65_536 for index in range(LARGEST_DOCUMENT // 65_536)}

    assert apply_commit(T2004, full, {"cmi.location": "5"})[1] == {"cmi.location": "351"}


def test_objective_identifiers_exchanged_in_one_commit_do_not_collide():
    document = {
        "cmi.interactions.0.id": "q",
        "cmi.interactions.0.objectives.0.id": "a",
        "cmi.interactions.0.objectives.1.id": "b",
    }
    delta = {"cmi.interactions.0.objectives.0.id": "b", "cmi.interactions.0.objectives.1.id": "a"}

    assert apply_commit(T2004, document, delta) == ({**document, **delta}, {})


def test_the_order_of_a_commit_does_not_matter():
    delta = {
        "cmi.interactions.1.learner_response": "5",
        "cmi.interactions.1.type": "numeric",
        "cmi.interactions.1.id": "b",
        "cmi.interactions.0.objectives.0.id": "o",
        "cmi.interactions.0.id": "a",
        "cmi.comments_from_learner.1.comment": "y",
        "cmi.comments_from_learner.0.comment": "x",
    }

    assert apply_commit(T2004, {}, delta) == (delta, {})


def test_a_type_in_a_commit_forgets_the_responses_kept_before():
    runtime = running(T2004)
    for element, value in [("id", "a"), ("type", "choice"), ("learner_response", "x")]:
        runtime.set_value(f"cmi.interactions.0.{element}", value)
    server, _ = apply_commit(T2004, {}, runtime.take_delta())
    runtime.set_value("cmi.interactions.0.type", "numeric")
    runtime.set_value("cmi.interactions.0.type", "choice")
    server, _ = apply_commit(T2004, server, runtime.take_delta())

    assert server == {"cmi.interactions.0.id": "a", "cmi.interactions.0.type": "choice"}


CALLS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "cmi.location",
                "cmi.score.scaled",
                "cmi.objectives.0.id",
                "cmi.objectives.1.id",
                "cmi.objectives.0.score.raw",
                "cmi.interactions.0.id",
                "cmi.interactions.0.type",
                "cmi.interactions.0.learner_response",
                "cmi.interactions.0.correct_responses.0.pattern",
                "cmi.interactions.0.correct_responses.1.pattern",
                "cmi.interactions.0.objectives.0.id",
                "cmi.interactions.0.objectives.1.id",
                "commit",
            ]
        ),
        st.sampled_from(["a", "b", "a[,]b", "1", "0.5", "choice", "numeric", "sequencing", "fill-in", ""]),
    ),
    max_size=40,
)


@unhurried
@given(CALLS)
def test_commits_bring_the_server_to_the_same_document(calls):
    runtime = running(T2004)
    server = runtime.document
    for element, value in [*calls, ("commit", "")]:
        if element != "commit":
            runtime.set_value(element, value)
            continue
        delta = runtime.take_delta()
        server, rejected = apply_commit(T2004, server, delta)
        assert rejected == {}
        assert apply_commit(T2004, server, delta) == (server, {})
        assert server == runtime.document


@unhurried
@given(
    st.dictionaries(
        st.lists(
            st.sampled_from(["cmi", "adl", "n", "0", "1", "id", "objectives", "interactions", "data", "store", "type",
                             "_count", "_access", "", "{target=a}", "learner_response", "correct_responses",
                             "pattern", "exit", "location"]),
            max_size=6,
        ).map(".".join),
        st.one_of(st.text(max_size=5), st.none(), st.integers(), st.sampled_from(["choice", "a", "suspend"])),
        max_size=12,
    ),
    st.sampled_from([T12, T2004]),
)  # fmt: skip
def test_no_commit_breaks_the_server(delta, table):
    new, rejected = apply_commit(table, launched(table), delta)

    assert set(rejected) <= set(delta)
    assert all(code in table.strings and code != "0" for code in rejected.values())
    assert all(isinstance(value, str) for value in new.values())
