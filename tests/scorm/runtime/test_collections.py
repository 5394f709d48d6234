"""Arrays of records: order of indices, dependencies, identifiers, patterns (RTE 3.1.4.3, 4.2.9, 4.2.17)."""

import pytest

from scorm.runtime import Store
from tests.support.runtime import T12, T2004, done, running, told

NEEDS_ID = ["type", "objectives.0.id", "timestamp", "weighting", "result", "latency", "description"]
NEEDS_TYPE = ["correct_responses.0.pattern", "learner_response"]
OF_AN_OBJECTIVE = [
    "score.scaled",
    "score.raw",
    "score.min",
    "score.max",
    "success_status",
    "completion_status",
    "progress_measure",
    "description",
]


def interaction(kind):
    runtime = running(T2004)
    assert done(runtime, "cmi.interactions.0.id", "q1") == "0"
    assert done(runtime, "cmi.interactions.0.type", kind) == "0"
    return runtime


@pytest.mark.parametrize("leaf", NEEDS_ID + NEEDS_TYPE)
def test_an_interaction_needs_its_identifier_first_408(leaf):
    runtime = running(T2004)

    assert done(runtime, f"cmi.interactions.0.{leaf}", "x") == "408"
    assert told(runtime, "cmi.interactions._count") == ("0", "0")


@pytest.mark.parametrize("leaf", NEEDS_TYPE)
def test_responses_need_the_type_first_408(leaf):
    runtime = running(T2004)
    done(runtime, "cmi.interactions.0.id", "q1")

    assert done(runtime, f"cmi.interactions.0.{leaf}", "x") == "408"


@pytest.mark.parametrize("leaf", OF_AN_OBJECTIVE)
def test_an_objective_needs_its_identifier_first_408(leaf):
    runtime = running(T2004)

    assert done(runtime, f"cmi.objectives.0.{leaf}", "0") == "408"
    assert told(runtime, f"cmi.objectives.0.{leaf}") == ("", "301")


@pytest.mark.parametrize("leaf", [each for each in OF_AN_OBJECTIVE if not each.endswith("status")])
def test_an_objective_tells_what_it_lacks_403(leaf):
    runtime = running(T2004)
    done(runtime, "cmi.objectives.0.id", "o1")

    assert told(runtime, f"cmi.objectives.0.{leaf}") == ("", "403")


@pytest.mark.parametrize(
    ("table", "element", "error"),
    [
        (T2004, "cmi.objectives.{}.id", "351"),
        (T2004, "cmi.interactions.{}.id", "351"),
        (T2004, "cmi.comments_from_learner.{}.comment", "351"),
        (T12, "cmi.objectives.{}.id", "201"),
        (T12, "cmi.interactions.{}.id", "201"),
    ],
)
def test_records_are_added_at_the_end_only(table, element, error):
    runtime = running(table)

    assert done(runtime, element.format(1), "a") == error
    assert done(runtime, element.format(0), "a") == "0"
    assert done(runtime, element.format(2), "b") == error
    assert done(runtime, element.format(1), "b") == "0"
    assert done(runtime, element.format(99999999999), "c") == error
    assert told(runtime, element.split(".{}")[0] + "._count") == ("2", "0")


@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
def test_leading_zeros_mean_the_same_record(table):
    runtime = running(table)

    assert done(runtime, "cmi.objectives.00.id", "a") == "0"
    assert told(runtime, "cmi.objectives.0.id") == ("a", "0")
    assert told(runtime, "cmi.objectives._count") == ("1", "0")


def test_a_refused_record_is_not_added():
    runtime = running(T2004)

    assert done(runtime, "cmi.objectives.0.id", "not an id") == "406"
    assert told(runtime, "cmi.objectives._count") == ("0", "0")


def test_objective_identifiers_never_change_and_never_repeat_351():
    runtime = running(T2004)
    done(runtime, "cmi.objectives.0.id", "a")
    done(runtime, "cmi.objectives.1.id", "b")

    assert done(runtime, "cmi.objectives.0.id", "c") == "351"
    assert done(runtime, "cmi.objectives.0.id", "a") == "0"
    assert done(runtime, "cmi.objectives.2.id", "b") == "351"
    assert told(runtime, "cmi.objectives._count") == ("2", "0")


def test_interaction_identifiers_may_change_and_repeat():
    runtime = running(T2004)
    done(runtime, "cmi.interactions.0.id", "a")

    assert done(runtime, "cmi.interactions.1.id", "a") == "0"
    assert done(runtime, "cmi.interactions.0.id", "b") == "0"


def test_objectives_of_an_interaction_do_not_repeat_351():
    runtime = running(T2004)
    done(runtime, "cmi.interactions.0.id", "q1")
    done(runtime, "cmi.interactions.0.objectives.0.id", "a")

    assert done(runtime, "cmi.interactions.0.objectives.1.id", "a") == "351"
    assert done(runtime, "cmi.interactions.0.objectives.1.id", "b") == "0"
    assert done(runtime, "cmi.interactions.0.objectives.3.id", "c") == "351"
    assert told(runtime, "cmi.interactions.0.objectives._count") == ("2", "0")
    assert told(runtime, "cmi.interactions.1.objectives._count") == ("", "301")


