"""The contents of a course as the page shows them first: nested, with a word for the status of every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

FINISHED = frozenset({"completed", "passed"})


@dataclass(slots=True)
class Node:
    """An activity with those below it; contents.js follows the same shape."""

    activity: dict[str, Any]
    children: list[Node] = field(default_factory=list)

    @property
    def state(self) -> str:
        """One of "passed", "failed", "completed", "incomplete" and "not attempted"."""
        success, completion = self.activity["success"], self.activity["completion"]
        if success != "unknown":
            return str(success)
        if completion == "not attempted" and not self.activity["current"]:
            return "not attempted"
        return "completed" if completion == "completed" else "incomplete"


def nested(toc: Iterable[dict[str, Any]]) -> list[Node]:
    """The roots of a flat table of contents in reading order, each entry of which has a depth."""
    top = Node({"depth": -1})
    path = [top]
    for activity in toc:
        while path[-1].activity["depth"] >= activity["depth"]:
            path.pop()
        node = Node(activity)
        path[-1].children.append(node)
        path.append(node)
    return top.children


def progress(roots: Iterable[Node]) -> tuple[int, int]:
    """How many of the parts that are shown and can be learnt are done, and how many there are."""
    leaves = [node for node in _walk(roots) if not node.children and node.activity["visible"]]
    return sum(leaf.state in FINISHED for leaf in leaves), len(leaves)


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
