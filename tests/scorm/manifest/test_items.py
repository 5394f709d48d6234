from __future__ import annotations

import pytest

from scorm.manifest import read_manifest
from scorm.manifest.model import CompletionThreshold, DataMap, Item, Manifest
from tests.support.manifests import ENTRIES, ITEM, NAMESPACES_12, codes, manifest_xml


def read(text: str) -> tuple[Manifest, dict[str, dict[str, str | int]]]:
    manifest, findings = read_manifest(text.encode(), ENTRIES)
    assert manifest is not None
    return manifest, {finding.code: dict(finding.params) for finding in findings}


def read_item(inside: str, version: str = "2004 4th Edition", attributes: str = "") -> Item:
    item = f'<item identifier="i1" identifierref="r1" {attributes}><title>Bài 1</title>{inside}</item>'
    manifest, findings = read(manifest_xml(version, items=item))
    assert findings == {}
    return manifest.organization.items[0]


def test_items_of_any_depth_are_read_in_document_order() -> None:
    items = (
        '<item identifier="a"><title>A</title>'
        '<item identifier="b" identifierref="r1"><title>B</title></item>'
        '<item identifier="c"><title>C</title><item identifier="d" identifierref="r1"><title>D</title></item></item>'
        "</item>" + ITEM
    )
    manifest, findings = read(manifest_xml(items=items))
    assert [item.identifier for item in manifest.organization.walk()] == ["a", "b", "c", "d", "i1"]
    assert findings == {}


def test_title_is_one_line_of_plain_text_whatever_it_contains() -> None:
    items = (
        '<item identifier="i1" identifierref="r1">'
        "<title> \n &lt;script&gt;alert(1)&lt;/script&gt;\t<b>đậm</b>  </title></item>"
    )
    manifest, _ = read(manifest_xml(items=items))
    assert manifest.organization.items[0].title == "<script>alert(1)</script> đậm"


@pytest.mark.parametrize("title", ["", "<title/>", "<title> \n </title>"])
def test_item_without_title_is_called_by_its_identifier(title: str) -> None:
    manifest, findings = read(manifest_xml(items=f'<item identifier="i1" identifierref="r1">{title}</item>'))
    assert manifest.organization.items[0].title == "i1"
    assert findings == {"manifest_titles_missing": {"count": 1, "names": "i1"}}


def test_parameters_and_visibility_are_read() -> None:
    item = read_item("", attributes='parameters=" ?tc=1&amp;act=2 " isvisible="false"')
    assert (item.parameters, item.is_visible) == ("?tc=1&act=2", False)


def test_white_space_around_identifiers_does_not_count() -> None:
    items = '<item identifier=" i1 " identifierref=" r1 "><title>x</title></item>'
    manifest, findings = read(manifest_xml(items=items))
    (item,) = manifest.organization.items
    assert (item.identifier, item.resource_id) == ("i1", "r1")
    assert findings == {}


def test_repeated_and_missing_identifiers_become_unique() -> None:
    leaf = '<item {} identifierref="r1"><title>x</title></item>'
    items = leaf.format('identifier="a"') * 3 + leaf.format("") + leaf.format('identifier="o1"')
    manifest, findings = read(manifest_xml(items=items))
    assert [item.identifier for item in manifest.organization.items] == ["a", "a~2", "a~3", "item-4", "o1~2"]
    assert findings == {
        "manifest_identifiers_duplicate": {"count": 3, "names": "a, o1"},
        "manifest_identifiers_missing": {"count": 1, "names": "item-4"},
    }


def test_item_of_an_unknown_resource_launches_nothing_and_is_told() -> None:
    items = ITEM + '<item identifier="i2" identifierref="R1"><title>x</title></item>'
    manifest, findings = read(manifest_xml(items=items))
    assert manifest.organization.items[1].resource_id == ""
    assert findings == {"manifest_resources_missing": {"count": 1, "names": "R1"}}


def test_elements_of_scorm_12_are_read() -> None:
    item = read_item(
        '<adlcp:prerequisites type="aicc_script">i0 &amp; i9</adlcp:prerequisites>'
        "<adlcp:maxtimeallowed> 00:30:00 </adlcp:maxtimeallowed>"
        "<adlcp:timelimitaction>exit, no message</adlcp:timelimitaction>"
        "<adlcp:datafromlms>\n{&quot;a&quot;: 1}\n</adlcp:datafromlms>"
        "<adlcp:masteryscore>80</adlcp:masteryscore>",
        "1.2",
    )
    assert item.prerequisites == "i0 & i9"
    assert item.max_time_allowed == "00:30:00"
    assert item.time_limit_action == "exit,no message"
    assert item.data_from_lms == '{"a": 1}'
    assert item.mastery_score == "80"


