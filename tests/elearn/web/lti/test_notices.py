"""Notices of a platform: each is proven and counts once; whatever else comes is refused by name and changes nothing."""

import json
import time
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from elearn.lti.notices import MOST_OF_A_BATCH
from elearn.models.account import Role
from elearn.models.lti import LtiDeployment, LtiEvent, LtiLogin, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiContext, LtiLink
from elearn.models.operations import Job
from elearn.services.lti import outbox, subscribing
from tests.support.launches import MOODLE
from tests.support.lti_notices import COPY, HELLO, body, notice
from tests.support.lti_platform import CLIENT, LTI, SigningKey

ADDRESS = "/lti/notices"


@pytest.fixture
def send(door):
    """Send what the platform has signed; gives status and codes."""

    def post(*tokens, data=None):
        answer = door.browser().open(
            ADDRESS, method="POST", data=data or body(*tokens), content_type="application/json"
        )
        codes = [row["code"] for row in answer.json["notices"]]
        return answer.status_code, codes

    return post


def signed(door, *, by=None, header=None, kind=COPY, **changes):
    return door.site.sign(notice(MOODLE, CLIENT, kind, **changes), by, **(header or {}))


def contexts(door):
    with door.house.database.read() as session:
        return {row.name: row.origins for row in session.scalars(select(LtiContext))}


def test_a_copy_of_a_course_is_known_before_anybody_comes(door, send):
    assert send(signed(door)) == (200, [""])
    assert contexts(door) == {"9": ["3"]}
    assert door.events() == [("notice", "")]


def test_a_notice_to_try_it_out_is_shown_to_the_administrator(door, send):
    assert send(signed(door, kind=HELLO)) == (200, [""])
    assert (contexts(door), door.events()) == ({}, [("notice", "")])


def test_a_notice_that_comes_again_is_taken_and_counts_once(door, send):
    token = signed(door)
    assert [send(token), send(token)] == [(200, [""]), (200, [""])]
    again = signed(door, **{f"{LTI}notice": {"id": "n", "type": COPY}, f"{LTI}origin_contexts": ["4"]})
    other = signed(door, **{f"{LTI}notice": {"id": "n", "type": COPY}, f"{LTI}origin_contexts": ["5"]})
    assert send(again, other) == (200, ["", ""])
    assert contexts(door)["9"] == ["4", "3"]
    assert door.events() == [("notice", "")] * 2


def test_one_that_is_refused_does_not_hold_up_the_others(door, send):
    assert send(signed(door, iss="https://x.example"), signed(door)) == (400, ["lti_platform_unknown", ""])
    assert contexts(door) == {"9": ["3"]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"aud": "another"}, "lti_platform_unknown"),
        ({"azp": "another"}, "token_party"),
        ({"exp": 5}, "token_late"),
        ({"exp": None}, "token_claim"),
        ({"iat": 600}, "token_from_future"),
        ({"iat": -2 * 24 * 3600}, "token_late"),
        ({f"{LTI}deployment_id": "77"}, "lti_deployment_waiting"),
        ({f"{LTI}deployment_id": None}, "deployment_absent"),
        ({f"{LTI}version": "1.1"}, "version_unknown"),
        ({f"{LTI}notice": None}, "claim_malformed"),
        ({f"{LTI}context": {"id": "\u0000"}}, "token_malformed"),
    ],
)
def test_a_notice_that_is_not_for_us(door, send, changes, code):
    if "iat" in changes:
        changes = {"iat": int(time.time()) + changes["iat"]}  # told as seconds from now
    assert send(signed(door, **changes)) == (400, [code])
    assert contexts(door) == {}
    assert door.events() == [("notice", code)]


def test_nobody_elses_signature(door, send):
    forged = SigningKey(door.site.key.kid, number=7)
    claims = notice(MOODLE, CLIENT)
    assert send(signed(door, by=forged)) == (400, ["token_signature"])
    assert send(door.site.unsigned(claims)) == (400, ["token_algorithm"])
    assert send(door.site.confused(claims)) == (400, ["token_algorithm"])
    assert contexts(door) == {}


def test_an_id_token_of_a_launch_is_no_notice(door, send):
    assert send(door.site.sign(door.site.claims(now=time.time()))) == (400, ["claim_malformed"])


