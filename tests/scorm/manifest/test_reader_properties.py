from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import scorm.manifest
from scorm.manifest import FINDING_CODES, manifest_from_json, manifest_to_json, read_manifest
from tests.support.manifests import ENTRIES, manifest_xml

NAMES = st.sampled_from(
    [
        "manifest",
        "metadata",
        "schema",
        "schemaversion",
        "organizations",
        "organization",
        "item",
        "title",
        "resources",
        "resource",
        "file",
        "dependency",
        "adlcp:location",
        "adlcp:data",
        "adlcp:map",
        "adlcp:completionThreshold",
        "adlnav:presentation",
        "lom",
        "general",
        "imsss:sequencing",
        "imsss:sequencingCollection",
        "imsss:controlMode",
        "imsss:objectives",
        "string",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "identifier",
        "identifierref",
        "default",
        "href",
        "xml:base",
        "adlcp:scormType",
        "parameters",
        "isvisible",
        "ID",
        "IDRef",
        "targetID",
        "minProgressMeasure",
        "completedByMeasure",
        "flow",
        "adlseq:objectivesGlobalToSystem",
    ]
)
VALUES = st.sampled_from(
    ["", " ", "a", "b", "index.html", "../x", "//e", "javascript:x", "http://e/", "?", "#", "%00", "1e9", "đ", "true"]
)
ELEMENTS = st.recursive(
    VALUES,
    lambda inside: st.builds(
        lambda name, attributes, parts: "<{0} {1}>{2}</{0}>".format(
            name, " ".join(f'{key}="{value}"' for key, value in attributes.items()), "".join(parts)
        ),
        NAMES,
        st.dictionaries(ATTRIBUTES, VALUES, max_size=4),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@given(st.binary(max_size=400))
def test_any_bytes_give_findings_and_no_crash(data: bytes) -> None:
    manifest, findings = read_manifest(data, ENTRIES)
    assert manifest is not None or any(finding.refuses for finding in findings)


@given(st.data())
def test_any_damage_to_a_manifest_gives_findings_and_no_crash(data: st.DataObject) -> None:
    text = manifest_xml().encode()
    at = data.draw(st.integers(0, len(text)))
    damaged = text[:at] + data.draw(st.binary(max_size=6)) + text[at + data.draw(st.integers(0, 8)) :]
    manifest, findings = read_manifest(damaged, ENTRIES)
    assert manifest is not None or any(finding.refuses for finding in findings)


@settings(max_examples=150)
@given(ELEMENTS, ELEMENTS, ELEMENTS, st.sampled_from(["1.2", "2004 4th Edition", None]))
def test_whatever_a_manifest_contains_what_is_read_keeps_its_promises(
    organizations: str, resources: str, tail: str, version: str | None
) -> None:
    text = manifest_xml(
        version, organizations=f"<organizations>{organizations}</organizations>", resources=resources, tail=tail
    ).replace(
        "<manifest ",
        '<manifest xmlns:adlnav="n" xmlns:imsss="s" xmlns:adlseq="q" ' if version == "1.2" else "<manifest ",
        1,
    )
    manifest, findings = read_manifest(text.encode(), ENTRIES)
    assert manifest is not None
    assert {finding.code: finding.severity for finding in findings}.items() <= FINDING_CODES.items()
    for organization in manifest.organizations:
        identifiers = [organization.identifier, *(item.identifier for item in organization.walk())]
        assert len(identifiers) == len(set(identifiers))
        assert all(item.title for item in organization.walk())
        assert {item.resource_id for item in organization.walk()} <= {"", *manifest.resources}
    for resource in manifest.resources.values():
        assert resource.href in {"", *ENTRIES} or resource.href.startswith("http://")
    assert manifest_from_json(manifest_to_json(manifest)) == manifest


def test_every_code_is_declared_and_every_declared_code_is_made() -> None:
    folder = Path(scorm.manifest.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "report.py")
    made = set(re.findall(r'\.(?:add|gather)\(\s*"(\w+)"', sources))
    assert made == set(FINDING_CODES)
