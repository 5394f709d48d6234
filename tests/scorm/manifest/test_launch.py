from __future__ import annotations

import pytest

from scorm.manifest.launch import launch_suffix
from scorm.manifest.model import Item, Resource


@pytest.mark.parametrize(
    ("query", "parameters", "expected"),
    [
        ("", "", ""),
        ("", "?tc=1&act=2", "?tc=1&act=2"),
        ("", "tc=1", "?tc=1"),
        ("", "&?tc=1", "?tc=1"),
        ("?a=1", "?tc=1", "?a=1&tc=1"),
        ("?", "tc=1", "?tc=1"),
        ("#top", "?tc=1", "?tc=1#top"),
        ("?a=1#top", "tc=1#end", "?a=1&tc=1#top"),
        ("", "#end", "#end"),
        ("?a=1", "#end", "?a=1#end"),
        ("?a=1#top", "", "?a=1#top"),
    ],
)
def test_parameters_join_the_query_of_the_resource(query: str, parameters: str, expected: str) -> None:
    resource = Resource("r", "sco", "index.html", query)
    assert launch_suffix(resource, Item("i", "I", "r", parameters)) == expected
