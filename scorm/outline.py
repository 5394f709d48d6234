"""A manifest in a few words: the table of contents of each organization, and what its sequencing uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scorm.sequencing.definition import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorm.manifest.model import Item, Manifest, Organization
    from scorm.sequencing.definition import SequencingDefinition

MOST_ITEMS: Final = 300  # of all organizations together; more would be read by nobody
LONGEST_TITLE: Final = 200  # characters
_TARGETS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One line of the table of contents; `kind` is "sco", "asset", "cluster" or "nothing"."""

    depth: int
    title: str
    identifier: str
    kind: str
    href: str = ""
    is_visible: bool = True


@dataclass(frozen=True, slots=True)
class SequencingSummary:
    """What an organization's sequencing uses; the flags are those of its root."""

    choice: bool = True
    flow: bool = False
    forward_only: bool = False
    rules: int = 0
    rollup_rules: int = 0
    limits: int = 0  # activities with a limit of attempts
    global_objectives: tuple[str, ...] = ()  # the first few
    shares_objectives: bool = True  # whether other courses see the global objectives


@dataclass(frozen=True, slots=True)
class Outline:
    """One organization; `left_out` counts the items beyond those that are shown."""

    title: str
    is_default: bool
    items: tuple[OutlineItem, ...] = ()
    left_out: int = 0
    scos: int = 0
    sequencing: SequencingSummary | None = None  # None in SCORM 1.2


def outlines_of(manifest: Manifest) -> tuple[Outline, ...]:
    """The organizations in document order."""
    room = MOST_ITEMS
    outlines = []
    for organization in manifest.organizations:
        lines = list(_lines(manifest, organization))
        shown = lines[:room]
        room -= len(shown)
        outlines.append(
            Outline(
                title=organization.title[:LONGEST_TITLE],
                is_default=organization.identifier == manifest.default_organization,
                items=tuple(shown),
                left_out=len(lines) - len(shown),
                scos=sum(line.kind == "sco" for line in lines),
                sequencing=_summary(organization) if manifest.edition.is_2004 else None,
            )
        )
    return tuple(outlines)


def _lines(manifest: Manifest, organization: Organization) -> Iterator[OutlineItem]:
    waiting = [(item, 0) for item in reversed(organization.items)]
    while waiting:
        item, depth = waiting.pop()
        waiting.extend((child, depth + 1) for child in reversed(item.children))
        resource = manifest.resources.get(item.resource_id)
        yield OutlineItem(
            depth=depth,
            title=item.title[:LONGEST_TITLE],
            identifier=item.identifier[:LONGEST_TITLE],
            kind=_kind(item, resource.scorm_type if resource else ""),
            href=resource.href[:LONGEST_TITLE] if resource and not item.children else "",
            is_visible=item.is_visible,
        )


def _kind(item: Item, scorm_type: str) -> str:
    return "cluster" if item.children else scorm_type or "nothing"


def _summary(organization: Organization) -> SequencingSummary:
    root = organization.sequencing or DEFAULTS
    found = [root, *(item.sequencing for item in organization.walk() if item.sequencing)]
    targets = dict.fromkeys(
        objective_map.target[:LONGEST_TITLE]
        for definition in found
        for objective in definition.objectives
        for objective_map in objective.maps
    )
    return SequencingSummary(
        choice=root.control.choice,
        flow=root.control.flow,
        forward_only=root.control.forward_only,
        rules=sum(map(_rules, found)),
        rollup_rules=sum(len(definition.rollup.rules) for definition in found),
        limits=sum(definition.limits.attempt_limit is not None for definition in found),
        global_objectives=tuple(targets)[:_TARGETS_SHOWN],
        shares_objectives=organization.objectives_global_to_system,
    )


def _rules(definition: SequencingDefinition) -> int:
    return len(definition.pre_conditions) + len(definition.exit_conditions) + len(definition.post_conditions)
