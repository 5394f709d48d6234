"""Reading of `imsmanifest.xml` as a whole: the tolerant reader for SCORM 1.2 and SCORM 2004."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from scorm.manifest.addresses import Base, Outcome, package_base, resolve
from scorm.manifest.classification import ManifestKind, classify_manifest, detect_edition
from scorm.manifest.elements import attribute, children, text_of, xml_base
from scorm.manifest.entries import PackageEntries
from scorm.manifest.lom import merge_loms, read_lom
from scorm.manifest.model import Lom, Manifest
from scorm.manifest.organizations import default_organization, organization_of_resources, read_organizations
from scorm.manifest.report import Report, at_lines, line_of
from scorm.manifest.resources import read_resources
from scorm.manifest.xml_document import parse_document
from scorm.namespaces import XML, local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element as Element

    from scorm.findings import Finding
    from scorm.manifest.model import Organization
    from scorm.manifest.resources import ResourceTable

    EntryReader = Callable[[str], bytes | None]

MAX_ITEMS: Final = 10_000  # no tree of that size can be shown or sequenced; the largest real one has 190
_ITEM_COUNT: Final = etree.XPath("count(//*[local-name() = 'item'])")


def read_manifest(
    data: bytes, entries: Iterable[str], *, base: str = "", read_entry: EntryReader | None = None
) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Read the bytes of `imsmanifest.xml`; never raises, whatever the bytes are.

    `entries` are the names of the package's files, `base` the folder the manifest lies in ("" or a path
    with a final "/"), `read_entry` gives an entry's bytes (None: unreadable) and is asked for metadata
    files only. The manifest is None when the XML or the standard is refused; it may be there beside a
    finding that refuses the package, so that the refusal can name its title.
    """
    root, findings = parse_document(data)
    if root is None:
        return None, findings
    manifest, further = read_manifest_element(root, entries, base=base, read_entry=read_entry)
    return manifest, (*findings, *further)


def read_manifest_element(
    root: Element, entries: Iterable[str], *, base: str = "", read_entry: EntryReader | None = None
) -> tuple[Manifest | None, tuple[Finding, ...]]:
    """Read a manifest that `xml_document.parse_document` parsed; otherwise like `read_manifest`."""
    report = Report()
    found = classify_manifest(root)
    if found.kind is ManifestKind.UNKNOWN:
        report.add("manifest_root_unexpected", name=local_name(str(root.tag)))
    elif found.kind is not ManifestKind.SCORM:
        report.add("manifest_not_scorm", kind=found.kind, version=found.version)
    elif (count := int(_ITEM_COUNT(root))) > MAX_ITEMS:
        report.add("manifest_too_many_items", count=count, limit=MAX_ITEMS)
    else:
        if base:
            report.add("manifest_in_subfolder", folder=base)
        manifest = _read(root, PackageEntries(entries), package_base(base), read_entry, report)
        return manifest, report.findings()
    return None, report.findings()


def _read(
    root: Element, entries: PackageEntries, base: Base, read_entry: EntryReader | None, report: Report
) -> Manifest:
    edition = detect_edition(root, report)
    if nested := sum(1 for _ in children(root, "manifest")):
        report.add("manifest_submanifests_merged", count=nested)
    table = read_resources(root, base, entries, report)
    written = read_organizations(root, table.resources, report, is_2004=edition.is_2004)
    organizations = _playable(written, table, report)
    lom = _read_metadata(root, entries, base, read_entry, report)
    default = default_organization(root, organizations, report)
    title = _title(written, default, lom)
    manifest = Manifest(
        identifier=attribute(root, "identifier") or "",
        edition=edition,
        title=title,
        default_organization=default,
        organizations=tuple(_named(organization, title) for organization in organizations),
        resources=table.resources,
        lom=lom,
        version=attribute(root, "version") or "",
    )
    _check_launches(manifest, table, report)
    return manifest


