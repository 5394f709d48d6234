"""The data-model tables are complete, consistent and the same as JSON."""

import json
import re

import pytest

from scorm.datamodel import Fault, table_for
from scorm.manifest.model import Edition

EDITIONS = ["1.2", "2004 2nd", "2004 3rd", "2004 4th"]

# RTE 1.2, 3.4.4: what an LMS must implement.
MANDATORY_12 = {
    "cmi.core.student_id",
    "cmi.core.student_name",
    "cmi.core.lesson_location",
    "cmi.core.credit",
    "cmi.core.lesson_status",
    "cmi.core.entry",
    "cmi.core.score.raw",
    "cmi.core.total_time",
    "cmi.core.exit",
    "cmi.core.session_time",
    "cmi.suspend_data",
    "cmi.launch_data",
}

# RTE 4th Edition, table 4.2a: the data-model elements of an LMS.
ELEMENTS_2004 = [
    "cmi._version",
    "cmi.comments_from_learner.n.comment",
    "cmi.comments_from_learner.n.location",
    "cmi.comments_from_learner.n.timestamp",
    "cmi.comments_from_lms.n.comment",
    "cmi.comments_from_lms.n.location",
    "cmi.comments_from_lms.n.timestamp",
    "cmi.completion_status",
    "cmi.completion_threshold",
    "cmi.credit",
    "cmi.entry",
    "cmi.exit",
    "cmi.interactions.n.id",
    "cmi.interactions.n.type",
    "cmi.interactions.n.objectives.n.id",
    "cmi.interactions.n.timestamp",
    "cmi.interactions.n.correct_responses.n.pattern",
    "cmi.interactions.n.weighting",
    "cmi.interactions.n.learner_response",
    "cmi.interactions.n.result",
    "cmi.interactions.n.latency",
    "cmi.interactions.n.description",
    "cmi.launch_data",
    "cmi.learner_id",
    "cmi.learner_name",
    "cmi.learner_preference.audio_level",
    "cmi.learner_preference.language",
    "cmi.learner_preference.delivery_speed",
    "cmi.learner_preference.audio_captioning",
    "cmi.location",
    "cmi.max_time_allowed",
    "cmi.mode",
    "cmi.objectives.n.id",
    "cmi.objectives.n.score.scaled",
    "cmi.objectives.n.score.raw",
    "cmi.objectives.n.score.min",
    "cmi.objectives.n.score.max",
    "cmi.objectives.n.success_status",
    "cmi.objectives.n.completion_status",
    "cmi.objectives.n.progress_measure",
    "cmi.objectives.n.description",
    "cmi.progress_measure",
    "cmi.scaled_passing_score",
    "cmi.score.scaled",
    "cmi.score.raw",
    "cmi.score.min",
    "cmi.score.max",
    "cmi.session_time",
    "cmi.success_status",
    "cmi.suspend_data",
    "cmi.time_limit_action",
    "cmi.total_time",
    "adl.nav.request",
    "adl.nav.request_valid.continue",
    "adl.nav.request_valid.previous",
    "adl.nav.request_valid.choice",
    "adl.nav.request_valid.jump",
    "adl.data.n.id",
    "adl.data.n.store",
]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_table_survives_the_way_to_the_browser(edition):
    told = table_for(edition).as_dict()

    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("edition", list(Edition))
def test_every_edition_of_the_manifest_model_has_a_table(edition):
    assert table_for(edition).edition == edition.value


def test_an_unknown_edition_is_a_lookup_error():
    with pytest.raises(LookupError):
        table_for("AICC")


def test_the_4th_edition_has_every_element_of_the_standard():
    assert set(table_for("2004 4th").elements) == set(ELEMENTS_2004)


def test_scorm_12_marks_the_mandatory_elements():
    elements = table_for("1.2").elements

    assert {name for name, one in elements.items() if one.mandatory} == MANDATORY_12


@pytest.mark.parametrize("edition", ["2004 2nd", "2004 3rd"])
def test_shared_data_and_jump_came_with_the_4th_edition(edition):
    table = table_for(edition)

    assert not [name for name in table.elements if name.startswith("adl.data") or name.endswith(".jump")]
    assert "jump" not in table.targets
    assert "adl.data" not in table.collections


def test_the_2nd_edition_promises_4000_characters_of_suspend_data():
    assert table_for("2004 2nd").elements["cmi.suspend_data"].spm == 4000
    assert table_for("2004 3rd").elements["cmi.suspend_data"].spm == 64000


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_indexed_element_lies_in_known_collections(edition):
    table = table_for(edition)
    owners = {name[: found.start()] for name in table.elements for found in re.finditer(r"\.n(?=\.)", name)}

    assert owners == set(table.collections)


@pytest.mark.parametrize("edition", EDITIONS)
def test_children_name_exactly_the_elements_below(edition):
    table = table_for(edition)
    for owner, told in table.children.items():
        prefix = owner + (".n." if owner in table.collections else ".")
        below = {name.removeprefix(prefix).split(".")[0] for name in table.elements if name.startswith(prefix)}
        assert set(told.split(",")) == below


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_dependency_names_an_element_of_the_same_record(edition):
    table = table_for(edition)
    for name, element in table.elements.items():
        if element.requires:
            record = name[: name.rindex(".n.") + 3]
            assert record + element.requires in table.elements


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_fault_has_a_code_and_every_code_a_string(edition):
    table = table_for(edition)

    assert set(table.codes) == set(Fault)
    assert set(table.codes.values()) <= set(table.strings)
    assert all(0 < len(text) < 255 for text in table.strings.values())


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_limit_is_below_the_smallest_permitted_maximum(edition):
    for name, element in table_for(edition).elements.items():
        assert element.limit >= element.spm or element.limit == 0, name


@pytest.mark.parametrize("edition", EDITIONS)
def test_formats_stay_within_what_both_regular_expression_languages_share(edition):
    for pattern in table_for(edition).formats.values():
        assert "(?<" not in pattern
        assert "\\d" not in pattern
        assert "\\w" not in pattern
        re.compile(pattern)