def test_elements_of_scorm_2004_are_read() -> None:
    item = read_item(
        "<adlcp:timeLimitAction>continue,message</adlcp:timeLimitAction>"
        "<adlcp:dataFromLMS>Dữ liệu</adlcp:dataFromLMS>"
        '<adlcp:data><adlcp:map targetID="t1" readSharedData="false"/><adlcp:map targetID="t2" writeSharedData="0"/>'
        "<adlcp:map/></adlcp:data>"
        "<adlnav:presentation><adlnav:navigationInterface>"
        "<adlnav:hideLMSUI> continue </adlnav:hideLMSUI><adlnav:hideLMSUI>suspendall</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
    )
    assert item.time_limit_action == "continue,message"
    assert item.data_from_lms == "Dữ liệu"
    assert item.data_maps == (DataMap("t1", read_shared_data=False), DataMap("t2", write_shared_data=False))
    assert item.hide_lms_ui == {"continue", "suspendAll"}


@pytest.mark.parametrize(
    ("written", "threshold"),
    [
        ("<adlcp:completionThreshold/>", CompletionThreshold()),
        ('<adlcp:completionThreshold completedByMeasure="true"/>', CompletionThreshold(completed_by_measure=True)),
        (
            '<adlcp:completionThreshold completedByMeasure="1" minProgressMeasure="0.45" progressWeight=".25"/>',
            CompletionThreshold(completed_by_measure=True, min_progress_measure=0.45, progress_weight=0.25),
        ),
        (
            '<adlcp:completionThreshold minProgressMeasure="0.0"/>',
            CompletionThreshold(min_progress_measure=0.0),
        ),
        (
            "<adlcp:completionThreshold> 0.5 </adlcp:completionThreshold>",
            CompletionThreshold(completed_by_measure=True, min_progress_measure=0.5),
        ),
    ],
)
def test_completion_threshold_is_read_as_attributes_and_as_text(written: str, threshold: CompletionThreshold) -> None:
    assert read_item(written).completion_threshold == threshold


@pytest.mark.parametrize("written", ["2", "-0.1", "nan", "inf", "1e400", "một", "0,5", "٠.٥"])
def test_threshold_outside_its_range_is_told_and_counts_as_absent(written: str) -> None:
    inside = f'<adlcp:completionThreshold minProgressMeasure="{written}"/>'
    manifest, findings = read(manifest_xml(items=ITEM.replace("</item>", inside + "</item>")))
    assert manifest.organization.items[0].completion_threshold == CompletionThreshold()
    assert findings["manifest_values_invalid"]["names"] == f"minProgressMeasure={written}"


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<adlcp:timeLimitAction>explode</adlcp:timeLimitAction>", "timeLimitAction=explode"),
        (
            "<presentation><navigationInterface><hideLMSUI>all</hideLMSUI></navigationInterface></presentation>",
            "hideLMSUI=all",
        ),
        ('<adlcp:data><adlcp:map targetID="t" readSharedData="?"/></adlcp:data>', "readshareddata=?"),
    ],
)
def test_values_outside_their_vocabulary_are_told(inside: str, name: str) -> None:
    _, findings = read(manifest_xml(items=ITEM.replace("</item>", inside + "</item>")))
    assert findings == {"manifest_values_invalid": {"count": 1, "names": name}}


def test_sequencing_is_read_with_its_collection() -> None:
    inside = '<imsss:sequencing IDRef="shared"><imsss:deliveryControls tracked="false"/></imsss:sequencing>'
    tail = (
        '<imsss:sequencingCollection><imsss:sequencing ID="shared">'
        '<imsss:controlMode choice="false" flow="true"/></imsss:sequencing></imsss:sequencingCollection>'
    )
    manifest, _ = read(manifest_xml(items=ITEM.replace("</item>", inside + "</item>"), tail=tail))
    sequencing = manifest.organization.items[0].sequencing
    assert sequencing is not None
    assert (sequencing.control.choice, sequencing.control.flow) == (False, True)
    assert sequencing.delivery.tracked is False


def test_scorm_12_has_no_sequencing() -> None:
    namespaces = NAMESPACES_12 + ' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
    items = ITEM.replace("</item>", "<imsss:sequencing/></item>")
    manifest, _ = read(manifest_xml("1.2", items=items, namespaces=namespaces))
    assert manifest.organization.items[0].sequencing is None


def test_long_names_reach_findings_shortened() -> None:
    long = "x" * 5000
    _, findings = read_manifest(manifest_xml(items=ITEM.replace("r1", long)).encode(), ENTRIES)
    assert "manifest_resources_missing" in codes(findings)
    assert all(len(str(value)) < 200 for finding in findings for value in finding.params.values())
