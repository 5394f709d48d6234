"""Reading of `<organizations>`, and the organization made up for a package that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.manifest.elements import attribute, boolean, child, children, label_of
from scorm.manifest.items import ItemReader
from scorm.manifest.model import Item, Organization
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from scorm.manifest.model import Resource
    from scorm.manifest.report import Report


def read_organizations(
    root: Element, resources: dict[str, Resource], report: Report, *, is_2004: bool
) -> tuple[Organization, ...]:
    """The organizations of a manifest in document order, empty ones included; titles may be ""."""
    groups = list(children(root, "organizations"))
    collection = _sequencing_collection(root)
    found: list[Organization] = []
    seen: set[str] = set()
    for element in (organization for group in groups for organization in children(group, "organization")):
        reader = ItemReader(is_2004, resources.keys(), collection, report, set(seen))
        organization = _read_organization(element, reader, f"organization-{len(found) + 1}")
        found.append(organization)
        seen.add(organization.identifier)
    return tuple(found)


def default_organization(root: Element, organizations: tuple[Organization, ...], report: Report) -> str:
    """Identifier of the organization that is played: the declared default, else the first (CAM 3.4.1.3).

    Organizations without items are passed over when another has some.

    Raises:
        IndexError: there is no organization.
    """
    group = child(root, "organizations")
    written = "" if group is None else attribute(group, "default") or ""
    filled = [organization.identifier for organization in organizations if organization.items]
    if written in filled:
        return written
    if any(organization.identifier == written for organization in organizations):
        report.add("manifest_default_organization_empty", identifier=written)
    elif written:
        report.add("manifest_default_organization_unknown", identifier=written)
    return filled[0] if filled else organizations[0].identifier


def organization_of_resources(resources: dict[str, Resource]) -> Organization:
    """One flat organization of all SCOs that can be launched, or of all assets where there is no SCO.

    It has no title, and its items are called by their files.

    A resource package (CAM 3.3) has no organization; real ones were meant to be played.
    """
    launchable = [resource for resource in resources.values() if resource.href]
    scos = [resource for resource in launchable if resource.scorm_type == "sco"]
    items = tuple(
        Item(identifier=resource.identifier, title=_file_stem(resource.href), resource_id=resource.identifier)
        for resource in scos or launchable
    )
    taken = {item.identifier for item in items}
    identifier = "organization"
    while identifier in taken:
        identifier += "-1"
    return Organization(identifier, "", items)


def _read_organization(element: Element, reader: ItemReader, substitute: str) -> Organization:
    report = reader.report
    return Organization(
        identifier=reader.unique(element, substitute),
        title=label_of(child(element, "title")),
        items=reader.read_items(element),
        completion_threshold=reader.completion_threshold(element),
        sequencing=reader.sequencing(element),
        objectives_global_to_system=boolean(element, "objectivesglobaltosystem", report, default=True),
        shared_data_global_to_system=boolean(element, "shareddataglobaltosystem", report, default=True),
    )


def _sequencing_collection(root: Element) -> dict[str, Element]:
    """The shared `<imsss:sequencing>` elements by their ID (CAM 4th Edition 5.1.2)."""
    return {
        identifier: sequencing
        for collection in children(root, "sequencingcollection")
        for sequencing in children(collection, "sequencing")
        if (identifier := attribute(sequencing, "id"))
    }


def _file_stem(href: str) -> str:
    return one_line(href.rpartition("/")[2].rpartition(".")[0]) or href
