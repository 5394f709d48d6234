"""Our own keys, and access tokens asked for with them."""

import pytest

from elearn.lti.errors import LtiError
from elearn.lti.keys import key_id, keyset, new_key, public_pem
from elearn.lti.tokens import access_token, token_request
from tests.elearn.lti.conftest import NOW
from tests.support.lti_platform import CLIENT, ISSUER, check, read


def test_two_keys_overlap_in_the_keyset_and_tell_nothing_private(own_key):
    other = new_key()
    keys = keyset([own_key, other])["keys"]
    assert [key["kid"] for key in keys] == [key_id(own_key), key_id(other)]
    for key in keys:
        assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}


def test_the_public_half_can_be_pasted(own_key):
    assert public_pem(own_key).startswith("-----BEGIN PUBLIC KEY-----")
    assert "PRIVATE" not in public_pem(own_key)


def test_an_assertion_is_proven_by_the_keyset(own_key):
    endpoint = f"{ISSUER}/mod/lti/token.php"
    fields = token_request(own_key, client_id=CLIENT, audience=endpoint, scopes=["b", "a"], unique="j-1", now=NOW)
    claims = check(fields["client_assertion"], keyset([own_key]))
    assert claims == {
        "iss": CLIENT,
        "sub": CLIENT,
        "aud": endpoint,
        "iat": int(NOW),
        "exp": int(NOW) + 60,
        "jti": "j-1",
    }
    assert fields["scope"] == "a b"
    assert fields["grant_type"] == "client_credentials"
    assert read(fields["client_assertion"])[0]["kid"] == key_id(own_key)


def test_a_token_and_its_end():
    token = access_token({"access_token": "abc", "token_type": "Bearer", "expires_in": 900}, now=NOW)
    assert (token.value, token.ends) == ("abc", NOW + 900)


@pytest.mark.parametrize(("told", "kept"), [(None, 3600), (10**9, 3600), (0, 30), (-5, 30)])
def test_a_lifetime_is_kept_within_reason(told, kept):
    answer = {"access_token": "abc", "token_type": "bearer"} | ({} if told is None else {"expires_in": told})
    assert access_token(answer, now=NOW).ends == NOW + kept


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"error": "invalid_client"},
        {"access_token": "abc"},
        {"access_token": 5, "token_type": "bearer"},
        {"access_token": "", "token_type": "bearer"},
        {"access_token": "a\r\nX-Evil: 1", "token_type": "bearer"},
        {"access_token": "abc", "token_type": "bearer", "expires_in": "soon"},
    ],
)
def test_an_answer_without_a_token(answer):
    with pytest.raises(LtiError, match="service_malformed"):
        access_token(answer, now=NOW)
