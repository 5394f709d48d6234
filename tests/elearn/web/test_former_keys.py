"""Keys of LTI 1.1 for administrators: there only where LTI 1.1 is switched on; a secret is shown once."""

import re

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent, Role
from elearn.models.lti import LtiConsumer, LtiPlatform, PlatformStatus
from elearn.models.organisation import UnitKind
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.lti.former_keys import issuer_of_key
from elearn.services.organisation import ensure_root

KEYS = "/administration/platforms/former-keys"


@pytest.fixture
def house(make_house):
    return make_house(ELEARN_LTI_1_1="on")


@pytest.fixture
def administrator(house, sign_in):
    return sign_in("quantri", Role.ADMINISTRATOR)


def kept(house):
    with house.database.read() as session:
        return {row.key: row.secret for row in session.scalars(select(LtiConsumer))}


def test_a_key_is_made_and_its_secret_shown_once(house, administrator):
    page = administrator.post(KEYS, {"key": " moodle-le-loi "})
    secret = kept(house)["moodle-le-loi"]
    assert secret in page.text
    assert page.headers["Cache-Control"] == "no-store"
    again = administrator.get(KEYS).text
    assert "moodle-le-loi" in again
    assert secret not in again
    with house.database.read() as session:
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "lti.former_key"))
        assert secret not in str(event.details)


@pytest.mark.parametrize("odd", ["", " ", "khóa", "a b", "x" * 241, "a\tb"])
def test_what_can_be_no_key_is_refused(house, administrator, odd):
    refused = administrator.post(KEYS, {"key": odd})
    assert refused.status_code == 400
    assert "không có dấu cách" in refused.text
    assert kept(house) == {}


def test_a_key_that_is_there_is_refused(house, administrator):
    administrator.post(KEYS, {"key": "k"})
    before = kept(house)
    refused = administrator.post(KEYS, {"key": "k"})
    assert refused.status_code == 409
    assert kept(house) == before


def test_a_key_is_escaped(administrator):
    assert "<b>" not in administrator.post(KEYS, {"key": "<b>x"}).text


def test_a_key_that_is_removed_opens_nothing_and_may_come_back(house, administrator):
    administrator.post(KEYS, {"key": "k"})
    with house.database.write() as session:
        row = session.scalars(select(LtiConsumer)).one()
        platform = LtiPlatform(
            name="k",
            unit_id=row.unit_id,
            status=PlatformStatus.ACTIVE,
            issuer=issuer_of_key("k"),
            client_id="k",
            authorization_endpoint="",
            token_endpoint="",
        )
        session.add(platform)
        session.flush()
        row.platform_id, known = platform.id, platform.id
    key = re.search(rf"{KEYS}/(\d+)/remove", administrator.get(KEYS).text)[1]
    assert administrator.post(f"{KEYS}/{key}/remove").status_code == 303
    assert kept(house) == {}
    assert administrator.post(f"{KEYS}/{key}/remove").status_code == 404
    administrator.post(KEYS, {"key": "k"})
    with house.database.read() as session:
        assert session.scalars(select(LtiConsumer)).one().platform_id == known


def test_an_administrator_of_a_school_reaches_the_own_keys_only(house, administrator, sign_in):
    administrator.post(KEYS, {"key": "cua-so"})
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        about = {"name": "Trường Lê Lợi", "kind": UnitKind.SCHOOL, "valid_from": root.valid_from, "parent": root}
        school = organisation.create_unit(session, SYSTEM, code="LL", **about)
    theirs = sign_in("hieupho", Role.ADMINISTRATOR, school)
    assert "cua-so" not in theirs.get(KEYS).text
    with house.database.read() as session:
        key = session.scalars(select(LtiConsumer.id)).one()
    assert theirs.post(f"{KEYS}/{key}/remove").status_code == 404
    assert theirs.post(KEYS, {"key": "k", "unit": root.code}).status_code == 404
    assert list(kept(house)) == ["cua-so"]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.UNIT_MANAGER])
def test_others_see_nothing(sign_in, house, role):
    browser = sign_in("khac", role)
    assert browser.get(KEYS).status_code == 403
    assert browser.post(KEYS, {"key": "k"}).status_code == 403


def test_without_the_token_of_the_form_nothing_happens(house, administrator):
    assert administrator.post(KEYS, {"key": "k"}, csrf=False).status_code == 400
    assert kept(house) == {}


class TestSwitchedOff:
    @pytest.fixture
    def house(self, make_house):
        return make_house()

    def test_there_is_no_such_page_and_nothing_leads_there(self, house, administrator):
        assert administrator.get(KEYS).status_code == 404
        assert administrator.post(KEYS, {"key": "k"}).status_code == 404
        assert KEYS not in administrator.get("/administration/platforms").text
        assert kept(house) == {}
