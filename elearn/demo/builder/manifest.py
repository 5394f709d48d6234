"""Writes `imsmanifest.xml`: SCORM 1.2 (CAM 1.2) and SCORM 2004 3rd and 4th Edition (CAM 1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from elearn.demo.builder.lom import lom_12, lom_2004
from scorm.manifest.model import Edition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from elearn.demo.builder.model import Lesson, Sco

SHARED = "SHARED"  # the resource with the style sheet and the scripts, on which every SCO depends
SCHEMA_VERSIONS = {
    Edition.SCORM_12: "1.2",
    Edition.SCORM_2004_3RD: "2004 3rd Edition",
    Edition.SCORM_2004_4TH: "2004 4th Edition",
}
NAMESPACES_12 = {
    None: "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}
NAMESPACES_2004 = {
    None: "http://www.imsglobal.org/xsd/imscp_v1p1",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": "http://www.imsglobal.org/xsd/imsss",
}


class ManifestWriter:
    """Writes the manifest of one lesson; `files` maps each SCO's identifier, and `SHARED`, to its file names."""

    def __init__(self, lesson: Lesson, files: Mapping[str, Sequence[str]]) -> None:
        self.lesson = lesson
        self.files = files
        self.is_2004 = lesson.edition.is_2004
        self.namespaces = NAMESPACES_2004 if self.is_2004 else NAMESPACES_12

    def write(self) -> bytes:
        """Return the document, encoded in UTF-8, with the first file of each SCO as its launch page."""
        root = etree.Element(self._tag("manifest"), nsmap=self.namespaces)
        root.set("identifier", f"vn.elearn.demo.{self.lesson.slug}")
        root.set("version", "1.0")
        self._metadata(root)
        self._organizations(root)
        self._resources(root)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)

    def _tag(self, name: str, prefix: str | None = None) -> str:
        return f"{{{self.namespaces[prefix]}}}{name}"

    def _add(self, parent: etree._Element, name: str, text: str = "", prefix: str | None = None) -> etree._Element:
        element = etree.SubElement(parent, self._tag(name, prefix))
        element.text = text or None
        return element

    def _metadata(self, root: etree._Element) -> None:
        metadata = self._add(root, "metadata")
        self._add(metadata, "schema", "ADL SCORM")
        self._add(metadata, "schemaversion", SCHEMA_VERSIONS[self.lesson.edition])
        metadata.append(lom_2004(self.lesson) if self.is_2004 else lom_12(self.lesson))

    def _organizations(self, root: etree._Element) -> None:
        organizations = self._add(root, "organizations")
        organizations.set("default", "ORG")
        organization = self._add(organizations, "organization")
        organization.set("identifier", "ORG")
        self._add(organization, "title", self.lesson.title)
        for sco in self.lesson.scos:
            self._item(organization, sco)
        if self.is_2004:
            sequencing = self._add(organization, "sequencing", prefix="imsss")
            mode = self._add(sequencing, "controlMode", prefix="imsss")
            mode.set("choice", "true")
            mode.set("flow", "true")

    def _item(self, organization: etree._Element, sco: Sco) -> None:
        item = self._add(organization, "item")
        item.set("identifier", f"ITEM-{sco.identifier}")
        item.set("identifierref", f"RES-{sco.identifier}")
        item.set("isvisible", "true")
        self._add(item, "title", sco.title)
        if self.is_2004:
            self._completion_threshold(item)
            self._item_sequencing(item, sco)
            self._presentation(item)
        elif sco.max_score:
            self._add(item, "masteryscore", f"{self.lesson.passing * 100:g}", prefix="adlcp")

    def _completion_threshold(self, item: etree._Element) -> None:
        """Ask for the whole progress measure, as attributes (4th Edition) or as text (3rd Edition)."""
        if self.lesson.edition is Edition.SCORM_2004_4TH:
            threshold = self._add(item, "completionThreshold", prefix="adlcp")
            threshold.set("completedByMeasure", "true")
            threshold.set("minProgressMeasure", "1.0")
        else:
            self._add(item, "completionThreshold", "1.0", prefix="adlcp")

    def _item_sequencing(self, item: etree._Element, sco: Sco) -> None:
        """Let the score decide mastery; a part without questions must not pull the whole lesson's score down."""
        sequencing = self._add(item, "sequencing", prefix="imsss")
        if sco.max_score:
            objectives = self._add(sequencing, "objectives", prefix="imsss")
            primary = self._add(objectives, "primaryObjective", prefix="imsss")
            primary.set("objectiveID", f"OBJ-{sco.identifier}")
            primary.set("satisfiedByMeasure", "true")
            self._add(primary, "minNormalizedMeasure", f"{self.lesson.passing:g}", prefix="imsss")
        else:
            rules = self._add(sequencing, "rollupRules", prefix="imsss")
            rules.set("rollupObjectiveSatisfied", "false")
            rules.set("objectiveMeasureWeight", "0")
        delivery = self._add(sequencing, "deliveryControls", prefix="imsss")
        delivery.set("completionSetByContent", "true")
        delivery.set("objectiveSetByContent", "true")

    def _presentation(self, item: etree._Element) -> None:
        """Ask for no second pair of devices: the pages of a SCO have their own, which lead on to its neighbours."""
        presentation = self._add(item, "presentation", prefix="adlnav")
        interface = self._add(presentation, "navigationInterface", prefix="adlnav")
        for device in ("previous", "continue"):
            self._add(interface, "hideLMSUI", device, prefix="adlnav")

    def _resources(self, root: etree._Element) -> None:
        resources = self._add(root, "resources")
        for sco in self.lesson.scos:
            resource = self._resource(resources, f"RES-{sco.identifier}", "sco", self.files[sco.identifier])
            resource.set("href", self.files[sco.identifier][0])
            self._add(resource, "dependency").set("identifierref", SHARED)
        self._resource(resources, SHARED, "asset", self.files[SHARED])

    def _resource(
        self, resources: etree._Element, identifier: str, scorm_type: str, files: Sequence[str]
    ) -> etree._Element:
        resource = self._add(resources, "resource")
        resource.set("identifier", identifier)
        resource.set("type", "webcontent")
        # CAM 1.2 spells the attribute in lower case, CAM 1.3 in camel case.
        resource.set(self._tag("scormType" if self.is_2004 else "scormtype", "adlcp"), scorm_type)
        for name in files:
            self._add(resource, "file").set("href", name)
        return resource
