"""Remarks on a version are counted by code and place, however many places content makes up."""

import pytest

from elearn.services.player.remarks import PLACES_PER_CODE, remarks_on, remember


@pytest.fixture
def version(world):
    school = world.unit("TH1")
    return world.material(school, world.account("lan")).versions[0]


def told(session, version):
    return [(remark.code, remark.place, remark.count) for remark in remarks_on(session, version.id)]


def test_a_remark_is_counted_with_its_first_and_last_time(session, version):
    for _ in range(3):
        remember(session, version.id, "no_call")
    remember(session, version.id, "refused", "cmi.location")
    assert told(session, version) == [("no_call", "", 3), ("refused", "cmi.location", 1)]
    remark = remarks_on(session, version.id)[0]
    assert remark.first_at < remark.last_at


def test_places_beyond_the_first_count_as_none(session, version):
    for number in range(PLACES_PER_CODE + 5):
        remember(session, version.id, "refused", f"cmi.{number}")
    remember(session, version.id, "refused", "cmi.0")
    counts = {place: count for _, place, count in told(session, version)}
    assert len(counts) == PLACES_PER_CODE + 1
    assert (counts[""], counts["cmi.0"]) == (5, 2)


def test_a_place_of_any_length_is_kept_short(session, version):
    remember(session, version.id, "refused", "ơ" * 5000)
    assert told(session, version) == [("refused", "ơ" * 255, 1)]
