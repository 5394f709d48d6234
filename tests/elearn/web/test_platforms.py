"""Pages about learning platforms: invitations, registration in the platform's frame, approval, keys and checks."""

import json
import re

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.lti.errors import LTI_CODES
from elearn.models.account import AuditEvent, Role
from elearn.models.lti import LtiDeployment, LtiEvent, LtiInvitation, LtiPlatform, PlatformStatus
from elearn.models.organisation import UnitKind
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.lti.our_side import moodle_endpoints
from elearn.services.organisation import ensure_root
from elearn.web.platform_words import REASONS
from elearn.web.sentences import REFUSALS
from tests.support.lti_http import Fault
from tests.support.lti_site import lti_site

PLATFORMS = "/administration/platforms"


@pytest.fixture
def house(make_house):
    return make_house(ELEARN_PRIVATE_HOSTS="127.0.0.1")


@pytest.fixture(scope="module")
def serving():
    with lti_site() as site:
        yield site


@pytest.fixture
def site(serving):
    serving.behave()
    serving.clients.clear()
    return serving


@pytest.fixture
def platform(house):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        endpoints = moodle_endpoints("https://moodle.truong.example")
        row = LtiPlatform(
            name="Moodle Lê Lợi", unit_id=root.id, client_id="7X", status=PlatformStatus.ACTIVE, **endpoints
        )
        row.accepted_at = now()
        session.add(row)
        session.flush()
        session.add(LtiDeployment(platform_id=row.id, name="1"))
        return row


def add_event(house, platform, **told):
    with house.database.write() as session:
        session.add(LtiEvent(platform_id=platform.id if platform else None, kind="launch", **told))


def rows(house, kind):
    with house.database.read() as session:
        return session.scalars(select(kind)).all()


def invited(browser):
    page = browser.post(f"{PLATFORMS}/invite", {"unit": "", "name": "Moodle Lê Lợi"})
    return re.search(r">http://localhost(/lti/register/[\w-]+)<", page.text)[1]


def path_of(site, address):
    return site.registration_address(f"http://localhost{address}").removeprefix("http://localhost")


def test_a_moodle_is_registered_from_one_address_and_accepted(house, administrator, client, site):
    page = client.get(path_of(site, invited(administrator)))
    assert page.status_code == 200
    assert "Kích hoạt" in page.text
    assert "Show in activity chooser" in page.text
    [platform] = rows(house, LtiPlatform)
    one = f"{PLATFORMS}/{platform.uid}"
    assert f'href="{one}"' in administrator.get("/").text
    assert "Chấp nhận hệ thống học tập" in administrator.get(one).text
    assert administrator.post(f"{one}/accept").status_code == 303
    [platform], [deployment] = rows(house, LtiPlatform), rows(house, LtiDeployment)
    assert platform.status is PlatformStatus.ACTIVE
    assert deployment.accepted_at
    actions = {row.action for row in rows(house, AuditEvent)}
    assert {"platform.invite", "platform.register", "platform.accept"} <= actions


def test_the_page_of_a_registration_stands_in_a_frame_and_can_close_it(administrator, client, site):
    page = client.get(path_of(site, invited(administrator)))
    assert "frame-ancestors *;" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-store"
    script = re.search(r'src="(/static/[^"]*registered[^"]*)"', page.text)[1]
    assert "org.imsglobal.lti.close" in client.get(script).text


def test_a_registration_address_opened_by_hand_says_where_it_belongs(house, administrator, client):
    page = client.get(invited(administrator))
    assert page.status_code == 400
    assert "Add LTI Advantage" in page.text
    assert rows(house, LtiInvitation)[0].used_at is None


def test_a_bad_configuration_address_is_refused(administrator, client):
    address = invited(administrator)
    for configuration in ("javascript:alert(1)", "https://" + "a" * 3000):
        assert client.get(f"{address}?openid_configuration={configuration}").status_code == 400


def test_a_made_up_registration_address_is_refused(client, site):
    for token in ("x", "A" * 43, "%00", "A" * 5000):
        page = client.get(path_of(site, f"/lti/register/{token}"))
        assert page.status_code == 403
        assert "địa chỉ mới" in page.text


def test_a_registration_that_the_platform_refuses_says_its_reason_and_escapes_it(administrator, client, site):
    site.misbehave("registration", Fault(400, json.dumps({"error": "<b>no</b>"}).encode()))
    page = client.get(path_of(site, invited(administrator)))
    assert page.status_code == 502
    assert "&lt;b&gt;no&lt;/b&gt;" in page.text


def test_the_address_is_shown_once_and_can_be_withdrawn(house, administrator, client, site):
    address = invited(administrator)
    [invitation] = rows(house, LtiInvitation)
    listed = administrator.get(PLATFORMS).text
    assert "Moodle Lê Lợi" in listed
    assert address not in listed
    assert administrator.post(f"{PLATFORMS}/invitations/{invitation.id}/withdraw").status_code == 303
    assert client.get(path_of(site, address)).status_code == 403
    assert administrator.post(f"{PLATFORMS}/invitations/{10**30}/withdraw").status_code == 404


