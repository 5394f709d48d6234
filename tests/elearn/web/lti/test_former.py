"""LTI 1.1: users who come over keep their account; launches only where an operator has switched them on."""

import base64
import hashlib
import hmac
import secrets
import time

import pytest
from oauthlib.oauth1 import Client
from sqlalchemy import select

from elearn.app import create_app
from elearn.models.account import Account, Identity
from elearn.models.lti import LtiConsumer
from elearn.models.lti_courses import LtiSession
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from tests.support.lti_doors import OURS, Door, inside
from tests.support.lti_platform import CLIENT, DEPLOYMENT, LTI
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, put

KEY, SECRET = "khoa-cu", "bi-mat"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def consumer(house):
    with house.database.write() as session:
        session.add(LtiConsumer(key=KEY, secret=SECRET, unit_id=ensure_root(session, SYSTEM).id))


def accounts(house):
    with house.database.read() as session:
        return [row.account_id for row in session.scalars(select(Identity).order_by(Identity.id))]


class TestMigration:
    @pytest.fixture
    def former(self, house, consumer):
        """The account of somebody who has launched by LTI 1.1."""
        with house.database.write() as session:
            account = Account(display_name="Bích")
            session.add(account)
            session.flush()
            session.add(Identity(account_id=account.id, provider="lti11", issuer=KEY, client="", subject="b42"))
            return account.id

    @pytest.fixture
    def come(self, door, link):
        """A launch with the claim of migration, signed with a secret."""

        def click(secret=SECRET, **changes):
            def signed(claims):
                words = [KEY, DEPLOYMENT, claims["iss"], CLIENT, str(claims["exp"]), claims["nonce"]]
                digest = hmac.digest(secret.encode(), "&".join(words).encode(), hashlib.sha256)
                told = {"oauth_consumer_key": KEY, "user_id": "b42"}
                told["oauth_consumer_key_sign"] = base64.b64encode(digest).decode()
                return door.site.sign(claims | {f"{LTI}lti1p1": told | changes})

            door.site.make_token = signed
            return door.click(link=link)

        return click

    def test_a_proven_user_keeps_the_account(self, come, former, house):
        assert come().status_code == 303
        assert accounts(house) == [former, former]

    def test_an_unproven_one_is_somebody_new(self, come, former, house):
        assert come(secret="khac").status_code == 303
        assert accounts(house)[0] == former
        assert len(set(accounts(house))) == 2

    def test_whoever_has_come_by_1_3_before_stays_who_that_is(self, come, former, house, door, link):
        assert door.click(link=link).status_code == 303
        assert come().status_code == 303
        assert len(set(accounts(house))) == 2

    def test_a_user_whom_nobody_knows_is_somebody_new(self, come, former, house):
        assert come(user_id="la").status_code == 303
        assert len(set(accounts(house))) == 2


class TestLaunch:
    @pytest.fixture
    def house(self, make_house):
        return make_house(ELEARN_LTI_1_1="on")

    @pytest.fixture
    def path(self, house, consumer, make_account):
        make_account(AUTHOR)
        return f"/lti/open/m/{put(house, scorm_package('2004 4th Edition'))}"

    @pytest.fixture
    def send(self, make_browser, path):
        """A signed form, as the page of a platform sends it."""

        def post(secret=SECRET, to=None, late=0, **changes):
            told = {
                "lti_message_type": "basic-lti-launch-request",
                "lti_version": "LTI-1p0",
                "resource_link_id": "7",
                "context_id": "3",
                "user_id": "42",
                "lis_person_name_full": "Trần Thị Bích",
                "roles": "Learner",
                **changes,
            }
            stamp = {"timestamp": str(int(time.time()) - late), "nonce": secrets.token_hex(16)}
            client = Client(KEY, secret, signature_type="BODY", **stamp)
            _, _, body = client.sign(OURS + path, "POST", told, FORM)
            headers = FORM | {"Origin": "https://moodle.truong.example"}
            return lambda: make_browser().open(to or path, method="POST", data=body, headers=headers)

        return post

    def test_a_learner_plays(self, send, app, house):
        answer = send()()
        assert "/play/" in answer.location
        assert inside(app, answer).get("/activity").status_code == 200
        with house.database.read() as session:
            assert session.scalars(select(Account.display_name).where(Account.login.is_(None))).all() == [
                "Trần Thị Bích"
            ]

    def test_a_teacher_comes_to_the_page_of_the_link(self, send):
        assert send(roles="Instructor")().location.endswith("/activity")

    def test_the_second_time_everybody_is_known(self, send, house):
        assert [send()().status_code for _ in range(2)] == [303, 303]
        assert len(accounts(house)) == 1

    def test_a_form_counts_once(self, send, house):
        post = send()
        assert [post().status_code for _ in range(2)] == [303, 409]
        with house.database.read() as session:
            assert len(session.scalars(select(LtiSession)).all()) == 1

    @pytest.mark.parametrize("wrong", [{"secret": "khac"}, {"late": 1200}, {"late": -1200}, {"to": "/lti/open/m/1"}])
    def test_what_is_not_signed_now_for_here_is_refused(self, send, wrong):
        assert send(**wrong)().status_code == 403

    def test_an_unknown_key_is_refused(self, send, house):
        with house.database.write() as session:
            session.scalars(select(LtiConsumer)).one().key = "khac"
        assert send()().status_code == 403

    @pytest.mark.parametrize(
        ("method", "signature"), [("RSA-SHA1", "x"), ("RSA-SHA256", "x"), ("PLAINTEXT", f"{SECRET}&"), ("X", "x")]
    )
    def test_no_other_kind_of_signature_is_taken(self, make_browser, path, method, signature):
        told = {
            "oauth_consumer_key": KEY,
            "oauth_nonce": secrets.token_hex(16),
            "oauth_timestamp": str(int(time.time())),
        }
        told |= {"oauth_signature_method": method, "oauth_signature": signature}
        assert make_browser().open(path, method="POST", data=told, headers=FORM).status_code == 403

    @pytest.mark.parametrize("changes", [{"user_id": ""}, {"lti_version": "x"}, {"resource_link_id": ""}])
    def test_a_form_that_lacks_something(self, send, changes):
        assert send(**changes)().status_code == 400


def test_it_is_off_until_somebody_switches_it_on(house, consumer):
    door = Door(house, create_app(house))
    refused = door.browser().open("/lti/open/m/1", method="POST", data={"oauth_consumer_key": KEY})
    assert refused.status_code == 403
    assert door.events() == [("launch", "lti_former_off")]
