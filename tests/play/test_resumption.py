"""What counts as a lost place when a lesson is opened again."""

import pytest

from tests.play.lesson import resumption


@pytest.mark.parametrize("given", ["", "trang 3"])
def test_a_place_that_is_not_given_back_is_a_loss(given):
    assert resumption({"cmi.suspend_data": ["trang 3", "trang 4"]}, {"cmi.suspend_data": given}).startswith("LOST")


@pytest.mark.parametrize("given", ["trang 4", "trang 5, on the way out"])
def test_the_last_place_and_a_newer_one_are_none(given):
    before = {"cmi.suspend_data": ["trang 3", "trang 4"]}
    assert resumption(before, {"cmi.suspend_data": given}).startswith("place given back")


def test_content_that_kept_no_place_can_lose_none():
    assert resumption({"cmi.core.score.raw": ["8"]}, {}) == "keeps nothing"
