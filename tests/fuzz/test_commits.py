"""Messages of a player page, from random JSON to deltas full of nonsense: a receipt or a refusal in words, no 500."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bench.support import PASSWORD
from elearn.app import create_app
from elearn.models.material import Material
from elearn.services.errors import ServiceError
from elearn.services.player.commits import Commit
from scorm.datamodel import table_for
from tests.support.installation import LEARNERS, copied, opened_home
from tests.support.launching import launch
from tests.support.properties import unhurried
from tests.support.web import Browser

PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(PLAIN, lambda x: st.lists(x, max_size=4) | st.dictionaries(st.text(max_size=8), x, max_size=4))
KNOWN = [name for edition in ("1.2", "2004 4th") for name in table_for(edition).elements]
NUMBERS = st.sampled_from(["0", "1", "249", "250", "-1", "99999999999999999999", "x", "", "٣"])


@st.composite
def element(draw) -> str:
    """An element of the data model with any indices, sometimes misspelt."""
    name = draw(st.sampled_from(KNOWN))
    while ".n." in name:
        name = name.replace(".n.", f".{draw(NUMBERS)}.", 1)
    return draw(st.sampled_from([name, name, name, name.upper(), f"{name}.x", f".{name}", name[:-1], f"{name}._count"]))


VALUES = PLAIN | st.sampled_from(
    [
        "completed", "passed", "incomplete", "suspend", "NaN", "1e400", "-0", "0.5", "100", "PT1H", "9999:59:59.99",
        "\0", "x" * 70_000, "\ud800", "2026-02-30T25:00:00", "{lang=vi}x", "a[,]b", "continue", "{target=i9}choice",
        "_none_",
    ]
)  # fmt: skip
DELTAS = st.dictionaries(element() | st.text(max_size=20), VALUES, max_size=8)
COUNTS = st.integers(-2, 5) | st.sampled_from([2**31 - 1, 2**31, 2**63, 10**400, True, 1.0, "1", None])
REQUESTS = st.sampled_from(["continue", "previous", "choice", "exit", "suspendAll", "start", "jump", "", None, 7])
MESSAGES = st.fixed_dictionaries(
    {"number": COUNTS, "launch": COUNTS},
    optional={
        "delta": DELTAS | ANYTHING,
        "final": st.booleans() | ANYTHING,
        "request": st.fixed_dictionaries({"kind": REQUESTS}, optional={"target": ANYTHING}) | ANYTHING,
        "session": ANYTHING,
    },
)


@given(ANYTHING | MESSAGES)
@unhurried
def test_a_message_is_read_or_refused(body):
    with suppress(ServiceError):
        commit = Commit.from_json(body)
        assert commit.number >= 1
        assert commit.launch >= 0


@pytest.fixture(scope="module")
def page(prepared, tmp_path_factory):
    """A player page that is never reloaded: whatever was sent before is part of the next example."""
    home = copied(prepared, tmp_path_factory.mktemp("fuzz") / "home")
    with opened_home(home) as house:
        learner = Browser(create_app(house))
        learner.sign_in(LEARNERS[0], PASSWORD)
        with house.database.read() as session:
            yield launch(learner, session.scalars(select(Material.uid)).first())


def demand_an_answer(answer, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.text[:500]
    if answer.status_code == 200:
        json.loads(answer.data)


@given(MESSAGES)
@unhurried
def test_a_commit_gets_a_receipt_or_a_refusal(page, body):
    demand_an_answer(page.send("/rt/commit", body), 200, 400, 409, 413)


@given(DELTAS)
@unhurried
def test_a_delta_of_nonsense_is_taken_element_by_element(page, delta):
    number = page.send("/rt/commit", {"number": 1, "launch": 1}).json["number"] + 1
    answer = page.send("/rt/commit", {"number": number, "launch": 1, "delta": delta})
    demand_an_answer(answer, 200)
    assert set(answer.json["rejected"]) <= {key.encode("utf-8", "replace").decode() for key in delta}


@given(st.binary(max_size=60) | ANYTHING)
@unhurried
def test_a_body_of_noise_is_refused(page, body):
    for path in ("/rt/commit", "/rt/navigate"):
        demand_an_answer(page.send(path, body), 400, 409)


@given(MESSAGES)
@unhurried
def test_a_journal_entry_gets_a_receipt_or_a_refusal(page, body):
    browser = page.browser
    token = browser.csrf()
    answer = browser.open("/play/journal", method="POST", json=body, headers={"X-CSRFToken": token})
    demand_an_answer(answer, 200, 400, 404, 409, 429)  # who sends nonsense for long has to wait


@given(MESSAGES)
@unhurried
def test_a_navigation_gets_a_view_or_a_refusal(page, body):
    demand_an_answer(page.send("/rt/navigate", body), 200, 400, 409, 413)