def test_only_administrators_have_these_pages(sign_in, platform):
    browser = sign_in("lan", Role.UNIT_MANAGER)
    for page in ("", "/invite", "/new", "/keys", "/check", f"/{platform.uid}", f"/{platform.uid}/edit"):
        assert browser.get(PLATFORMS + page).status_code in {403, 404}
    for action in ("accept", "off", "on", "deployment", "connection"):
        assert browser.post(f"{PLATFORMS}/{platform.uid}/{action}").status_code in {403, 404}
    assert browser.post(f"{PLATFORMS}/keys/rotate").status_code == 403


def test_the_administrator_of_a_school_sees_neither_platforms_of_others_nor_makes_keys(house, sign_in, platform):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        about = {"name": "Trường Một", "kind": UnitKind.SCHOOL, "valid_from": root.valid_from, "parent": root}
        school = organisation.create_unit(session, SYSTEM, code="TH1", **about)
    browser = sign_in("quantri.th1", Role.ADMINISTRATOR, school)
    assert "Moodle Lê Lợi" not in browser.get(PLATFORMS).text
    assert browser.get(f"{PLATFORMS}/{platform.uid}").status_code == 404
    assert browser.post(f"{PLATFORMS}/{platform.uid}/off").status_code == 404
    assert browser.post(f"{PLATFORMS}/keys/rotate").status_code == 403
    assert browser.post(f"{PLATFORMS}/invite", {"unit": root.code}).status_code == 404


def test_the_form_by_hand_offers_everything_that_moodle_asks_for(administrator):
    page = administrator.get(f"{PLATFORMS}/new?address=moodle.truong.example").text
    for ours in ("/lti/login", "/lti/launch", "/lti/jwks.json"):
        assert f'value="http://localhost{ours}"' in page
    assert "BEGIN PUBLIC KEY" in page
    assert "PRIVATE" not in page
    assert 'value="https://moodle.truong.example/mod/lti/certs.php"' in page


def test_a_platform_is_entered_by_hand(house, administrator):
    values = moodle_endpoints("https://moodle.truong.example") | {"client_id": " 7Xk2pQ ", "deployment": "1"}
    answer = administrator.post(f"{PLATFORMS}/new", values)
    [platform] = rows(house, LtiPlatform)
    assert answer.location == f"{PLATFORMS}/{platform.uid}"
    assert (platform.client_id, platform.name) == ("7Xk2pQ", "moodle.truong.example")
    again = administrator.post(f"{PLATFORMS}/new", values)
    assert again.status_code == 409
    assert 'value="7Xk2pQ"' in again.text


def test_a_value_that_cannot_be_used_is_named_as_moodle_names_it(house, administrator):
    values = moodle_endpoints("https://moodle.truong.example") | {"client_id": "x", "token_endpoint": "mod/lti"}
    page = administrator.post(f"{PLATFORMS}/new", values)
    assert page.status_code == 400
    assert "“Access token URL”" in page.text
    assert rows(house, LtiPlatform) == []


def test_an_address_that_is_none_is_told(administrator):
    assert administrator.get(f"{PLATFORMS}/new?address=ftp://x").status_code == 422


def test_a_platform_is_corrected(house, administrator, platform):
    values = moodle_endpoints("https://moi.example") | {"name": "Moodle mới", "client_id": "khac"}
    assert administrator.post(f"{PLATFORMS}/{platform.uid}/edit", values).status_code == 303
    [row] = rows(house, LtiPlatform)
    assert (row.name, row.token_endpoint) == ("Moodle mới", "https://moi.example/mod/lti/token.php")
    assert (row.issuer, row.client_id) == ("https://moodle.truong.example", "7X")


def test_an_unknown_deployment_is_shown_and_accepted(house, administrator, platform):
    one = f"{PLATFORMS}/{platform.uid}"
    assert "có deployment đang chờ" in administrator.get(PLATFORMS).text
    assert administrator.post(f"{one}/deployment", {"deployment": "khac"}).status_code == 404
    assert administrator.post(f"{one}/deployment", {"deployment": "1"}).status_code == 303
    assert rows(house, LtiDeployment)[0].accepted_at


def test_a_platform_is_switched_off_and_on_once(house, administrator, platform):
    one = f"{PLATFORMS}/{platform.uid}"
    assert administrator.post(f"{one}/off").status_code == 303
    assert administrator.post(f"{one}/off").status_code == 409
    assert rows(house, LtiPlatform)[0].status is PlatformStatus.OFF
    assert administrator.post(f"{one}/on").status_code == 303
    assert rows(house, LtiPlatform)[0].status is PlatformStatus.ACTIVE


