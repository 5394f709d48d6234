"""What a token must be (LTI Security Framework 1.0, 5.1.3), and what it is refused for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.lti.errors import LTI_CODES, LtiError
from elearn.lti.id_token import Expected, issuer_of, verify
from elearn.lti.keys import keys_of
from tests.elearn.lti.conftest import NOW
from tests.support.lti_platform import CLIENT, ISSUER, Platform, SigningKey, b64


def refusal(judge, token, **asked):
    with pytest.raises(LtiError) as refused:
        judge(token, **asked)
    assert refused.value.code in LTI_CODES
    return refused.value.code, refused.value.params


def test_a_proper_token_gives_its_claims(platform, judge):
    claims = platform.claims(now=NOW)
    assert judge(platform.sign(claims)) == claims


def test_nobody_signed_it(platform, judge):
    assert refusal(judge, platform.unsigned(platform.claims(now=NOW))) == ("token_algorithm", {"algorithm": "none"})


def test_the_public_key_is_no_secret(platform, judge):
    token = platform.confused(platform.claims(now=NOW))
    assert refusal(judge, token) == ("token_algorithm", {"algorithm": "HS256"})


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256", "ES256", "rs256", "", None, 7])
def test_one_algorithm_and_no_other(platform, judge, algorithm):
    token = platform.sign(platform.claims(now=NOW), alg=algorithm)
    assert refusal(judge, token)[0] in {"token_algorithm", "token_malformed"}


def test_a_key_that_the_keyset_lacks_may_have_come_since(platform, judge):
    token = platform.sign(platform.claims(now=NOW), SigningKey("k2", 1))
    assert refusal(judge, token) == ("token_key_unknown", {"kid": "k2"})


def test_a_token_without_a_key_id_names_no_key(platform, judge):
    assert refusal(judge, platform.sign(platform.claims(now=NOW), kid=None))[0] == "token_key_unknown"


def test_another_key_under_a_known_id_is_a_forgery(platform, judge):
    assert refusal(judge, platform.sign(platform.claims(now=NOW), SigningKey("k1", 1)))[0] == "token_signature"


def test_changed_claims_break_the_signature(platform, judge):
    header, _, signature = platform.sign(platform.claims(now=NOW)).split(".")
    forged = b64(json.dumps(platform.claims(now=NOW, sub="1")).encode())
    assert refusal(judge, f"{header}.{forged}.{signature}")[0] == "token_signature"


def test_a_short_key_protects_nothing(platform, judge):
    weak = SigningKey("k1", 2, bits=1024)
    token = platform.sign(platform.claims(now=NOW), weak)
    assert refusal(judge, token, keyset={"keys": [weak.jwk()]}) == ("token_key_unfit", {"kid": "k1"})


@pytest.mark.parametrize("changes", [{"use": "enc"}, {"kty": "EC"}, {"alg": "RS512"}, {"kid": 5}])
def test_a_key_for_something_else_signs_no_token(platform, judge, changes):
    token = platform.sign(platform.claims(now=NOW))
    assert refusal(judge, token, keyset={"keys": [platform.key.jwk(**changes)]})[0] == "token_key_unknown"


@pytest.mark.parametrize("changes", [{"n": "!"}, {"n": ""}, {"n": 5}, {"e": None}, {"n": "AQ", "e": "AQAB"}])
def test_a_broken_key_is_named(platform, judge, changes):
    token = platform.sign(platform.claims(now=NOW))
    assert refusal(judge, token, keyset={"keys": [platform.key.jwk(**changes)]})[0] == "token_key_unfit"


@pytest.mark.parametrize("document", [None, [], {}, {"keys": {}}, {"keys": "x"}, "keys"])
def test_what_is_no_keyset_is_refused(document):
    with pytest.raises(LtiError, match="keyset_malformed"):
        keys_of(document)


def test_from_another_platform(platform, judge):
    token = platform.sign(platform.claims(now=NOW, iss="https://evil.example"))
    assert refusal(judge, token) == ("token_issuer", {"issuer": "https://evil.example"})


@pytest.mark.parametrize("audience", ["other", ["other"], [], None, 5, [5]])
def test_for_another_tool(platform, judge, audience):
    token = platform.sign(platform.claims(now=NOW, aud=audience))
    assert refusal(judge, token)[0] in {"token_audience", "token_claim"}


@pytest.mark.parametrize("audience", [CLIENT, [CLIENT]])
def test_for_this_tool_alone(platform, judge, audience):
    assert judge(platform.sign(platform.claims(now=NOW, aud=audience)))


def test_of_several_audiences_the_authorized_party_must_be_this_tool(platform, judge):
    both = [CLIENT, "other"]
    assert judge(platform.sign(platform.claims(now=NOW, aud=both, azp=CLIENT)))
    assert refusal(judge, platform.sign(platform.claims(now=NOW, aud=both)))[0] == "token_party"
    assert refusal(judge, platform.sign(platform.claims(now=NOW, azp="other"))) == ("token_party", {"party": "other"})


@pytest.mark.parametrize("claim", ["exp", "iat", "nonce", "iss"])
@pytest.mark.parametrize("value", [None, True, {}, [], float("nan"), float("inf")])
def test_what_must_be_there_and_of_its_type(platform, judge, claim, value):
    claims = platform.claims(now=NOW, **{claim: value})
    assert refusal(judge, platform.sign(claims)) == ("token_claim", {"field": claim})


@pytest.mark.parametrize(("later", "seconds"), [(120.5, None), (120, None), (121, 61), (4000, 3940)])
def test_a_token_ends_a_minute_after_its_end(platform, judge, later, seconds):
    token = platform.sign(platform.claims(now=NOW))
    if seconds is None and later <= 120:
        assert judge(token, later=later)
    else:
        told = round(later - 60)
        assert refusal(judge, token, later=later) == ("token_late", {"seconds": seconds or told})


def test_a_clock_that_is_four_minutes_ahead_is_measured(platform, judge):
    token = platform.sign(platform.claims(now=NOW + 240))
    assert refusal(judge, token) == ("token_from_future", {"seconds": 240})


def test_a_clock_that_is_a_little_ahead_does_no_harm(platform, judge):
    assert judge(platform.sign(platform.claims(now=NOW + 60)))


def test_not_before_is_heeded(platform, judge):
    assert refusal(judge, platform.sign(platform.claims(now=NOW, nbf=NOW + 90)))[0] == "token_from_future"


def test_the_answer_to_another_login(platform, judge):
    assert refusal(judge, platform.sign(platform.claims(now=NOW)), nonce="n-2")[0] == "token_nonce"


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "a.b.c.d", "..", "é.b.c", "W10.W10.W10", "x" * 70_000])
def test_what_is_no_token(judge, token):
    assert refusal(judge, token)[0] in {"token_malformed", "token_algorithm"}


def test_a_header_that_demands_more_than_we_know_is_refused(platform, judge):
    token = platform.sign(platform.claims(now=NOW), crit=["b64"], b64=False)
    assert refusal(judge, token)[0] == "token_malformed"


def test_the_platform_can_be_found_before_anything_is_proven(platform):
    assert issuer_of(platform.sign(platform.claims(now=NOW))) == (ISSUER, (CLIENT,))


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: ".".join([b64(raw)] * 3)))
def test_no_text_does_more_than_be_refused(token):
    expected = Expected(ISSUER, CLIENT, "n-1")
    with pytest.raises(LtiError):
        verify(token, keys_of(Platform().keyset()), expected, now=NOW)
    with pytest.raises(LtiError):
        issuer_of(token)
