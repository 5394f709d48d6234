"""Shared data of the 4th Edition (adl.data, RTE 4.3): the manifest's buckets and a SCO's view of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorm.manifest.model import DataMap

_ID = re.compile(r"adl\.data\.[0-9]+\.id")


def shared_entries(maps: Iterable[DataMap], kept: Mapping[str, str]) -> dict[str, str]:
    """The entries for `LaunchData.shared`: an activity's maps, filled with the kept stores by target id."""
    entries = {}
    for index, each in enumerate(maps):
        access = ("r" if each.read_shared_data else "") + ("w" if each.write_shared_data else "")
        entries[f"adl.data.{index}.id"] = each.target_id
        entries[f"adl.data.{index}._access"] = access
        if each.target_id in kept:
            entries[f"adl.data.{index}.store"] = kept[each.target_id]
    return entries


def shared_values(document: Mapping[str, str]) -> dict[str, str]:
    """The stores of a document by target id, to be kept for every activity that maps them."""
    found = {}
    for name, target in document.items():
        store = name.removesuffix("id") + "store"
        if _ID.fullmatch(name) and store in document:
            found[target] = document[store]
    return found
