"""The address an item is launched at: its resource's href and its own parameters (CAM 4th Edition 3.4.1.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorm.manifest.model import Item, Resource


def launch_suffix(resource: Resource, item: Item) -> str:
    """Query and fragment of the launch address, "" or with their "?" and "#", not percent-encoded.

    Leading "?" and "&" of the parameters are dropped and they are joined to the resource's query by "?"
    or "&"; a fragment in the parameters counts only when the resource has none. Unlike the algorithm of
    the standard, which appends to the whole string, the query is put before the resource's fragment,
    since a query behind "#" would never reach the content.
    """
    query, mark, fragment = resource.query.partition("#")
    parameters, own_mark, own_fragment = item.parameters.strip().lstrip("?&").partition("#")
    if parameters:
        query = f"{query}&{parameters}" if query.rstrip("?&") else f"?{parameters}"
    return query + (mark + fragment or own_mark + own_fragment)
