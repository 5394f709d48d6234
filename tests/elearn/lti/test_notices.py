"""Notices of a platform: what is asked for, and what a message holds (Platform Notification Service 1.0)."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.lti.claims import Ancestors, Named, NoticeService, launch_of
from elearn.lti.errors import LTI_CODES, LtiError
from elearn.lti.notices import MOST_OF_A_BATCH, Notice, batch, notice_of, subscription
from tests.elearn.lti.conftest import NOW
from tests.support.lti_notices import COPY, HELLO, PNS, PNS_SCOPE, body, notice
from tests.support.lti_platform import CLIENT, ISSUER, LTI

URL = f"{ISSUER}/notice-handlers/1"
CLAIM = {"platform_notification_service_url": URL, "scope": [PNS_SCOPE], "notice_types_supported": [COPY]}


def offered(platform, **changes):
    return launch_of(platform.claims(now=NOW, **{PNS: {**CLAIM, **changes}}), CLIENT).notices


def test_a_claim_of_the_service(platform):
    assert offered(platform, service_versions=["1.0"]) == NoticeService(URL, frozenset({COPY}))
    assert offered(platform, scope=["https://a.example/other"]) is None
    assert offered(platform, service_versions=["2.1"]) is None


def test_a_subscription_and_its_end():
    assert subscription(COPY, "https://e.example/n") == {
        "notice_type": COPY,
        "handler": "https://e.example/n",
        "max_batch_size": MOST_OF_A_BATCH,
    }
    assert subscription(HELLO, "") == {"notice_type": HELLO, "handler": ""}


def test_a_message_with_notices():
    assert batch(json.loads(body("a.b.c", "d.e.f"))) == ["a.b.c", "d.e.f"]
    assert batch({"notices": []}) == []


@pytest.mark.parametrize("told", [None, [], {}, {"notices": {}}, {"notices": [{}]}, {"notices": [{"jwt": 5}]}])
def test_what_is_no_message(told):
    with pytest.raises(LtiError, match="notices_malformed"):
        batch(told)


def test_too_many_at_once():
    with pytest.raises(LtiError, match="notices_too_many"):
        batch(json.loads(body(*["a"] * (MOST_OF_A_BATCH + 1))))


def test_a_notice_of_a_copy():
    told = notice(ISSUER, CLIENT, **{f"{LTI}notice": {"id": "n1", "type": COPY}})
    context = Named("9", "Toán 4 năm sau", "TOAN4-27")
    assert notice_of(told) == Notice("n1", COPY, "1", context, ("3",))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({f"{LTI}version": "1.2"}, "version_unknown"),
        ({f"{LTI}notice": None}, "claim_malformed"),
        ({f"{LTI}notice": {"id": "", "type": COPY}}, "claim_malformed"),
        ({f"{LTI}notice": {"id": "x" * 256, "type": COPY}}, "claim_malformed"),
        ({f"{LTI}context": None}, "claim_malformed"),
        ({f"{LTI}deployment_id": None}, "deployment_absent"),
        ({f"{LTI}origin_contexts": [5]}, "claim_malformed"),
        ({f"{LTI}origin_contexts": [""]}, "claim_malformed"),
    ],
)
def test_a_notice_that_is_none(changes, code):
    with pytest.raises(LtiError, match=code):
        notice_of(notice(ISSUER, CLIENT, **changes))
    assert code in LTI_CODES


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_whatever_comes_is_refused_by_name(told):
    for read in (
        batch,
        lambda each: notice_of({f"{LTI}notice": each, f"{LTI}version": "1.3.0", f"{LTI}context": each}),
    ):
        with suppress(LtiError):
            read(told)


@pytest.mark.parametrize(
    ("custom", "ancestors"),
    [
        ({}, Ancestors()),
        ({"context_history": "$Context.id.history", "link_history": "$ResourceLink.id.history"}, Ancestors()),
        ({"context_history": "3, 2,,3", "link_history": "7"}, Ancestors(("3", "2"), ("7",))),
        ({"context_history": ",".join(map(str, range(99)))}, Ancestors(tuple(map(str, range(20))))),
    ],
)
def test_of_what_a_course_is_a_copy(platform, custom, ancestors):
    assert launch_of(platform.claims(now=NOW, **{f"{LTI}custom": custom}), CLIENT).ancestors == ancestors
