"""The whole way: a teacher picks in the platform, learners open it, and with a linked teacher it is a lesson taught."""

import re

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from elearn.lti.keys import keyset, new_key
from elearn.models.account import Account, Role
from elearn.models.lti_courses import LtiContext, LtiLink
from elearn.models.usage import ActKind, UsageAct
from elearn.services.lti import keys
from tests.support.factories import World
from tests.support.lti_doors import hidden_fields, inside

KEY = new_key()


@pytest.fixture
def picked(house, door, material):
    """The id of an activity in the platform that its teacher has picked from our library."""
    with house.database.write() as session:
        keys.rotate(session, KEY)
    door.tool.keyset = keyset([KEY])
    answer = door.click(None, "2", "")
    browser = inside(door.app, answer)
    assert answer.location == f"{browser.base}/lti/pick"
    token = re.search(r'name="csrf-token" content="([^"]+)"', browser.get("/lti/pick").text)[1]
    for path, fields in (("choose", {"place": f"m/{material}"}), ("answer", {})):
        page = browser.open(f"/lti/pick/{path}", method="POST", data={"csrf_token": token, **fields})
    target = re.search(r'id="answer" method="post" action="([^"]+)"', page.text)[1]
    assert Client(door.site).post(target.removeprefix(door.site.issuer), data=hidden_fields(page)).status_code == 200
    return list(door.site.links)[-1]


def taught(house):
    with house.database.read() as session:
        return session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.TAUGHT)).all()


def test_the_platform_takes_the_answer_and_has_a_column_for_it(door, material, picked):
    column = door.site.book.column_of(picked)
    assert (column.maximum, column.tag, column.resource_id) == (100.0, "elearn", material)
    assert ("pick", "") in door.events()


def test_learners_open_what_was_picked_and_only_a_mapped_class_counts(house, door, picked, make_account):
    for number in range(100, 103):
        door.site.enrol(str(number), f"Văn {number}", "Lê")
        door.enter(str(number), picked)
    with house.database.read() as session:
        assert session.scalars(select(LtiLink)).one().placement is not None
    assert taught(house) == []
    make_account("nhung", Role.TEACHER, name="Vũ Thị Nhung")
    with house.database.write() as session:
        world = World(session, 700)
        account = session.scalars(select(Account).where(Account.login == "nhung")).one()
        person = world.person("Vũ Thị Nhung")
        account.person_id = person.id
        context = session.scalars(select(LtiContext)).one()
        context.class_id, context.mapped_by_id = world.school_class(account.grants[0].unit).id, account.id
    for number in range(100, 103):
        assert taught(house) == []
        door.enter(str(number), picked)
    (act,) = taught(house)
    assert (act.person_id, act.details["by"]) == (person.id, "lti")
