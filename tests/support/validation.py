"""Packages put before the rules of validation: a manifest of parts, and the findings by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.manifest.reader import read_manifest_element
from scorm.manifest.xml_document import parse_document
from scorm.validation import validate
from tests.support.manifests import manifest_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.findings import Finding

FOURTH = "2004 4th Edition"
PAGE = b"<script>parent.API_1484_11.Initialize('')</script>"
GOOD_RESOURCE = (
    '<resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="index.html">'
    '<file href="index.html"/></resource>'
)
FILES: Mapping[str, bytes] = {"imsmanifest.xml": b"", "index.html": PAGE}


def examined(
    version: str = FOURTH, *, files: Mapping[str, bytes] = FILES, resources: str = GOOD_RESOURCE, **parts: str
) -> dict[str, Finding]:
    """What the rules say of a manifest made by `manifest_xml` from these parts, by code."""
    return examined_text(manifest_xml(version, resources=resources, **parts), files)


def examined_text(text: str, files: Mapping[str, bytes] = FILES) -> dict[str, Finding]:
    """The same for a manifest as text."""
    root, _ = parse_document(text.encode())
    assert root is not None
    manifest, _ = read_manifest_element(root, files)
    assert manifest is not None
    return {finding.code: finding for finding in validate(root, manifest, files, read_entry=files.get)}


def leaf(identifier: str, sequencing: str = "", *, more: str = "", attributes: str = "") -> str:
    """An item that launches the resource `r1`."""
    return (
        f'<item identifier="{identifier}" identifierref="r1" {attributes}><title>{identifier}</title>{more}'
        f"{_sequencing(sequencing)}</item>"
    )


def cluster(identifier: str, inside: str, sequencing: str = "", *, attributes: str = "") -> str:
    """An item with items in it; by default learners may flow through it."""
    flow = '<imsss:controlMode flow="true"/>' if "controlMode" not in sequencing else ""
    return (
        f'<item identifier="{identifier}" {attributes}><title>{identifier}</title>{inside}'
        f"{_sequencing(flow + sequencing)}</item>"
    )


def rule(kind: str, action: str, *conditions: str, combination: str = "all") -> str:
    """A sequencing rule; each condition is the attributes of a `<ruleCondition>`."""
    written = "".join(f"<imsss:ruleCondition {condition}/>" for condition in conditions)
    return (
        f"<imsss:sequencingRules><imsss:{kind}ConditionRule>"
        f'<imsss:ruleConditions conditionCombination="{combination}">{written}</imsss:ruleConditions>'
        f'<imsss:ruleAction action="{action}"/></imsss:{kind}ConditionRule></imsss:sequencingRules>'
    )


def rollup(attributes: str, *conditions: str, action: str = "satisfied") -> str:
    """A rollup rule; each condition is the attributes of a `<rollupCondition>`."""
    written = "".join(f"<imsss:rollupCondition {condition}/>" for condition in conditions)
    return (
        f"<imsss:rollupRules><imsss:rollupRule {attributes}><imsss:rollupConditions>{written}</imsss:rollupConditions>"
        f'<imsss:rollupAction action="{action}"/></imsss:rollupRule></imsss:rollupRules>'
    )


def objectives(inside: str, *, primary: str = "") -> str:
    """Objectives of an activity: a primary one with `primary` in it, and others."""
    first = f'<imsss:primaryObjective objectiveID="p">{primary}</imsss:primaryObjective>'
    return f"<imsss:objectives>{first}{inside}</imsss:objectives>"


def _sequencing(inside: str) -> str:
    return f"<imsss:sequencing>{inside}</imsss:sequencing>" if inside else ""
