"""A lesson of which a placement plays one part only: to the run time it is a course of that part alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from elearn.services.player.keys import row_key

if TYPE_CHECKING:
    from elearn.models.learning import Placement
    from scorm.manifest.model import Item, Manifest

_PART = "part"  # in the policy of a placement


def part_of(placement: Placement) -> str:
    """The key of the part that a placement plays; "" for the whole lesson."""
    return str(placement.policy.get(_PART) or "")


def with_part(policy: dict[str, object], part: str) -> dict[str, object]:
    """A policy that plays a part, or the whole with ""."""
    rest = {name: value for name, value in policy.items() if name != _PART}
    return rest | ({_PART: part} if part else {})


def only_part(manifest: Manifest, part: str) -> Manifest:
    """The manifest with one leaf directly below the root; whole where there is no such leaf, as in another version.

    What stands around it in the whole lesson says nothing here: neither the rules of the clusters above, nor rules and
    prerequisites that ask how other parts went.
    """
    organization = manifest.organization
    found = next((item for item in organization.walk() if not item.children and row_key(item.identifier) == part), None)
    if found is None:
        return manifest
    alone = replace(organization, items=(_free(found),), sequencing=None, completion_threshold=None)
    return replace(manifest, organizations=(alone,))


def _free(item: Item) -> Item:
    sequencing = item.sequencing
    if sequencing is not None:
        sequencing = replace(sequencing, pre_conditions=(), post_conditions=(), exit_conditions=())
    return replace(item, prerequisites="", sequencing=sequencing, is_visible=True)