def test_a_key_that_may_be_on_its_way_is_waited_for(door, send):
    assert send(signed(door, by=SigningKey("new", number=3))) == (503, ["token_key_unknown"])


def test_a_platform_that_is_switched_off_tells_nothing(door, send):
    door.change(status=PlatformStatus.OFF)
    assert send(signed(door)) == (400, ["lti_platform_off"])


def test_a_deployment_that_is_new_waits_for_an_administrator(door, send):
    send(signed(door, **{f"{LTI}deployment_id": "77"}))
    with door.house.database.read() as session:
        row = session.scalars(select(LtiDeployment).where(LtiDeployment.name == "77")).one()
        assert row.accepted_at is None


@pytest.mark.parametrize(
    "data", [b"x", b"\xff", b"[]", b"{}", b'{"notices": [1]}', b"[" * 100_000, json.dumps({"notices": {}}).encode()]
)
def test_what_is_no_message(door, send, data):
    assert send(data=data) == (400, ["notices_malformed"])


def test_more_than_a_message_holds(door, send):
    assert send(*["x"] * (MOST_OF_A_BATCH + 1)) == (400, ["notices_too_many"])


def test_a_message_that_is_too_large_is_not_read(door):
    assert door.browser().open(ADDRESS, method="POST", data=b" " * 2_000_000).status_code == 413


def test_refusals_do_not_fill_the_disk(door, send, monkeypatch):
    monkeypatch.setattr("elearn.services.lti.events.MOST_REFUSED", 3)
    for _ in range(5):
        send(data=b"x")
    assert len(door.events()) == 3


def test_what_is_remembered_goes_when_it_would_be_too_late(door, send):
    send(signed(door))
    with door.house.database.read() as session:
        row = session.scalars(select(LtiLogin)).one()
        assert 24 * 3600 < (row.expires_at - row.created_at).total_seconds() < 25 * 3600
        assert session.scalar(select(func.count()).select_from(LtiEvent)) == 1


def test_an_activity_of_a_copy_counts_as_its_original_from_the_first_click(door, send, link):
    """Moodle names the content in the copy; what its teacher has said is known from the notice."""
    door.enter("2", link)
    with door.house.database.write() as session:
        outbox.set_grading(session, session.scalars(select(LtiLink)).one(), "last")
    send(signed(door))
    copy = door.site.links["99"] = replace(door.site.links[link], id="99")
    door.site.changes = {f"{LTI}context": {"id": "9", "title": "Toán 4 năm sau"}}
    door.enter("2", copy.id)
    with door.house.database.read() as session:
        rows = {row.name: row.policy for row in session.scalars(select(LtiLink))}
    assert rows == {link: {"grading": "last"}, "99": {"grading": "last"}}


def test_the_first_launch_that_offers_notices_asks_for_them(door, link, sign_in):
    door.enter("42", link)
    handlers = door.site.offer_notices()
    for _ in range(2):
        door.enter("42", link)
    with door.house.database.read() as session:
        deployment = session.scalars(select(LtiDeployment)).one()
        (job,) = session.scalars(select(Job).where(Job.kind == subscribing.KIND))
        assert job.payload == {"deployment": deployment.id}
        assert deployment.notices["url"] == handlers.address
        assert deployment.notices["handler"] == "http://localhost/lti/notices"
    administrator = sign_in("quantri", Role.ADMINISTRATOR)
    with door.house.database.read() as session:
        uid = session.scalars(select(LtiPlatform)).one().uid
    page = f"/administration/platforms/{uid}"
    assert "chưa báo bản sao khóa học" in administrator.get(page).text
    with door.house.database.write() as session:
        row = session.scalars(select(LtiDeployment)).one()
        row.notices = {**row.notices, "code": ""}
    assert "báo bản sao khóa học" in administrator.get(page).text


def test_a_copy_whose_address_names_nothing_has_the_content_of_its_original(door, send, link):
    door.enter("42", link)
    send(signed(door))
    door.site.links["99"] = replace(door.site.links[link], id="99", url="http://localhost/lti/launch")
    door.site.changes = {f"{LTI}context": {"id": "9"}}
    assert "/play" in door.click(user="42", link="99").location


def test_custom_parameters_name_the_content_where_the_address_does_not(door, material):
    place = door.site.place("Phân số", "http://localhost/lti/launch", material=material)
    assert "/play" in door.click(user="42", link=place.id).location