def test_the_reason_of_a_failed_launch_is_said_in_plain_words(house, administrator, platform):
    add_event(house, platform, code="token_from_future", params={"seconds": 243})
    page = administrator.get(f"{PLATFORMS}/{platform.uid}", headers={"Accept-Language": "en"}).text
    assert "4 phút" in page or "4 minutes ahead" in page
    assert "4 phút" in administrator.get(PLATFORMS).text


def test_an_event_of_an_older_version_breaks_no_page(house, administrator, platform):
    add_event(house, platform, code="token_from_future", params={})
    add_event(house, platform, code="nobody_knows_this_code", params={"a": 1})
    page = administrator.get(f"{PLATFORMS}/{platform.uid}")
    assert page.status_code == 200
    assert "nobody_knows_this_code" in page.text


def test_what_a_stranger_sends_is_shown_as_text(house, administrator):
    add_event(house, None, code="token_issuer", params={"issuer": "<script>"}, issuer="https://la.example")
    page = administrator.get(PLATFORMS).text
    assert "https://la.example" in page
    assert "<script>" not in page


def test_every_code_of_the_protocol_has_a_reason():
    assert LTI_CODES - set(REASONS) - set(REFUSALS) == set()


def test_the_list_of_platforms_is_bounded(house, administrator):
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        for number in range(51):
            endpoints = moodle_endpoints(f"https://m{number}.example")
            session.add(LtiPlatform(name=f"M{number:02}", unit_id=root.id, client_id="c", **endpoints))
    assert "M50" not in administrator.get(PLATFORMS).text
    assert "M50" in administrator.get(f"{PLATFORMS}?page=2").text


def test_the_keyset_is_for_everybody_and_may_be_kept(client):
    answer = client.get("/lti/jwks.json")
    [key] = answer.json["keys"]
    assert (key["kty"], key["alg"], key["use"]) == ("RSA", "RS256", "sig")
    assert "d" not in key
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "Set-Cookie" not in answer.headers
    assert client.get("/lti/jwks.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_new_key_is_published_beside_the_old_one(house, administrator, client):
    [old] = client.get("/lti/jwks.json").json["keys"]
    assert administrator.post(f"{PLATFORMS}/keys/rotate").status_code == 303
    new, still = client.get("/lti/jwks.json").json["keys"]
    assert still == old
    page = administrator.get(f"{PLATFORMS}/keys").text
    assert new["kid"] in page
    assert "PRIVATE" not in page
    assert any(row.action == "lti.rotate_key" for row in rows(house, AuditEvent))


def test_the_check_of_ourselves_is_done_on_demand(administrator):
    assert "diễn tập" in administrator.get(f"{PLATFORMS}/check").text
    page = administrator.post(f"{PLATFORMS}/check")
    assert page.status_code == 200
    assert "chữ ký giả đã bị từ chối" in page.text
    assert "ELEARN_PUBLIC_URL" in page.text


def test_the_connection_with_a_platform_is_checked(house, administrator, platform, client, site):
    with house.database.write() as session:
        row = session.get_one(LtiPlatform, platform.id)
        row.keyset_url, row.token_endpoint = f"{site.issuer}/mod/lti/certs.php", f"{site.issuer}/mod/lti/token.php"
    site.know("http://localhost", client="7X", keyset=client.get("/lti/jwks.json").json)
    page = administrator.post(f"{PLATFORMS}/{platform.uid}/connection").text
    assert "Đã đọc bộ khóa" in page
    assert "đã cấp access token" in page


def test_a_moodle_that_cannot_read_our_keyset_is_told_which_settings_to_change(house, administrator, platform, site):
    with house.database.write() as session:
        session.get_one(LtiPlatform, platform.id).token_endpoint = f"{site.issuer}/mod/lti/token.php"
    site.misbehave("token", Fault(404, b"<!DOCTYPE html>", {"Content-Type": "text/html"}))
    page = administrator.post(f"{PLATFORMS}/{platform.uid}/connection").text
    assert "cURL blocked hosts list" in page
    assert "cURL allowed ports list" in page


def test_a_key_in_other_hands_is_replaced_when_the_administrator_is_sure(house, administrator, client):
    client.get("/lti/jwks.json")
    before = [key["kid"] for key in client.get("/lti/jwks.json").json["keys"]]
    administrator.post(f"{PLATFORMS}/keys/rotate", {"at": "once"})
    assert "đánh dấu" in administrator.get(f"{PLATFORMS}/keys").text
    assert [key["kid"] for key in client.get("/lti/jwks.json").json["keys"]] == before
    assert administrator.post(f"{PLATFORMS}/keys/rotate", {"at": "once", "sure": "yes"}).status_code == 303
    (after,) = client.get("/lti/jwks.json").json["keys"]
    assert after["kid"] not in before
    event = next(row for row in rows(house, AuditEvent) if row.action == "lti.rotate_key")
    assert event.details["at_once"] is True
