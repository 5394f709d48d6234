"""Every case without a browser, strictly: the soft checks too. And proof that a wrong answer is noticed."""

import copy
from dataclasses import replace

import pytest

from tests.conformance.cases import load_suite
from tests.conformance.headless import main, play
from tests.conformance.judging import is_same


def test_every_case_passes_strictly(chain, own_suite):
    folder, names = chain
    suite = own_suite if folder is None else load_suite(folder)
    failures = [failure for report in play(suite, names) for failure in (*report.hard, *report.soft)]
    assert failures == []


def changed(suite, name, change):
    """A suite in which one case expects something else."""
    cases = copy.deepcopy(dict(suite.cases))
    change(cases[name]["steps"])
    return replace(suite, cases=cases)


def value(steps):
    steps[0]["commands"][1]["value"] = "0.61"


def error(steps):
    steps[0]["commands"][2]["error"] = "406"


def launch(steps):
    steps[1]["act"] = "a"


def missing_launch(steps):
    steps.append(steps[0])


def launch_too_many(steps):
    del steps[-1]


@pytest.mark.parametrize("change", [value, error, launch, missing_launch, launch_too_many])
def test_a_case_that_expects_something_else_fails(change, own_suite):
    (report,) = play(changed(own_suite, "MEASURE-1", change), ["MEASURE-1"])
    assert len(report.hard) == 1


def test_a_page_that_looks_different_fails(own_suite):
    def other_answer(steps):
        steps[0]["uia"] = ["N" for _ in steps[0]["uia"]]

    (report,) = play(changed(own_suite, "CHOICE-1", other_answer), ["CHOICE-1"])
    assert len(report.hard) == 2


def test_an_attempt_that_should_have_ended_and_has_not_fails(own_suite):
    def expect_end(steps):
        steps[-1]["cui"] = "AutoTest"

    (report,) = play(changed(own_suite, "FLOW-2", expect_end), ["FLOW-2"])
    assert report.hard == ["step 4/4 (activity d): the attempt: expected 'ended', got 'open'"]


@pytest.mark.parametrize(
    ("element", "expected", "got", "kind", "same"),
    [
        ("cmi.score.raw", "1", "1.0", "", True),
        ("cmi.score.raw", "1", "1.1", "", False),
        ("cmi.interactions.0.latency", "PT60S", "PT1M", "", True),
        ("cmi.interactions.0.latency", "PT60S", "PT2M", "", False),
        ("cmi.interactions.0.timestamp", "2005-04-04T11:00:00Z", "2005-04-04T11:00:00.0+00:00", "", True),
        ("cmi.interactions.0.timestamp", "2005-04-04", "2005-04-05", "", False),
        ("cmi.interactions.0.description", "{lang=en}x", "x", "", True),
        ("cmi.interactions.0.description", "{lang=fr}x", "x", "", False),
        ("cmi.interactions.0.learner_response", "a[,]b", "b[,]a", "choice", True),
        ("cmi.interactions.0.learner_response", "a[,]b", "b[,]a", "sequencing", False),
        (
            "cmi.interactions.0.correct_responses.0.pattern",
            "{case_matters=true}A",
            "{case_matters=true}a",
            "fill-in",
            False,
        ),
        ("cmi.interactions.0.correct_responses.0.pattern", "1[:]2", "1.0[:]2.0", "numeric", True),
        ("cmi.score._children", "raw,min", "min,raw", "", True),
        ("cmi.location", "x" * 1001, "x" * 1000, "", True),
        ("cmi.location", "x" * 1001, "x" * 999, "", False),
        ("cmi.exit", "suspend", "normal", "", False),
    ],
)
def test_values_are_compared_by_their_type(element, expected, got, kind, same):
    assert is_same(element, expected, got, kind) is same


def test_the_command_prints_strict_figures(own_suite, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["headless", str(own_suite.folder), "--cases", "FLOW,MAP-1"])
    assert main() == 0
    told = capsys.readouterr().out
    assert "all               4       4       4" in told
