"""One interface for all standards: launch, runtime, outcome."""

from pathlib import Path

import pytest

import elearn
from scorm.datamodel import table_for
from scorm.manifest.model import Edition
from scorm.outcome import Outcome
from scorm.runtime import LaunchData
from scorm.standards import STANDARDS, standard_of

EDITIONS = list(Edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_that_is_read_is_played_by_a_standard(edition):
    assert standard_of(edition) == standard_of(str(edition))


def test_what_no_standard_plays_is_a_lookup_error():
    with pytest.raises(LookupError):
        standard_of("AICC")


@pytest.mark.parametrize("edition", STANDARDS)
def test_a_standard_names_elements_that_its_table_has(edition):
    standard, table = standard_of(edition), table_for(edition)

    named = {standard.session_time, *standard.scores, *standard.statuses, *standard.completed}
    assert named <= set(table.elements)
    assert standard.name == table.standard


@pytest.mark.parametrize("edition", STANDARDS)
def test_a_session_goes_from_launch_over_runtime_to_its_outcome(edition):
    standard = standard_of(edition)
    document = standard.launch(LaunchData("learner-1", "Nguyễn Văn An"))
    time = {"1.2": "00:01:00", "2004": "PT1M"}[standard.name]
    committed, refused = standard.commit(
        document, {standard.session_time: time, "cmi.nothing": "x", **standard.completed}
    )
    closed = standard.close(committed)

    assert refused == {"cmi.nothing": "401"}
    assert standard.outcome(closed) == Outcome(completion="completed", time_seconds=60)


OLD = Outcome(completion="completed")


@pytest.mark.parametrize(
    ("edition", "older", "newer", "element", "rises"),
    [
        ("1.2", OLD, Outcome(completion="completed", success="passed"), "cmi.core.lesson_status", True),
        ("1.2", OLD, Outcome(completion="completed", success="failed"), "cmi.core.lesson_status", False),
        ("1.2", Outcome(completion="incomplete"), OLD, "cmi.core.lesson_status", True),
        ("1.2", OLD, Outcome(completion="incomplete"), "cmi.core.lesson_status", False),
        ("2004 4th", OLD, Outcome(completion="completed", success="failed"), "cmi.success_status", True),
        ("2004 4th", OLD, Outcome(completion="incomplete", success="passed"), "cmi.completion_status", False),
        ("2004 4th", Outcome(success="passed"), Outcome(success="failed"), "cmi.success_status", False),
    ],
)
def test_a_late_status_raises_and_takes_nothing_back(edition, older, newer, element, rises):
    assert standard_of(edition).raises(element, older, newer) is rises


def test_the_application_asks_the_registry_and_not_the_edition():
    sources = Path(elearn.__file__).parent
    asking = [
        path
        for floor in ("services", "web")
        for path in (sources / floor).rglob("*.py")
        if "is_2004" in path.read_text(encoding="utf-8")
    ]

    assert asking == []
