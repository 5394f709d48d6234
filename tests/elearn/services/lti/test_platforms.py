"""Platforms of a unit: entered by hand, accepted, switched off; each within the reach of its administrators."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent, Role
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.services.access import SYSTEM
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.lti import invitations
from elearn.services.lti.events import About, add
from elearn.services.lti.history import events_of_nobody, last_events
from elearn.services.lti.launched import find_launched
from elearn.services.lti.our_side import moodle_endpoints
from elearn.services.lti.platforms import (
    Details,
    accept,
    accept_deployment,
    administered_platform,
    change,
    deployments_of,
    enter,
    platforms_within,
    switch_off,
    switch_on,
)
from tests.support.launches import add_user, launch

DETAILS = Details(name="Moodle Lê Lợi", client_id="7Xk2pQ", deployment="1", **moodle_endpoints("moodle.truong.example"))


@pytest.fixture
def session(sqlite_database):
    with sqlite_database.writer() as session:
        yield session


@pytest.fixture
def schools(world):
    root = world.unit("SO")
    return root, world.unit("TH1", root), world.unit("TH2", root)


@pytest.fixture
def platform(session, schools):
    return enter(session, SYSTEM, schools[1], DETAILS)


@pytest.fixture
def waiting(session, schools):
    endpoints = moodle_endpoints("https://khac.example")
    row = LtiPlatform(name="Khác", unit_id=schools[1].id, client_id="c", status=PlatformStatus.WAITING, **endpoints)
    session.add(row)
    session.flush()
    session.add(LtiDeployment(platform_id=row.id, name="1"))
    session.flush()
    return row


def test_a_platform_entered_by_hand_may_launch_at_once(session, platform):
    assert platform.status is PlatformStatus.ACTIVE
    assert platform.product == "moodle"
    assert [row.name for row in deployments_of(session, platform) if row.accepted_at] == ["1"]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "platform.enter")).one()
    assert event.subject_uid == platform.uid


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuer": ""}, "lti_value_needed"),
        ({"client_id": ""}, "lti_value_needed"),
        ({"client_id": "x" * 256}, "lti_value_long"),
        ({"name": "x" * 301}, "lti_value_long"),
        ({"token_endpoint": ""}, "lti_address_form"),
        ({"token_endpoint": "ftp://moodle/token"}, "lti_address_form"),
        ({"keyset_url": "https://a b"}, "lti_address_form"),
        ({"keyset_url": "javascript:alert(1)"}, "lti_address_form"),
        ({"authorization_endpoint": "https://moodle/" + "x" * 2048}, "lti_address_form"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(session, schools, changes, code):
    with pytest.raises(ServiceError) as refused:
        enter(session, SYSTEM, schools[1], replace(DETAILS, **changes))
    assert refused.value.code == code
    assert refused.value.params["field"] in changes


def test_a_registration_is_entered_once(session, schools, platform):
    with pytest.raises(ServiceError, match="lti_platform_known"):
        enter(session, SYSTEM, schools[2], DETAILS)


def test_a_changed_keyset_address_forgets_the_old_keys(session, platform):
    platform.keyset = [{"kid": "alt"}]
    change(session, SYSTEM, platform, replace(DETAILS, name="Mới"))
    assert (platform.name, platform.keyset) == ("Mới", [{"kid": "alt"}])
    change(session, SYSTEM, platform, replace(DETAILS, keyset_url="https://moodle.truong.example/keys"))
    assert platform.keyset is None


def test_administrators_of_a_unit_look_after_its_platforms_and_those_below(session, world, schools, platform):
    root, school, other = schools
    for unit in (root, school):
        identity = world.somebody(Role.ADMINISTRATOR, unit)
        assert administered_platform(session, identity, platform.uid) is platform
        assert platforms_within(session, identity).platforms == [platform]
    stranger = world.somebody(Role.ADMINISTRATOR, other)
    assert platforms_within(session, stranger).total == 0
    with pytest.raises(NotFoundError):
        administered_platform(session, stranger, platform.uid)


def test_a_changed_token_address_forgets_the_audience_of_the_old_one(session, platform):
    platform.token_audience = "https://moodle.truong.example/auth"
    change(session, SYSTEM, platform, DETAILS)
    assert platform.token_audience == "https://moodle.truong.example/auth"
    change(session, SYSTEM, platform, replace(DETAILS, token_endpoint="https://moi.example/token"))
    assert platform.token_audience == ""


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_sees_platforms(session, world, schools, platform, role):
    identity = world.somebody(role, schools[1])
    assert platforms_within(session, identity).total == 0
    with pytest.raises(NotFoundError):
        administered_platform(session, identity, platform.uid)
    with pytest.raises(ForbiddenError):
        enter(session, identity, schools[1], replace(DETAILS, client_id="andere"))
    with pytest.raises(ForbiddenError):
        invitations.invite(session, identity, schools[1])


@pytest.mark.parametrize("uid", ["", "x", "0" * 32, "../x"])
def test_an_unknown_platform_is_not_found(session, uid):
    with pytest.raises(NotFoundError):
        administered_platform(session, SYSTEM, uid)


def test_platforms_that_wait_stand_first(session, platform, waiting):
    assert platforms_within(session, SYSTEM).platforms == [waiting, platform]


def test_accepting_a_platform_accepts_the_deployments_it_has_named(session, waiting):
    accept(session, SYSTEM, waiting)
    assert waiting.status is PlatformStatus.ACTIVE
    assert all(row.accepted_at for row in deployments_of(session, waiting))
    with pytest.raises(ServiceError, match="lti_platform_moved_on"):
        accept(session, SYSTEM, waiting)


def test_whoever_is_there_when_a_platform_is_switched_off_has_to_come_back(session, platform):
    handle = launch(session, platform, add_user(session, "Vừ A Dính"))
    assert find_launched(session, handle) is not None
    switch_off(session, SYSTEM, platform)
    switch_on(session, SYSTEM, platform)
    assert find_launched(session, handle) is None


def test_a_platform_is_switched_off_and_on(session, platform):
    switch_off(session, SYSTEM, platform)
    assert platform.status is PlatformStatus.OFF
    with pytest.raises(ServiceError, match="lti_platform_moved_on"):
        switch_off(session, SYSTEM, platform)
    switch_on(session, SYSTEM, platform)
    assert platform.status is PlatformStatus.ACTIVE


def test_a_platform_that_was_in_use_is_in_use_again_also_when_nobody_had_to_accept_it(session, waiting):
    waiting.status = PlatformStatus.ACTIVE
    switch_off(session, SYSTEM, waiting)
    switch_on(session, SYSTEM, waiting)
    assert waiting.status is PlatformStatus.ACTIVE


def test_a_refused_platform_that_is_switched_on_waits_again(session, waiting):
    switch_off(session, SYSTEM, waiting)
    switch_on(session, SYSTEM, waiting)
    assert waiting.status is PlatformStatus.WAITING


def test_a_deployment_that_appeared_later_is_accepted_by_its_name(session, platform):
    session.add(LtiDeployment(platform_id=platform.id, name="7"))
    session.flush()
    assert deployments_of(session, platform)[0].name == "7"
    accept_deployment(session, SYSTEM, platform, "7")
    assert all(row.accepted_at for row in deployments_of(session, platform))


def test_a_deployment_of_another_platform_is_not_found(session, platform, waiting):
    session.add(LtiDeployment(platform_id=waiting.id, name="9"))
    session.flush()
    with pytest.raises(NotFoundError):
        accept_deployment(session, SYSTEM, platform, "9")


def test_the_last_event_of_each_platform_is_told(session, platform, waiting):
    for code in ("token_nonce", ""):
        add(session, "launch", About(platform_id=platform.id), code)
    assert {key: event.code for key, event in last_events(session, [platform, waiting]).items()} == {platform.id: ""}


def test_events_of_unknown_platforms_are_for_whoever_administers_the_house(session, world, schools):
    add(session, "launch", About(issuer="https://la.example"), "token_issuer")
    assert len(events_of_nobody(session, world.somebody(Role.ADMINISTRATOR, schools[0]))) == 1
    assert events_of_nobody(session, world.somebody(Role.ADMINISTRATOR, schools[1])) == []


@pytest.mark.parametrize(
    ("typed", "issuer"),
    [
        ("moodle.truong.example", "https://moodle.truong.example"),
        (" https://Moodle.truong.example/ ", "https://moodle.truong.example"),
        ("http://10.1.2.3:8080/moodle/", "http://10.1.2.3:8080/moodle"),
    ],
)
def test_the_endpoints_of_a_moodle_follow_from_its_address(typed, issuer):
    assert moodle_endpoints(typed) == {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/mod/lti/auth.php",
        "token_endpoint": f"{issuer}/mod/lti/token.php",
        "keyset_url": f"{issuer}/mod/lti/certs.php",
    }


@pytest.mark.parametrize("typed", ["", "ftp://x", "https://", "https://a@b/", "https://[half"])
def test_what_is_no_address_gives_no_endpoints(typed):
    assert moodle_endpoints(typed) == {}
