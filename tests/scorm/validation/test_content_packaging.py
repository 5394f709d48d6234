"""The rules of the CAM book: each is broken once, and the example that follows them all gives no finding."""

import pytest

from scorm.validation import FINDING_CODES, metadata
from tests.support.manifests import manifest_xml, sco
from tests.support.validation import FILES, FOURTH, GOOD_RESOURCE, cluster, examined, examined_text, leaf


def asset(identifier, inside=""):
    return f'<resource identifier="{identifier}" type="webcontent" adlcp:scormType="asset">{inside}</resource>'


def needs(identifier):
    return f'<dependency identifierref="{identifier}"/>'


CIRCLE = asset("a", needs("b")) + asset("b", needs("c")) + asset("c", needs("a"))
# code -> a manifest of version and parts in which it is found
BROKEN = {
    "cam_elements_of_other_edition": {"items": leaf("i1", more="<adlcp:masteryscore>80</adlcp:masteryscore>")},
    "cam_clusters_with_resource": {"items": cluster("c", leaf("i1"), attributes='identifierref="r1"')},
    "cam_leaves_without_resource": {"items": leaf("i1") + '<item identifier="i2"><title>Chương 2</title></item>'},
    "cam_launches_without_href": {
        "items": leaf("i1") + '<item identifier="i2" identifierref="r2"><title>2</title></item>',
        "resources": GOOD_RESOURCE + '<resource identifier="r2" type="webcontent" adlcp:scormType="sco"/>',
    },
    "cam_scorm_types_unknown": {"resources": GOOD_RESOURCE.replace('"sco"', '"course"')},
    "cam_scorm_types_missing": {"resources": GOOD_RESOURCE.replace('adlcp:scormType="sco"', "")},
    "cam_resource_types_unexpected": {"resources": GOOD_RESOURCE.replace('"webcontent"', '"text/html"')},
    "cam_launch_files_unlisted": {"resources": sco("r1", "index.html")},
    "cam_resources_unused": {"resources": GOOD_RESOURCE + asset("r2")},
    "cam_dependencies_circular": {"resources": GOOD_RESOURCE + CIRCLE},
    "cam_data_from_lms_too_long": {"items": leaf("i1", more=f"<adlcp:dataFromLMS>{'x' * 4001}</adlcp:dataFromLMS>")},
    "cam_schema_unexpected": {"version": "2004 4th edition"},
    "cam_elements_repeated": {"items": leaf("i1", more="<title>Bài 1</title>")},
    "cam_identifiers_malformed": {"items": leaf("1-bai")},
    "cam_identifiers_shared": {"items": leaf("r1")},
    "cam_default_organization_missing": {
        "organizations": "<organizations>"
        + "".join(f'<organization identifier="o{n}"><title>{n}</title>{leaf(f"i{n}")}</organization>' for n in (1, 2))
        + "</organizations>"
    },
    "cam_parameters_unused": {"items": cluster("c", leaf("i1"), attributes='parameters="?trang=2"')},
    "cam_parameters_malformed": {"items": leaf("i1", attributes='parameters="?trang=hai ba"')},
    "cam_titles_too_long": {"items": leaf("i1").replace("<title>i1", "<title>" + "a" * 201)},
    "cam_everything_invisible": {"items": "".join(leaf(f"i{n}", attributes='isvisible="false"') for n in (1, 2))},
    "cam_time_limit_actions_alone": {
        "items": leaf("i1", more="<adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction>")
    },
    "cam_thresholds_unused": {"items": leaf("i1", more='<adlcp:completionThreshold minProgressMeasure="0.5"/>')},
    "cam_data_maps_repeated": {
        "items": leaf("i1", more='<adlcp:data><adlcp:map targetID="d"/><adlcp:map targetID="d"/></adlcp:data>')
    },
    "cam_data_maps_unused": {
        "items": leaf("i1", more='<adlcp:data><adlcp:map targetID="d"/></adlcp:data>'),
        "resources": GOOD_RESOURCE.replace('"sco"', '"asset"'),
    },
    "cam_presentations_unused": {"items": cluster("c", leaf("i1") + "<adlnav:presentation/>")},
    "cam_metadata_files_missing": {
        "items": leaf("i1", more="<metadata><adlcp:location>lom.xml</adlcp:location></metadata>")
    },
    "cam_metadata_files_unreadable": {
        "items": leaf("i1", more="<metadata><adlcp:location>imsmanifest.xml</adlcp:location></metadata>")
    },
    "cam_bases_malformed": {"resources": GOOD_RESOURCE.replace(" href", ' xml:base="noi-dung" href', 1)},
    "cam_addresses_absolute": {"resources": GOOD_RESOURCE.replace('href="index', 'href="/index')},
    "cam_addresses_unescaped": {"resources": GOOD_RESOURCE.replace("</res", '<file href="bài 2.html"/></res')},
    "cam_mastery_scores_invalid": {
        "version": "1.2",
        "items": leaf("i1", more="<adlcp:masteryscore>120</adlcp:masteryscore>"),
    },
    "cam_max_times_invalid": {
        "version": "1.2",
        "items": leaf("i1", more="<adlcp:maxtimeallowed>30 phút</adlcp:maxtimeallowed>"),
    },
    "cam_prerequisites_unknown": {
        "version": "1.2",
        "items": leaf("i1", more='<adlcp:prerequisites type="aicc_script">bai_0</adlcp:prerequisites>'),
    },
}


