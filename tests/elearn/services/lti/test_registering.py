"""A platform registers itself by a one-time address, over HTTP with a platform of the tests."""

import json
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.house import open_house
from elearn.lti.errors import LtiError
from elearn.models.lti import LtiDeployment, LtiEvent, LtiInvitation, LtiPlatform, PlatformStatus
from elearn.models.organisation import UnitKind
from elearn.services.access import SYSTEM
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.lti.invitations import LIFE, invite, open_invitations, withdraw
from elearn.services.lti.our_side import our_side
from elearn.services.lti.registering import Request, register
from elearn.services.organisation import create_unit, ensure_root
from elearn.settings import load_settings
from tests.support.lti_http import Fault
from tests.support.lti_site import TOOL, lti_site

SITE = "https://elearn.example:8443"
OURS = our_side(SITE, name="Kho học liệu", description="Bài giảng")


@pytest.fixture
def house(settings):
    # The platform of the tests is an inner host.
    house = open_house(load_settings({"ELEARN_PRIVATE_HOSTS": "127.0.0.1"}, home=settings.home))
    yield house
    house.close()


@pytest.fixture(scope="module")
def serving():
    with lti_site() as site:
        yield site


@pytest.fixture
def site(serving):
    serving.behave()
    serving.product, serving.gives_deployment = "moodle", True
    serving.clients.clear()
    serving.asked.clear()
    return serving


@pytest.fixture
def token(house):
    with house.database.write() as session:
        return invite(session, SYSTEM, ensure_root(session, SYSTEM), "Moodle Lê Lợi")


def asked(site):
    query = parse_qs(urlsplit(site.registration_address(SITE)).query)
    return Request(query["openid_configuration"][0], query["registration_token"][0])


def rows(house, kind):
    with house.database.read() as session:
        return session.scalars(select(kind)).all()


def test_a_platform_that_registers_itself_waits_for_an_administrator(house, site, token):
    register(house, token, asked(site), OURS)
    [platform] = rows(house, LtiPlatform)
    [client] = site.clients.values()
    assert (platform.name, platform.status) == ("Moodle Lê Lợi", PlatformStatus.WAITING)
    assert (platform.issuer, platform.client_id, platform.product) == (site.issuer, client.id, "moodle")
    assert platform.keyset_url == f"{site.issuer}/mod/lti/certs.php"
    [event] = rows(house, LtiEvent)
    assert (event.kind, event.code, event.platform_id) == ("registration", "", platform.id)


def test_the_platform_learns_our_addresses_and_what_we_need(house, site, token):
    register(house, token, asked(site), OURS)
    [client] = site.clients.values()
    assert client.login_url == f"{SITE}/lti/login"
    assert client.redirect_uris == [f"{SITE}/lti/launch"]
    assert client.keyset_url == f"{SITE}/lti/jwks.json"
    assert client.registration[TOOL]["domain"] == "elearn.example:8443"
    assert {"name", "email"} < set(client.claims)


def test_the_deployment_of_the_answer_waits_with_its_platform(house, site, token):
    platform = register(house, token, asked(site), OURS)
    with house.database.read() as session:
        found = session.get_one(LtiPlatform, platform.id).deployments
        assert [(row.name, row.accepted_at) for row in found] == [("1", None)]


def test_a_platform_that_makes_deployments_later_registers_too(house, site, token):
    site.product, site.gives_deployment = "canvas", False
    platform = register(house, token, asked(site), OURS)
    with house.database.read() as session:
        assert session.get_one(LtiPlatform, platform.id).deployments == []
    [client] = site.clients.values()
    assert client.registration[TOOL]["https://canvas.instructure.com/lti/privacy_level"] == "public"


@pytest.mark.parametrize("token_of_platform", ["", "a\r\nHost: evil", "ẵ"])
def test_a_registration_token_that_is_none_of_http_is_no_fault(house, site, token, token_of_platform):
    request = Request(f"{site.issuer}/mod/lti/openid-configuration.php", token_of_platform)
    with pytest.raises((LtiError, ServiceError)):
        register(house, token, request, OURS)


def test_an_invitation_works_once(house, site, token):
    register(house, token, asked(site), OURS)
    with pytest.raises(ForbiddenError, match="lti_invitation_over"):
        register(house, token, asked(site), OURS)
    assert len(rows(house, LtiPlatform)) == 1


def test_an_invitation_works_for_a_week(house, site, token, time_machine):
    time_machine.move_to(now() + LIFE + timedelta(seconds=1))
    with pytest.raises(ForbiddenError, match="lti_invitation_over"):
        register(house, token, asked(site), OURS)
    with house.database.read() as session:
        assert open_invitations(session, SYSTEM) == []