def _playable(
    organizations: tuple[Organization, ...], table: ResourceTable, report: Report
) -> tuple[Organization, ...]:
    """The organizations, or one made of the resources where none has an item."""
    if any(organization.items for organization in organizations):
        return organizations
    made = organization_of_resources(table.resources)
    report.add("manifest_organization_missing", count=len(made.items))
    return (made,)


def _title(organizations: tuple[Organization, ...], default: str, lom: Lom) -> str:
    """The title the author gave: that of the default organization, of another, of the LOM, of an only item."""
    played = [organization for organization in organizations if organization.identifier == default]
    titles = [organization.title for organization in (*played, *organizations)]
    items = played[0].items if played else ()
    of_item = items[0].title if len(items) == 1 and items[0].title != items[0].identifier else ""
    return next(filter(None, (*titles, lom.title, of_item)), "")


def _named(organization: Organization, title: str) -> Organization:
    """The organization with a title, because it is the first line of the table of contents."""
    return organization if organization.title else replace(organization, title=title or organization.identifier)


def _check_launches(manifest: Manifest, table: ResourceTable, report: Report) -> None:
    """Report what the played items refer to and cannot be opened; refuse when none is a file of the package."""
    used = dict.fromkeys(item.resource_id for item in manifest.organization.walk() if item.resource_id)
    launches: dict[Outcome, list[tuple[str, Element]]] = {outcome: [] for outcome in Outcome}
    for identifier in used:
        address = table.addresses[identifier]
        launches[address.outcome].append((address.written, table.elements[identifier]))
    for name, element in launches[Outcome.REFUSED]:
        report.gather("manifest_launch_addresses_refused", name, element)
    absent, outside = launches[Outcome.ABSENT], launches[Outcome.EXTERNAL]
    if launches[Outcome.FOUND] or launches[Outcome.DIFFERS]:
        _report_partly(absent, outside, report)
    else:
        _refuse_launch(absent, outside, report)


def _report_partly(absent: list[tuple[str, Element]], outside: list[tuple[str, Element]], report: Report) -> None:
    for name, element in absent:
        report.gather("manifest_launch_files_missing", name, element)
    for name, element in outside:
        report.gather("manifest_launch_addresses_external", name, element)


def _refuse_launch(absent: list[tuple[str, Element]], outside: list[tuple[str, Element]], report: Report) -> None:
    for name, element in absent[:1]:
        report.add("manifest_launch_file_missing", at_lines([line_of(element)]), name=name)
    for name, element in outside:
        report.gather("manifest_launch_only_outside", name, element)
    if not absent and not outside:
        report.add("manifest_nothing_to_launch")


def _read_metadata(
    root: Element, entries: PackageEntries, base: Base, read_entry: EntryReader | None, report: Report
) -> Lom:
    """LOM of the manifest, completed by that of the organizations; inline before external files."""
    language = (root.get(f"{{{XML}}}lang") or "").strip()
    here = base.below(xml_base(root))
    organizations = [item for group in children(root, "organizations") for item in children(group, "organization")]
    lom = Lom()
    for owner in (root, *organizations[:1]):
        for metadata in children(owner, "metadata"):
            lom = merge_loms(lom, read_lom(metadata, language) if len(metadata) else Lom())
            for external in _external_metadata(metadata, entries, here, read_entry, report):
                lom = merge_loms(lom, read_lom(external, language))
    return lom


def _external_metadata(
    metadata: Element, entries: PackageEntries, base: Base, read_entry: EntryReader | None, report: Report
) -> list[Element]:
    """Roots of the files which `adlcp:location` names (CAM 4th Edition 3.4.1.2)."""
    roots = []
    for location in children(metadata, "location"):
        address = resolve(text_of(location), base, entries)
        if address.outcome not in {Outcome.FOUND, Outcome.DIFFERS}:
            report.gather("manifest_metadata_file_missing", address.written, location)
        elif read_entry is not None:
            data = read_entry(address.path)
            root = parse_document(data)[0] if data is not None else None
            if root is None:
                report.gather("manifest_metadata_file_unreadable", address.written, location)
            else:
                roots.append(root)
    return roots
