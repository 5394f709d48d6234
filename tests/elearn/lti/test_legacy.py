"""What is left of LTI 1.1: the sign that proves a former user, and the fields of a launch."""

import base64
import hashlib
import hmac

import pytest

from elearn.lti.claims import FormerUser, launch_of
from elearn.lti.errors import LtiError
from elearn.lti.legacy import former_launch, former_roles, is_proven
from elearn.lti.roles import ContextRole
from tests.elearn.lti.conftest import NOW
from tests.support.lti_platform import CLIENT, DEPLOYMENT, ISSUER, LTI

SECRET = "bi-mat"
FIELDS = {
    "lti_message_type": "basic-lti-launch-request",
    "lti_version": "LTI-1p0",
    "oauth_consumer_key": "khoa",
    "resource_link_id": "7",
    "resource_link_title": "Phân số",
    "context_id": "3",
    "user_id": "42",
    "lis_person_name_full": "Trần Thị Bích",
    "roles": "Learner",
    "launch_presentation_locale": "vi",
    "launch_presentation_return_url": "javascript:alert(1)",
}


def signed(claims, key="khoa"):
    """The sign as the migration guide says: base64 of HMAC-SHA256 over six words joined by &."""
    words = [key, DEPLOYMENT, ISSUER, CLIENT, str(claims["exp"]), claims["nonce"]]
    return base64.b64encode(hmac.digest(SECRET.encode(), "&".join(words).encode(), hashlib.sha256)).decode()


def test_whoever_knows_the_secret_proves_the_former_user(platform):
    claims = platform.claims(now=NOW)
    assert is_proven(FormerUser("khoa", signed(claims)), SECRET, claims, CLIENT)


@pytest.mark.parametrize("changes", [{"nonce": "n-2"}, {"exp": 1}, {"iss": "https://x.example"}])
def test_a_sign_is_worth_nothing_in_another_message(platform, changes):
    sign = signed(platform.claims(now=NOW))
    assert not is_proven(FormerUser("khoa", sign), SECRET, platform.claims(now=NOW, **changes), CLIENT)


def test_another_secret_or_key_proves_nothing(platform):
    claims = platform.claims(now=NOW)
    assert not is_proven(FormerUser("khoa", signed(claims)), "khac", claims, CLIENT)
    assert not is_proven(FormerUser("khac", signed(claims)), SECRET, claims, CLIENT)
    assert not is_proven(FormerUser("khoa", "ơ"), SECRET, claims, CLIENT)


def test_the_claim_counts_only_with_its_sign(platform):
    whole = {"oauth_consumer_key": "khoa", "oauth_consumer_key_sign": "x", "user_id": "9"}
    assert launch_of(platform.claims(now=NOW, **{f"{LTI}lti1p1": whole}), CLIENT).former == FormerUser("khoa", "x", "9")
    for missing in ("oauth_consumer_key", "oauth_consumer_key_sign"):
        part = {name: value for name, value in whole.items() if name != missing}
        assert launch_of(platform.claims(now=NOW, **{f"{LTI}lti1p1": part}), CLIENT).former is None


def test_a_form_is_read_as_a_launch():
    launch = former_launch(FIELDS, issuer="khoa", address="https://elearn.example/lti/open/m/1")
    assert (launch.person.subject, launch.person.name, launch.context.id, launch.link.id) == (
        "42",
        "Trần Thị Bích",
        "3",
        "7",
    )
    assert not launch.is_teaching
    assert launch.return_url == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lti_message_type": "ContentItemSelectionRequest"}, "message_unknown"),
        ({"lti_version": "LTI-2p0"}, "version_unknown"),
        ({"resource_link_id": ""}, "claim_malformed"),
        ({"resource_link_id": "x" * 256}, "claim_malformed"),
        ({"user_id": "\0"}, "claim_malformed"),
    ],
)
def test_a_form_that_is_none(changes, code):
    with pytest.raises(LtiError) as refused:
        former_launch(FIELDS | changes, issuer="khoa", address="https://elearn.example/")
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("told", "roles"),
    [
        ("Learner", {ContextRole.LEARNER}),
        ("urn:lti:role:ims/lis/Instructor, Learner", {ContextRole.INSTRUCTOR, ContextRole.LEARNER}),
        ("urn:lti:role:ims/lis/Instructor/TeachingAssistant", {ContextRole.ASSISTANT}),
        ("Instructor/Lecturer", {ContextRole.INSTRUCTOR}),
        ("urn:lti:sysrole:ims/lis/Administrator", {ContextRole.ADMINISTRATOR}),
        ("urn:lti:instrole:ims/lis/Student", set()),
        ("", set()),
    ],
)
def test_the_roles_of_a_form(told, roles):
    assert former_roles(told.split(",")) == roles