@pytest.mark.parametrize(
    ("kind", "value"), [("true-false", "true"), ("likert", "a"), ("numeric", "1[:]2"), ("other", "x")]
)
def test_these_interactions_have_one_correct_response_351(kind, value):
    runtime = interaction(kind)

    assert done(runtime, "cmi.interactions.0.correct_responses.0.pattern", value) == "0"
    assert done(runtime, "cmi.interactions.0.correct_responses.1.pattern", value) == "351"


@pytest.mark.parametrize(
    ("kind", "first", "same", "other"),
    [("choice", "a[,]b", "b[,]a", "a[,]c"), ("sequencing", "a[,]b", "a[,]b", "b[,]a")],
)
def test_correct_responses_do_not_repeat_351(kind, first, same, other):
    runtime = interaction(kind)
    done(runtime, "cmi.interactions.0.correct_responses.0.pattern", first)

    assert done(runtime, "cmi.interactions.0.correct_responses.1.pattern", same) == "351"
    assert done(runtime, "cmi.interactions.0.correct_responses.1.pattern", other) == "0"


def test_a_new_type_forgets_the_responses():
    runtime = interaction("choice")
    done(runtime, "cmi.interactions.0.learner_response", "a")
    done(runtime, "cmi.interactions.0.correct_responses.0.pattern", "a")
    done(runtime, "cmi.interactions.0.weighting", "2")

    assert done(runtime, "cmi.interactions.0.type", "choice") == "0"
    assert told(runtime, "cmi.interactions.0.learner_response") == ("a", "0")
    assert done(runtime, "cmi.interactions.0.type", "numeric") == "0"
    assert told(runtime, "cmi.interactions.0.learner_response") == ("", "403")
    assert told(runtime, "cmi.interactions.0.correct_responses._count") == ("0", "0")
    assert told(runtime, "cmi.interactions.0.weighting") == ("2", "0")
    assert "cmi.interactions.0.learner_response" not in runtime.take_delta()


@pytest.mark.parametrize(("table", "error"), [(T12, "201"), (T2004, "351")])
def test_collections_are_bounded(table, error):
    full = {f"cmi.interactions.{index}.id": "q" for index in range(10_000)}
    runtime = running(table, full)

    assert done(runtime, "cmi.interactions.10000.id", "q") == error
    assert done(runtime, "cmi.interactions.9999.id", "r") == "0"


def bucket(access, **more):
    document = {"adl.data.0.id": "bucket", "adl.data.0._access": access, **more}
    return running(T2004, document)


@pytest.mark.parametrize(
    ("access", "reading", "setting"),
    [("rw", ("", "403"), "0"), ("r", ("", "403"), "404"), ("w", ("", "405"), "0"), ("", ("", "405"), "404")],
)
def test_shared_data_obey_their_map_4_3_1(access, reading, setting):
    runtime = bucket(access)

    assert told(runtime, "adl.data.0.id") == ("bucket", "0")
    assert told(runtime, "adl.data.0.store") == reading
    assert done(runtime, "adl.data.0.store", "x") == setting


def test_an_empty_store_is_not_initialized_4_3_1():
    runtime = bucket("rw")

    assert done(runtime, "adl.data.0.store", "x") == "0"
    assert told(runtime, "adl.data.0.store") == ("x", "0")
    assert done(runtime, "adl.data.0.store", "") == "0"
    assert told(runtime, "adl.data.0.store") == ("", "403")


def test_content_cannot_add_shared_data_351():
    assert done(bucket("rw"), "adl.data.1.store", "x") == "351"


@pytest.mark.parametrize(
    ("measure", "status"), [(None, "unknown"), ("0.59", "incomplete"), ("0.6", "completed"), ("1", "completed")]
)
def test_a_threshold_decides_completion_4_2_4_1(measure, status):
    runtime = running(T2004, {"cmi.completion_threshold": "0.6"})
    for claimed in ("completed", "incomplete", "not attempted", "unknown"):
        done(runtime, "cmi.completion_status", claimed)
        if measure is not None:
            done(runtime, "cmi.progress_measure", measure)
        assert told(runtime, "cmi.completion_status") == (status, "0")


@pytest.mark.parametrize(
    ("score", "status"), [(None, "unknown"), ("-0.6", "failed"), ("-0.5", "passed"), ("1", "passed")]
)
def test_a_passing_score_decides_success_4_2_22_1(score, status):
    runtime = running(T2004, {"cmi.scaled_passing_score": "-0.5"})
    for claimed in ("passed", "failed", "unknown"):
        done(runtime, "cmi.success_status", claimed)
        if score is not None:
            done(runtime, "cmi.score.scaled", score)
        assert told(runtime, "cmi.success_status") == (status, "0")


def test_without_thresholds_the_content_decides():
    runtime = running(T2004)
    done(runtime, "cmi.progress_measure", "0")
    done(runtime, "cmi.score.scaled", "-1")
    done(runtime, "cmi.completion_status", "completed")
    done(runtime, "cmi.success_status", "passed")

    assert told(runtime, "cmi.completion_status") == ("completed", "0")
    assert told(runtime, "cmi.success_status") == ("passed", "0")


def test_a_store_counts_what_a_document_holds():
    document = {"cmi.objectives.2.id": "c", "cmi.interactions.0.objectives.1.id": "o"}

    counts = Store(T2004, document).counts
    assert counts == {"cmi.objectives": 3, "cmi.interactions": 1, "cmi.interactions.0.objectives": 2}
