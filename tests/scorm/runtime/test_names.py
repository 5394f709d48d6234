"""Names of elements as content writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.runtime.names import Name, parse
from tests.support.properties import unhurried


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cmi.location", Name("cmi.location", "cmi.location")),
        ("cmi.objectives.007.id", Name("cmi.objectives.n.id", "cmi.objectives.7.id", (7,))),
        ("cmi.a.1.b.2.c", Name("cmi.a.n.b.n.c", "cmi.a.1.b.2.c", (1, 2))),
        ("cmi.objectives.-1.id", Name("cmi.objectives.-1.id", "cmi.objectives.-1.id")),
        ("cmi.objectives.٣.id", Name("cmi.objectives.٣.id", "cmi.objectives.٣.id")),
        (
            "adl.nav.request_valid.choice.{target=a.0.b}",
            Name("adl.nav.request_valid.choice", "adl.nav.request_valid.choice.{target=a.0.b}", target="a.0.b"),
        ),
        ("cmi.objectives.n.id", Name("cmi.objectives.?.id", "cmi.objectives.n.id")),
        ("", Name("", "")),
    ],
)
def test_names(text, name):
    assert parse(text) == name


@unhurried
@given(st.text())
def test_every_text_can_be_asked_for(text):
    assert parse(parse(text).full).pattern == parse(text).pattern
