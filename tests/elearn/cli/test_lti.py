"""`elearn lti`: keys, platforms and invitations from the command line."""

import re

import pytest
from sqlalchemy import select

from elearn.house import open_house
from elearn.models.lti import LtiConsumer
from elearn.services.access import SYSTEM
from elearn.services.lti.keys import published, signing_key
from elearn.services.lti.our_side import moodle_endpoints
from elearn.services.lti.platforms import Details, enter
from elearn.services.organisation import ensure_root, root_unit
from elearn.settings import load_settings


@pytest.fixture
def house(ready):
    house = open_house(load_settings())
    with house.database.write() as session:
        ensure_root(session, SYSTEM)
    yield house
    house.close()


def test_a_key_is_made(ready, house):
    assert re.search(r"Made the key \S+\. It signs from", ready("lti", "rotate-key").stdout)
    ready("lti", "rotate-key")
    with house.database.read() as session:
        assert len(published(session)) == 2


def test_a_key_in_other_hands_goes_at_once(ready, house):
    ready("lti", "rotate-key")
    assert "signs from now on" in ready("lti", "rotate-key", "--now").stdout
    with house.database.read() as session:
        (row,) = published(session)
        assert row.private_pem == signing_key(session)


def test_platforms_are_listed_in_columns(ready, house):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        endpoints = moodle_endpoints("https://m.example")
        enter(session, SYSTEM, root, Details(name="Moodle [1]", client_id="c", **endpoints))
        code = root.code
    assert ready("lti", "platforms").stdout == f"active\tc\t{code}\thttps://m.example\tMoodle [1]\n"


def test_a_platform_is_invited(ready, house, monkeypatch):
    with house.database.read() as session:
        from elearn.services.organisation import root_unit  # noqa: PLC0415

        code = root_unit(session).code
    refused = ready("lti", "invite", "--unit", code)
    assert (refused.exit_code, "ELEARN_PUBLIC_URL" in refused.stderr) == (2, True)
    monkeypatch.setenv("ELEARN_PUBLIC_URL", "https://elearn.example")
    assert re.search(
        r"\nhttps://elearn.example/lti/register/[\w-]{43}\n", ready("lti", "invite", "--unit", code).stdout
    )
    assert ready("lti", "invite", "--unit", "khong-co").exit_code == 2


def test_a_key_of_lti_1_1_is_made_once(ready, house):
    with house.database.read() as session:
        code = root_unit(session).code
    key, secret = ready("lti", "former-key", "khoa-cu", "--unit", code).stdout.split()
    with house.database.read() as session:
        assert (key, secret) == tuple(session.execute(select(LtiConsumer.key, LtiConsumer.secret)).one())
    again = ready("lti", "former-key", "khoa-cu", "--unit", code)
    assert again.exit_code == 3
    assert "khoa-cu is there already" in again.output


def test_what_can_be_no_key_is_refused(ready, house):
    with house.database.read() as session:
        code = root_unit(session).code
    refused = ready("lti", "former-key", "khóa cũ", "--unit", code)
    assert refused.exit_code == 3
    assert "without spaces and tone marks" in refused.output
