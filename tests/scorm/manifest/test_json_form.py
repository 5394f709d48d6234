from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.dataclass_json import JsonFormError, to_json
from scorm.manifest import manifest_from_json, manifest_to_json, read_manifest
from scorm.manifest.model import (
    CompletionThreshold,
    DataMap,
    Edition,
    Item,
    Lom,
    Manifest,
    Organization,
    Resource,
)
from scorm.sequencing.definition import ControlModes, LimitConditions, Objective, SequencingDefinition
from tests.support.manifests import ENTRIES, ITEM, manifest_xml

WORDS = st.text(max_size=5)
MEASURES = st.floats(0, 1)
SEQUENCING = st.builds(
    SequencingDefinition,
    control=st.builds(ControlModes, choice=st.booleans(), flow=st.booleans()),
    objectives=st.lists(
        st.builds(Objective, identifier=WORDS, primary=st.booleans(), min_normalized_measure=MEASURES), max_size=2
    ).map(tuple),
    limits=st.builds(LimitConditions, attempt_limit=st.none() | st.integers(0)),
)
THRESHOLDS = st.builds(
    CompletionThreshold, completed_by_measure=st.booleans(), min_progress_measure=MEASURES, progress_weight=MEASURES
)


def items(children: st.SearchStrategy[tuple[Item, ...]]) -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        identifier=WORDS,
        title=WORDS,
        parameters=WORDS,
        is_visible=st.booleans(),
        completion_threshold=st.none() | THRESHOLDS,
        hide_lms_ui=st.frozensets(st.sampled_from(["continue", "exitAll"])),
        data_maps=st.lists(st.builds(DataMap, WORDS, st.booleans(), st.booleans()), max_size=2).map(tuple),
        sequencing=st.none() | SEQUENCING,
        children=children,
    )


ITEMS = st.recursive(items(st.just(())), lambda inner: items(st.lists(inner, max_size=2).map(tuple)), max_leaves=4)
MANIFESTS = st.builds(
    Manifest,
    identifier=WORDS,
    edition=st.sampled_from(Edition),
    title=WORDS,
    default_organization=WORDS,
    organizations=st.lists(
        st.builds(
            Organization,
            identifier=WORDS,
            title=WORDS,
            items=st.lists(ITEMS, max_size=2).map(tuple),
            objectives_global_to_system=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    resources=st.dictionaries(
        WORDS, st.builds(Resource, WORDS, st.just("sco"), WORDS, files=st.lists(WORDS).map(tuple)), max_size=2
    ),
    lom=st.builds(Lom, title=WORDS, keywords=st.lists(WORDS, max_size=2).map(tuple)),
)


@given(MANIFESTS)
def test_stored_form_gives_back_an_equal_manifest(manifest: Manifest) -> None:
    assert manifest_from_json(json.loads(json.dumps(manifest_to_json(manifest), allow_nan=False))) == manifest


def test_manifest_that_was_read_survives_with_its_sequencing() -> None:
    inside = (
        '<imsss:sequencing><imsss:controlMode flow="true"/><imsss:objectives><imsss:primaryObjective objectiveID="p">'
        '<imsss:mapInfo targetObjectiveID="g"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing>'
    )
    text = manifest_xml(items=ITEM.replace("</item>", inside + "</item>"))
    manifest, _ = read_manifest(text.encode(), ENTRIES)
    assert manifest is not None
    sequencing = manifest.organization.items[0].sequencing
    assert sequencing is not None
    assert sequencing.objectives[0].maps[0].target == "g"
    again = manifest_from_json(json.loads(json.dumps(manifest_to_json(manifest))))
    assert again == manifest
    assert isinstance(again.edition, Edition)


def test_defaults_take_no_room_in_the_stored_form() -> None:
    stored = manifest_to_json(Manifest("m", Edition.SCORM_12, "T", "o"))
    assert stored["manifest"] == {
        "identifier": "m",
        "edition": "1.2",
        "title": "T",
        "default_organization": "o",
    }


GOOD = {"identifier": "m", "edition": "1.2", "title": "T", "default_organization": "o"}


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"format": 2, "manifest": GOOD},
        {"format": 1, "manifest": None},
        {"format": 1, "manifest": {**GOOD, "edition": "3.0"}},
        {"format": 1, "manifest": {**GOOD, "title": 5}},
        {"format": 1, "manifest": {key: GOOD[key] for key in ("identifier", "edition")}},
        {"format": 1, "manifest": {**GOOD, "resources": []}},
        {"format": 1, "manifest": {**GOOD, "organizations": [{"identifier": "o"}]}},
        {
            "format": 1,
            "manifest": {**GOOD, "organizations": [{"identifier": "o", "title": "", "sequencing": 1}]},
        },
    ],
)
def test_data_of_another_form_is_refused_with_one_error(data: object) -> None:
    with pytest.raises(JsonFormError):
        manifest_from_json(data)  # type: ignore[arg-type]


def test_fields_of_a_newer_writer_are_ignored() -> None:
    manifest = manifest_from_json({"format": 1, "manifest": {**GOOD, "invented_later": 1}})
    assert manifest.identifier == "m"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1: 2}])
def test_value_without_json_form_is_refused(value: object) -> None:
    with pytest.raises(JsonFormError):
        to_json(value)
