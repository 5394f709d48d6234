"""The content aggregation of a package as frozen data (SCORM CAM: manifest, organization, item, resource)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorm.sequencing.definition import SequencingDefinition


class Edition(StrEnum):
    """The edition of SCORM a manifest was written for; the value is what people read."""

    SCORM_12 = "1.2"
    SCORM_2004_2ND = "2004 2nd"
    SCORM_2004_3RD = "2004 3rd"
    SCORM_2004_4TH = "2004 4th"

    @property
    def is_2004(self) -> bool:
        """Whether the 2004 data model and sequencing apply."""
        return self is not Edition.SCORM_12


@dataclass(frozen=True, slots=True)
class Lom:
    """The part of IEEE 1484.12 (LOM) metadata that a library uses."""

    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    authors: tuple[str, ...] = ()
    version: str = ""
    rights: str = ""
    typical_learning_time: str = ""  # ISO 8601 duration as written
    resource_types: tuple[str, ...] = ()  # 5.2 Learning Resource Type, lower case
    requirements: str = ""  # 4.6 Other Platform Requirements
    disciplines: tuple[str, ...] = ()  # 9 Classification, purpose "discipline": ids and entries of its taxa
    educational_levels: tuple[str, ...] = ()  # the same, purpose "educational level"


@dataclass(frozen=True, slots=True)
class Resource:
    """`<resource>`: `href` is the entry's path in the package (decoded, `xml:base` applied), or an absolute URL."""

    identifier: str
    scorm_type: str  # "sco" or "asset"
    href: str = ""
    query: str = ""  # query string and fragment of the manifest's href, with their "?" and "#"
    files: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompletionThreshold:
    """`<adlcp:completionThreshold>` (4th Edition; 3rd Edition gives only the minimum progress measure)."""

    completed_by_measure: bool = False
    min_progress_measure: float = 1.0
    progress_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class DataMap:
    """`<adlcp:map>` of `<adlcp:data>` (4th Edition): one shared data bucket of an activity."""

    target_id: str
    read_shared_data: bool = True
    write_shared_data: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """`<item>`: a cluster when it has children, else a leaf that launches `resource_id`."""

    identifier: str
    title: str
    resource_id: str = ""
    parameters: str = ""
    is_visible: bool = True
    data_from_lms: str = ""
    time_limit_action: str = ""
    mastery_score: str = ""  # SCORM 1.2
    max_time_allowed: str = ""  # SCORM 1.2
    prerequisites: str = ""  # SCORM 1.2
    completion_threshold: CompletionThreshold | None = None
    hide_lms_ui: frozenset[str] = frozenset()
    data_maps: tuple[DataMap, ...] = ()
    sequencing: SequencingDefinition | None = None
    children: tuple[Item, ...] = ()

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Organization:
    """`<organization>`: the root activity of one activity tree."""

    identifier: str
    title: str
    items: tuple[Item, ...] = ()
    completion_threshold: CompletionThreshold | None = None
    sequencing: SequencingDefinition | None = None
    objectives_global_to_system: bool = True
    shared_data_global_to_system: bool = True

    def walk(self) -> Iterator[Item]:
        """All items in document order."""
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Manifest:
    """`imsmanifest.xml` as a whole."""

    identifier: str
    edition: Edition
    title: str
    default_organization: str
    organizations: tuple[Organization, ...] = ()
    resources: Mapping[str, Resource] = field(default_factory=dict)
    lom: Lom = Lom()
    version: str = ""

    @property
    def organization(self) -> Organization:
        """The organization that is played: the default one.

        Raises:
            LookupError: the manifest has no organization.
        """
        for organization in self.organizations:
            if organization.identifier == self.default_organization:
                return organization
        raise LookupError(self.default_organization)
