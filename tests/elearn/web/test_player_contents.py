"""The contents of a course as the player's page has them before any script runs, and what the page weighs."""

import pytest

from elearn.web.assets import assets
from elearn.web.content.contents import nested, progress
from elearn.web.content.player import SCRIPTS
from scorm.manifest.model import Edition

LARGEST = 40_000  # bytes: what a mountain school's line carries in a few seconds


def entry(name, depth, completion="not attempted", success="unknown", *, current=False, visible=True):
    return {
        "id": name,
        "depth": depth,
        "completion": completion,
        "success": success,
        "current": current,
        "visible": visible,
    }


def shape(nodes):
    return {node.activity["id"]: shape(node.children) for node in nodes}


def test_entries_nest_by_their_depth():
    flat = [entry("o", 0), entry("a", 1), entry("a1", 2), entry("a2", 2), entry("b", 1), entry("left-out", 1)]
    assert shape(nested(flat)) == {"o": {"a": {"a1": {}, "a2": {}}, "b": {}, "left-out": {}}}


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "not attempted"),
        ({"current": True}, "incomplete"),
        ({"completion": "unknown"}, "incomplete"),
        ({"completion": "completed"}, "completed"),
        ({"completion": "incomplete", "success": "passed"}, "passed"),
        ({"completion": "completed", "success": "failed"}, "failed"),
    ],
)
def test_one_word_tells_the_status(values, state):
    assert nested([entry("a", 0, **values)])[0].state == state


def test_progress_counts_the_parts_that_can_be_seen_and_learnt():
    flat = [
        entry("o", 0),
        entry("a", 1, "completed"),
        entry("b", 1, success="passed"),
        entry("c", 1, success="failed"),
        entry("hidden", 1, "completed", visible=False),
    ]
    assert progress(nested(flat)) == (2, 3)


@pytest.mark.parametrize("edition", Edition)
def test_the_scripts_of_the_page_weigh_less_than_40_kb(edition):
    names = [f"player/{name}.js" for name in SCRIPTS] + [f"player/table-{edition.replace(' ', '-')}.js"]
    assert sum(len(assets()[name].compressed) for name in names) < LARGEST
