"""Manifests for tests: the smallest valid `imsmanifest.xml` of an edition, with the parts a test is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorm.findings import Finding

NAMESPACES_12 = (
    'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
)
NAMESPACES_2004 = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
)
ITEM = '<item identifier="i1" identifierref="r1"><title>Bài 1</title></item>'
RESOURCE = '<resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="index.html"/>'
ENTRIES = ("imsmanifest.xml", "index.html")


def manifest_xml(
    version: str | None = "2004 4th Edition",
    *,
    items: str = ITEM,
    resources: str = RESOURCE,
    organizations: str | None = None,
    organization_attributes: str = "",
    metadata: str = "",
    attributes: str = "",
    namespaces: str | None = None,
    tail: str = "",
) -> str:
    """A manifest as text; `version` None leaves schema and schemaversion out."""
    if namespaces is None:
        namespaces = NAMESPACES_12 if version == "1.2" else NAMESPACES_2004
    schema = "" if version is None else f"<schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>"
    if organizations is None:
        organizations = (
            f'<organizations default="o1"><organization identifier="o1" {organization_attributes}>'
            f"<title>Toán lớp 5</title>{items}</organization></organizations>"
        )
    return (
        f'<manifest identifier="m1" version="1.0" {namespaces} {attributes}>'
        f"<metadata>{schema}{metadata}</metadata>{organizations}<resources>{resources}</resources>{tail}</manifest>"
    )


def sco(identifier: str, href: str, *, inside: str = "", attributes: str = "") -> str:
    """A `<resource>` that is a SCO."""
    return (
        f'<resource identifier="{identifier}" type="webcontent" adlcp:scormType="sco" href="{href}" {attributes}>'
        f"{inside}</resource>"
    )


def codes(findings: Iterable[Finding]) -> set[str]:
    """The codes of findings, where their order and parameters do not matter."""
    return {finding.code for finding in findings}
