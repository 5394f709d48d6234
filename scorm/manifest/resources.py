"""Reading of `<resources>`: what an item launches and the files it needs (CAM 4th Edition 3.4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorm.manifest.addresses import Address, Base, Outcome, resolve
from scorm.manifest.elements import attribute, children, xml_base
from scorm.manifest.model import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from scorm.manifest.entries import PackageEntries
    from scorm.manifest.report import Report


@dataclass(frozen=True, slots=True)
class ResourceTable:
    """The resources by identifier, what became of the href of each, and where each was read."""

    resources: dict[str, Resource]
    addresses: dict[str, Address]
    elements: dict[str, Element]


def read_resources(root: Element, base: Base, entries: PackageEntries, report: Report) -> ResourceTable:
    """Read the resources of a manifest and of its sub-manifests (CAM 1.2, 2.3.4) into one table.

    Of resources with the same identifier the first is kept. `href` and `files` name existing entries
    or http(s) URLs only; absent files are reported and left out.
    """
    table = ResourceTable({}, {}, {})
    for element, resource_base in _located(root, base):
        resource, address = _read_resource(element, resource_base, entries, report)
        if resource.identifier in table.resources:
            report.gather("manifest_identifiers_duplicate", resource.identifier, element)
        elif resource.identifier:
            table.resources[resource.identifier] = resource
            table.addresses[resource.identifier] = address
            table.elements[resource.identifier] = element
        else:
            report.gather("manifest_identifiers_missing", address.written or "resource", element)
    _report_dependencies(table, report)
    return table


def _located(manifest: Element, base: Base) -> Iterator[tuple[Element, Base]]:
    """Each `<resource>` with the base its hrefs start from; every level may carry an `xml:base`."""
    manifest_base = base.below(xml_base(manifest))
    for group in children(manifest, "resources"):
        group_base = manifest_base.below(xml_base(group))
        for resource in children(group, "resource"):
            yield resource, group_base.below(xml_base(resource))
    for nested in children(manifest, "manifest"):
        yield from _located(nested, manifest_base)


def _read_resource(element: Element, base: Base, entries: PackageEntries, report: Report) -> tuple[Resource, Address]:
    address = resolve(attribute(element, "href") or "", base, entries)
    if address.outcome is Outcome.DIFFERS:
        report.gather("manifest_file_names_differ", address.written, element)
    resource = Resource(
        identifier=attribute(element, "identifier") or "",
        scorm_type="sco" if (attribute(element, "scormtype") or "").lower() == "sco" else "asset",
        href=address.path,
        query=address.suffix,
        files=tuple(dict.fromkeys(_files(element, base, entries, report))),
        dependencies=tuple(
            identifier
            for dependency in children(element, "dependency")
            if (identifier := attribute(dependency, "identifierref"))
        ),
    )
    return resource, address


def _files(element: Element, base: Base, entries: PackageEntries, report: Report) -> Iterator[str]:
    for file in children(element, "file"):
        address = resolve(attribute(file, "href") or "", base, entries)
        if address.outcome is Outcome.DIFFERS:
            report.gather("manifest_file_names_differ", address.written, file)
        if address.outcome in {Outcome.ABSENT, Outcome.REFUSED}:
            report.gather("manifest_files_missing", address.written, file)
        if address.outcome in {Outcome.FOUND, Outcome.DIFFERS}:
            yield address.path


def _report_dependencies(table: ResourceTable, report: Report) -> None:
    for resource in table.resources.values():
        for identifier in resource.dependencies:
            if identifier not in table.resources:
                report.gather("manifest_dependencies_missing", identifier, table.elements[resource.identifier])
