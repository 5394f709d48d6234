"""What the rules look at: the manifest as written and as read, its activities, and the package's files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scorm.manifest.addresses import Address, package_base, resolve
from scorm.manifest.elements import attribute, children, text_of, xml_base
from scorm.manifest.entries import PackageEntries
from scorm.manifest.model import Item, Organization
from scorm.manifest.report import Report
from scorm.namespaces import local_name
from scorm.sequencing.definition import DEFAULTS, SequencingDefinition
from scorm.validation.codes import FINDING_CODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element as Element

    from scorm.manifest.model import Manifest, Resource


@dataclass(slots=True, eq=False)
class Activity:
    """An organization or item with the element it was read from; `parts` are its child elements by local name."""

    element: Element
    source: Organization | Item
    resource: Resource | None = None
    parent: Activity | None = None
    children: list[Activity] = field(default_factory=list)
    parts: dict[str, list[Element]] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """The identifier as read: unique in the organization."""
        return self.source.identifier

    @property
    def definition(self) -> SequencingDefinition:
        """The sequencing that applies, the defaults where the manifest says nothing."""
        return self.source.sequencing or DEFAULTS

    @property
    def is_sco(self) -> bool:
        """Whether it launches content that can report."""
        return self.resource is not None and self.resource.scorm_type == "sco"

    @property
    def is_visible(self) -> bool:
        """Whether a table of contents shows it."""
        return not isinstance(self.source, Item) or self.source.is_visible

    @property
    def hidden_devices(self) -> frozenset[str]:
        """The navigation devices it hides."""
        return self.source.hide_lms_ui if isinstance(self.source, Item) else frozenset()

    @property
    def shares_objectives(self) -> bool:
        """Whether other courses read and write the global objectives of this tree (CAM 3.4.1.7)."""
        return isinstance(self.source, Organization) and self.source.objectives_global_to_system

    def part(self, name: str) -> Element | None:
        """The first child element of that lower-case local name."""
        return next(iter(self.parts.get(name, ())), None)

    def walk(self) -> Iterator[Activity]:
        """This activity and all below it, in document order; without recursion, because manifests may be deep."""
        waiting = [self]
        while waiting:
            activity = waiting.pop()
            yield activity
            waiting.extend(reversed(activity.children))


@dataclass(frozen=True)
class Subject:
    """One package under examination. `names` are its files; `read_entry` gives a file's bytes, None if unreadable."""

    root: Element
    manifest: Manifest
    names: frozenset[str]
    base: str
    read_entry: Callable[[str], bytes | None]
    report: Report = field(default_factory=lambda: Report(FINDING_CODES))

    @property
    def is_2004(self) -> bool:
        """Whether the manifest is of SCORM 2004."""
        return self.manifest.edition.is_2004

    def note(self, code: str, name: str, element: Element | None = None) -> None:
        """Report one occurrence."""
        self.report.gather(code, name, element)

    @cached_property
    def trees(self) -> tuple[Activity, ...]:
        """The activity tree of each organization; none where the reader made up an organization."""
        written = [found for group in children(self.root, "organizations") for found in children(group, "organization")]
        if len(written) != len(self.manifest.organizations):
            return ()
        pairs = zip(written, self.manifest.organizations, strict=True)
        return tuple(self._tree(element, organization) for element, organization in pairs)

    @cached_property
    def items(self) -> tuple[Activity, ...]:
        """The items of all organizations."""
        return tuple(activity for tree in self.trees for activity in tree.walk() if activity.parent)

    @cached_property
    def resources(self) -> tuple[Element, ...]:
        """Every `<resource>` as written, those of nested manifests included."""
        manifests = [self.root]
        for manifest in manifests:  # grows while nested ones are found
            manifests.extend(children(manifest, "manifest"))
        groups = [group for manifest in manifests for group in children(manifest, "resources")]
        return tuple(resource for group in groups for resource in children(group, "resource"))

    @cached_property
    def launchable(self) -> frozenset[str]:
        """The identifiers of resources that name a file or an address."""
        return frozenset(attribute(found, "identifier") or "" for found in self.resources if attribute(found, "href"))

    def metadata_file(self, location: Element) -> Address:
        """The file an `adlcp:location` names."""
        return resolve(text_of(location), package_base(self.base).below(xml_base(self.root)), self._entries)

    @cached_property
    def _entries(self) -> PackageEntries:
        return PackageEntries(self.names)

    def _tree(self, element: Element, organization: Organization) -> Activity:
        root = Activity(element, organization, parts=parts_of(element))
        waiting: list[tuple[Activity, Iterable[Item]]] = [(root, organization.items)]
        while waiting:
            parent, items = waiting.pop()
            for written, item in zip(parent.parts.get("item", ()), items, strict=False):
                resource = self.manifest.resources.get(item.resource_id)
                activity = Activity(written, item, resource, parent, parts=parts_of(written))
                parent.children.append(activity)
                waiting.append((activity, item.children))
        return root


def parts_of(element: Element) -> dict[str, list[Element]]:
    """The child elements by lower-case local name, in document order."""
    parts: dict[str, list[Element]] = {}
    for found in element.iterchildren():
        parts.setdefault(local_name(str(found.tag)), []).append(found)
    return parts


def named(element: Element) -> str:
    """How a finding calls an element: by its identifier, else by its name."""
    return attribute(element, "identifier") or str(element.tag).rpartition("}")[2]
