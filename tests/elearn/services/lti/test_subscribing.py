"""Asking a platform for its notices: at the first launch that offers them, and again only when something changed."""

import pytest
from sqlalchemy import select

from elearn.lti.claims import NoticeService, launch_of
from elearn.models.lti import LtiDeployment, LtiEvent
from elearn.models.operations import Job
from elearn.services.lti import subscribing
from tests.support.lti_http import Fault
from tests.support.lti_notices import COPY, HELLO, PNS, PNS_SCOPE
from tests.support.lti_platform import CLIENT, LTI

OURS = "https://hoclieu.example.vn"
HANDLER = f"{OURS}/lti/notices"


@pytest.fixture
def launched(registered, site):
    """A launch of the platform, which offers notices."""

    def tell(handlers=None, **changes):
        offer = {PNS: (handlers or site.offer_notices()).claim()}
        target = {f"{LTI}target_link_uri": f"{OURS}/lti/open/m/x"}
        return launch_of(site.claims(now=0, **(offer | target | changes)), CLIENT)

    return tell


@pytest.fixture
def asks(asking, registered):
    """Subscribe as a launch does, and run the job; gives what is kept."""

    def ask(launch):
        with asking.database.write() as session:
            wanted = subscribing.subscribe(session, registered.deployment.id, launch)
        if wanted:
            finish = subscribing.ask_for_notices(asking, {"deployment": registered.deployment.id})
            with asking.database.write() as session:
                finish(session)
        with asking.database.read() as session:
            return wanted, session.get_one(LtiDeployment, registered.deployment.id).notices

    return ask


def test_what_we_understand_of_what_is_offered_comes_to_us(asking, site, launched, asks):
    wanted, kept = asks(launched())
    assert site.handlers.wanted == {COPY: HANDLER, HELLO: HANDLER}
    assert (wanted, kept["kinds"], kept["code"]) == (True, [COPY, HELLO], "")
    assert {scope for _, scopes in site.tokens.values() for scope in scopes} == {PNS_SCOPE}
    with asking.database.read() as session:
        assert [(event.kind, event.code) for event in session.scalars(select(LtiEvent))] == [("notices", "")]


def test_the_next_launches_ask_nothing(site, launched, asks):
    launch = launched()
    asks(launch)
    assert not asks(launch)[0]
    assert len(site.requests("handlers")) == 2


def test_another_address_of_ours_or_theirs_asks_again(clock, site, launched, asks):
    launch = launched()
    asks(launch)
    clock.shift(61)
    moved = launched(**{f"{LTI}target_link_uri": "https://moi.example.vn/lti/open/m/x"})
    assert asks(moved)[0]
    assert set(site.handlers.wanted.values()) == {"https://moi.example.vn/lti/notices"}


def test_a_launch_that_offers_nothing_asks_nothing(site, registered, session, launched, asks):
    assert not asks(launched(**{PNS: None}))[0]
    handlers = site.offer_notices()
    handlers.kinds = ("LtiAssetProcessorSubmissionNotice",)
    assert not asks(launched(handlers))[0]
    assert not session.scalars(select(Job).where(Job.kind == subscribing.KIND)).all()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (403, "notices_refused"),
        (Fault(302, headers={"Location": "http://127.0.0.1/"}), "outside_redirects"),
        (Fault(200, b" " * (1024 * 1024 + 1)), "outside_too_large"),
    ],
)
def test_a_refusal_is_told_and_tried_again_after_hours(clock, asking, site, launched, asks, fault, code):
    launch = launched()
    site.misbehave("handlers", fault)
    assert asks(launch)[1]["code"] == code
    with asking.database.read() as session:
        assert session.scalars(select(LtiEvent)).one().code == code
    clock.shift(3600)
    assert not asks(launch)[0]
    clock.shift(subscribing.AGAIN.total_seconds())
    assert asks(launch)[1]["code"] == ""


def test_a_forgotten_token_is_asked_for_once_more(site, launched, asks):
    site.misbehave("handlers", 401)
    assert asks(launched())[1]["code"] == ""


def test_what_a_launch_has_offered_meanwhile_is_not_overwritten(asking, registered, launched, site):
    with asking.database.write() as session:
        subscribing.subscribe(session, registered.deployment.id, launched())
    finish = subscribing.ask_for_notices(asking, {"deployment": registered.deployment.id})
    with asking.database.write() as session:
        row = session.get_one(LtiDeployment, registered.deployment.id)
        row.notices = {**row.notices, "url": "https://other.example/"}
        finish(session)
        assert row.notices["code"] == "notices_asked"


def test_an_inner_address_is_not_asked(launched, asks, site):
    handlers = site.offer_notices()
    handlers.address = "http://169.254.169.254/latest"
    assert launched(handlers).notices == NoticeService(handlers.address, frozenset(handlers.kinds))
    assert asks(launched(handlers))[1]["code"] == "outside_inner_host"
