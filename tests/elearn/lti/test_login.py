"""The login that begins a launch (LTI Security Framework 1.0, 5.1.1)."""

from urllib.parse import parse_qs, urlsplit

import pytest

from elearn.lti.errors import LtiError
from elearn.lti.login import LoginRequest, authorization_address
from tests.support.lti_platform import ISSUER

MOODLE_HINT = '{"cmid":12,"launchid":"ltilaunch12_1","deeplinking":"&x=ơ"}'
FIELDS = {
    "iss": ISSUER,
    "login_hint": "42",
    "target_link_uri": "https://elearn.example/lti/launch",
    "lti_message_hint": MOODLE_HINT,
    "client_id": "7Xk2pQ",
    "lti_deployment_id": "1",
}


def address(fields, endpoint=f"{ISSUER}/mod/lti/auth.php"):
    login = LoginRequest.from_fields(fields)
    there = "https://elearn.example/lti/launch"
    return authorization_address(endpoint, login, client_id="7Xk2pQ", redirect_uri=there, state="s", nonce="n")


def asked(fields=FIELDS, **at):
    return {name: value for name, (value,) in parse_qs(urlsplit(address(fields, **at)).query).items()}


def test_the_browser_is_sent_back_with_everything_the_platform_asks_for():
    assert asked() == {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": "7Xk2pQ",
        "redirect_uri": "https://elearn.example/lti/launch",
        "login_hint": "42",
        "state": "s",
        "nonce": "n",
        "lti_message_hint": MOODLE_HINT,
    }


def test_a_hint_that_was_not_given_is_not_invented():
    assert "lti_message_hint" not in asked({name: FIELDS[name] for name in ("iss", "login_hint", "target_link_uri")})


def test_a_query_of_the_endpoint_stays_and_cannot_overrule_ours():
    told = asked(endpoint=f"{ISSUER}/auth?tenant=so&state=theirs")
    assert told["tenant"] == "so"
    assert told["state"] == "s"


@pytest.mark.parametrize("field", ["iss", "login_hint", "target_link_uri"])
@pytest.mark.parametrize("value", [None, "", "x" * 3000])
def test_what_is_needed_must_be_there(field, value):
    fields = {**FIELDS, field: value}
    with pytest.raises(LtiError) as refused:
        LoginRequest.from_fields({name: value for name, value in fields.items() if value is not None})
    assert (refused.value.code, refused.value.params) == ("login_incomplete", {"field": field})


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "/lti/launch", "https://[::1", "https://a\\b", "https://a b/"]
)
def test_a_target_that_is_no_address(target):
    with pytest.raises(LtiError, match="login_incomplete"):
        LoginRequest.from_fields({**FIELDS, "target_link_uri": target})


def test_a_hint_beyond_reason():
    with pytest.raises(LtiError, match="login_incomplete"):
        LoginRequest.from_fields({**FIELDS, "lti_message_hint": "x" * 9000})
