"""A package written to do harm reaches nothing: no cookie, no page, no API, no other package."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.test_a_lessons_way import REVIEWER, content, describe_and_submit, launch, publish, upload
from tests.support.scos import honest_package, hostile_package

pytestmark = [pytest.mark.journey]

VICTIM = "hieutruong.th"  # somebody with more rights than the author of the package


@pytest.fixture(scope="module")
def results(site, module_person):
    """What the hostile content got when a head of school played it."""
    person = module_person
    teacher = person("giaovien.th")
    upload(teacher, site, "vo-hai.zip", honest_package("Bài vô hại", "Một bài khác của trường."))
    harmless = describe_and_submit(teacher)
    publish(person(REVIEWER), harmless)

    victim = person(VICTIM)
    victim.goto(harmless)
    launch(victim)
    expect(content(victim).locator("h1")).to_be_visible()
    other = next(frame.url for frame in victim.frames if "/f/" in frame.url)

    upload(teacher, site, "tro-choi.zip", hostile_package(site.address, other))
    hostile = describe_and_submit(teacher)
    publish(person(REVIEWER), hostile)
    victim.goto(hostile)
    launch(victim)
    expect(content(victim).locator("h1")).to_have_text("Trò chơi")
    attacker = next(frame for frame in victim.frames if "/f/" in frame.url)
    got = attacker.evaluate("() => window.results")
    return {"got": got, "victim": victim, "address": victim.url}


NOTHING = ("", "null")


@pytest.mark.parametrize(
    "attack",
    ["shell", "shellStorage", "account", "api", "post", "otherPackage", "worker"],
)
def test_the_attack_is_refused_by_the_browser(results, attack):
    assert "refused" in results["got"][attack], results["got"][attack]


@pytest.mark.parametrize("attack", ["cookie", "appHere", "sameApi", "stored"])
def test_the_attack_finds_nothing(results, attack):
    assert results["got"][attack].get("got", "") in NOTHING, results["got"][attack]


def test_an_opaque_answer_tells_nothing(results):
    assert results["got"]["apiWithoutCors"].get("got", "") in NOTHING


def test_a_popup_of_the_application_cannot_be_read(results):
    assert results["got"]["popup"].get("got", "") in NOTHING


def test_the_victim_is_still_on_the_page_and_signed_in(site, results):
    victim = results["victim"]
    assert victim.url == results["address"]
    victim.goto(f"{site.address}/account")
    expect(victim.locator("main")).to_contain_text(VICTIM)
