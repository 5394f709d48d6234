"""Acts of use, as pages record them and show them."""

import re

import pytest
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.usage import ActKind, ActSource, UsageAct
from tests.support.contributing import published


@pytest.fixture
def lesson(sign_in):
    return published(sign_in("lan", Role.TEACHER), sign_in("duyet", Role.REVIEWER), is_public="y")


def use_on(page):
    """What the page of a material says of its use: name -> count."""
    box = page.text.partition('id="use"')[2].partition("</dl>")[0]
    rows = re.findall(r"</svg>([^<]+)</dt><dd>(\d+)</dd>", box)
    return {name: int(count) for name, count in rows}


def test_a_page_shows_looks_launches_and_downloads(lesson, sign_in):
    pupil = sign_in("em", Role.STUDENT)
    address = f"/materials/{lesson}"
    assert use_on(pupil.get(address)) == {"lượt xem": 0}
    pupil.post(f"{address}/play")
    pupil.get(f"{address}/download")
    page = pupil.get(address)
    assert use_on(page) == {"lượt xem": 1, "lượt mở": 1, "lượt tải": 1}
    assert "1 người đã dùng" in page.text


def test_a_double_click_is_one_act_and_two_people_are_two(lesson, sign_in):
    address = f"/materials/{lesson}/download"
    first, second = sign_in("em", Role.STUDENT), sign_in("be", Role.STUDENT)
    for browser in (first, first, second):
        browser.get(address)
    assert use_on(first.get(f"/materials/{lesson}"))["lượt tải"] == 2


def test_acts_say_who_when_and_from_where(lesson, sign_in, house):
    sign_in("em", Role.STUDENT).get(f"/materials/{lesson}")
    with house.database.read() as session:
        act = session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.VIEW)).one()
        assert act.source is ActSource.TRACKER
        assert act.account_id is not None
        assert act.version_id is not None
        assert act.act_date == act.occurred_at.astimezone(house.settings.timezone).date()


def test_visitors_count_as_looks_of_nobody_in_particular(lesson, client, house):
    client.get(f"/materials/{lesson}")
    with house.database.read() as session:
        act = session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.VIEW)).one()
        assert (act.account_id, act.person_id, act.unit_id) == (None, None, None)


def test_what_is_not_found_records_nothing(lesson, sign_in, house):
    stranger = sign_in("em", Role.STUDENT)
    before = len(_acts(house))
    stranger.get("/materials/nothing")
    stranger.get("/materials/nothing/download")
    assert len(_acts(house)) == before


def _acts(house):
    with house.database.read() as session:
        return session.scalars(select(UsageAct)).all()