def broken(code):
    parts = dict(BROKEN[code])
    return examined(parts.pop("version", FOURTH), **parts)


@pytest.mark.parametrize("version", ["1.2", "CAM 1.3", "2004 3rd Edition", FOURTH])
def test_a_package_that_keeps_the_rules_has_no_finding(version):
    assert examined(version, items=leaf("i1")) == {}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_is_found(code):
    assert broken(code)[code].severity is FINDING_CODES[code]


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_names_the_line_in_the_manifest(code):
    assert broken(code)[code].place == "imsmanifest.xml:1"


def test_lines_are_those_of_the_file():
    text = '<?xml version="1.0"?>\n' + manifest_xml(items="\n\n" + leaf("1-bai"), resources=GOOD_RESOURCE)
    assert examined_text(text)["cam_identifiers_malformed"].place == "imsmanifest.xml:4"


def test_a_manifest_without_a_required_element_is_found():
    text = manifest_xml(resources=GOOD_RESOURCE).replace("<metadata>", "<meta>").replace("</metadata>", "</meta>")
    assert examined_text(text)["cam_elements_missing"].params["names"] == "metadata"


def test_what_has_thousands_of_faults_is_said_once():
    items = "".join(leaf(f"{n}") for n in range(3000))
    found = examined(items=items)["cam_identifiers_malformed"]
    assert found.params == {"count": 3000, "names": "0, 1, 2, 3, 4"}


@pytest.mark.parametrize("text", ['i2&amp;"passed"', "i2=completed", "2*{i2,i3}", "~i2|i3"])
def test_prerequisites_of_items_that_exist_are_in_order(text):
    more = f'<adlcp:prerequisites type="aicc_script">{text.replace(chr(34), "&quot;")}</adlcp:prerequisites>'
    assert examined("1.2", items=leaf("i1", more=more) + leaf("i2") + leaf("i3")) == {}


def test_an_item_that_waits_for_itself_is_found():
    more = '<adlcp:prerequisites type="aicc_script">i1</adlcp:prerequisites>'
    assert "cam_prerequisites_unknown" in examined("1.2", items=leaf("i1", more=more))


@pytest.mark.parametrize("parameters", ["?a=1&amp;b=2", "a=1", "#trang2", "?x=%C3%A9#y", "&amp;a=1"])
def test_parameters_of_an_address_are_in_order(parameters):
    assert examined(items=leaf("i1", attributes=f'parameters="{parameters}"')) == {}


def test_what_lies_behind_a_circle_is_not_blamed():
    first = GOOD_RESOURCE.replace("</res", needs("t") + "</res")
    found = examined(resources=first + asset("t", needs("a")) + CIRCLE)
    assert found["cam_dependencies_circular"].params == {"count": 3, "names": "a, b, c"}


def test_files_that_no_resource_lists_are_counted_but_schemas_are_not():
    found = examined(items=leaf("i1"), files={**FILES, "adlcp.xsd": b"", "thua.png": b"", "thua2.png": b""})
    assert found["cam_files_unlisted"].params == {"count": 2, "names": "thua.png, thua2.png"}


def test_a_file_name_that_is_no_address_is_found():
    assert "cam_file_names_fragile" in examined(items=leaf("i1"), files={**FILES, "50%.png": b""})


def test_metadata_files_are_opened_within_a_budget(monkeypatch):
    monkeypatch.setattr(metadata, "_READ", 5 * metadata._OPENING)
    files = {**FILES, **{f"{n}.xml": b"" for n in range(20)}}
    items = "".join(
        leaf(f"i{n}", more=f"<metadata><adlcp:location>{n}.xml</adlcp:location></metadata>") for n in range(20)
    )
    assert examined(items=items, files=files)["cam_metadata_files_unreadable"].params["count"] == 5