def test_a_withdrawn_invitation_works_no_more(house, site, token):
    [invitation] = rows(house, LtiInvitation)
    with house.database.write() as session:
        withdraw(session, SYSTEM, invitation.id)
    with pytest.raises(ForbiddenError, match="lti_invitation_over"):
        register(house, token, asked(site), OURS)


def test_a_used_invitation_cannot_be_withdrawn(house, site, token):
    register(house, token, asked(site), OURS)
    [invitation] = rows(house, LtiInvitation)
    with house.database.write() as session, pytest.raises(NotFoundError):
        withdraw(session, SYSTEM, invitation.id)


def test_only_the_digest_of_a_token_is_kept(house, token):
    [invitation] = rows(house, LtiInvitation)
    assert token not in repr(vars(invitation))
    assert invitation.expires_at <= now() + LIFE


@pytest.mark.parametrize(
    ("name", "fault", "code"),
    [
        ("configuration", 404, "lti_configuration_status"),
        ("configuration", Fault(200, b"<html>"), "configuration_malformed"),
        ("configuration", Fault(200, b"[" * 100_000), "configuration_malformed"),
        ("configuration", Fault(200, b"x" * 300_000), "outside_too_large"),
        ("configuration", Fault(302, headers={"Location": "http://127.0.0.1:1/"}), "outside_redirects"),
        ("registration", Fault(500, b"<html>"), "lti_registration_status"),
        ("registration", Fault(200, b"<html>"), "registration_malformed"),
        ("registration", Fault(200, b"{}"), "registration_malformed"),
        ("registration", Fault(400, b'{"error": "invalid_client_metadata"}'), "registration_refused"),
    ],
)
def test_a_registration_that_fails_says_why_and_may_be_tried_again(house, site, token, name, fault, code):
    site.misbehave(name, fault)
    with pytest.raises((LtiError, ServiceError)) as refused:
        register(house, token, asked(site), OURS)
    assert refused.value.code == code
    [event] = rows(house, LtiEvent)
    assert (event.code, event.platform_id) == (code, None)
    assert rows(house, LtiPlatform) == []
    register(house, token, asked(site), OURS)
    assert len(rows(house, LtiPlatform)) == 1


def test_nobody_registers_in_the_name_of_another_platform(house, site, token, monkeypatch):
    monkeypatch.setattr(
        site, "configuration", lambda: {**type(site).configuration(site), "issuer": "https://m.example"}
    )
    with pytest.raises(LtiError, match="configuration_issuer"):
        register(house, token, asked(site), OURS)


def answering_as(site, platform):
    """The platform answers to a registration with the client id of one that it made before, as Moodle's "Update"."""
    told = json.dumps({"client_id": platform.client_id, TOOL: {"deployment_id": "1"}})
    site.misbehave("registration", Fault(200, told.encode()))


def test_a_platform_renews_its_registration_and_stays_what_it_is(house, site, token):
    first = register(house, token, asked(site), OURS)
    with house.database.write() as session:
        again = invite(session, SYSTEM, ensure_root(session, SYSTEM), "Tên khác")
        session.get_one(LtiPlatform, first.id).status = PlatformStatus.ACTIVE
        session.get_one(LtiPlatform, first.id).keyset_url = "https://cu.example/keys"
    answering_as(site, first)
    register(house, again, asked(site), OURS)
    [platform] = rows(house, LtiPlatform)
    assert (platform.name, platform.status) == ("Moodle Lê Lợi", PlatformStatus.ACTIVE)
    assert (platform.keyset_url, platform.keyset) == (first.keyset_url, None)
    assert [deployment.name for deployment in rows(house, LtiDeployment)] == ["1"]


def test_a_platform_of_one_unit_is_not_renewed_by_the_address_of_another(house, site, token):
    first = register(house, token, asked(site), OURS)
    with house.database.write() as session:
        root = ensure_root(session, SYSTEM)
        about = {"code": "LL", "name": "Trường Lê Lợi", "kind": UnitKind.SCHOOL, "valid_from": date(2024, 9, 1)}
        school = create_unit(session, SYSTEM, parent=root, **about)
        second = invite(session, SYSTEM, school)
    answering_as(site, first)
    with pytest.raises(ServiceError, match="lti_platform_known"):
        register(house, second, asked(site), OURS)
    assert [platform.unit_id for platform in rows(house, LtiPlatform)] == [first.unit_id]


def test_an_inner_address_is_not_asked(house, token):
    with pytest.raises(ServiceError, match="outside_inner_host"):
        register(house, token, Request("https://169.254.169.254/latest"), OURS)
