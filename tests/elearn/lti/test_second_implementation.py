"""Proper messages, judged by us and by another library: what it lets in, we let in, with the same claims."""

import pytest
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.tool_config import ToolConfDict

from tests.elearn.lti.conftest import NOW
from tests.support.lti_platform import CLIENT, DEPLOYMENT, LTI, Platform, SigningKey

CHANGES = {
    "as Moodle": {},
    "several audiences": {"aud": [CLIENT, "other"], "azp": CLIENT},
    "an audience in a list": {"aud": [CLIENT]},
    "no names": {"name": None, "given_name": None, "family_name": None, "email": None},
    "no course": {f"{LTI}context": None},
    "no services": {f"{LTI}custom": None, f"{LTI}launch_presentation": None},
    "a teacher": {f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]},
    "no role": {f"{LTI}roles": []},
}


class Other(MessageLaunch):
    """The other library, without its sessions and cookies."""

    def __init__(self, platform: Platform, token: str) -> None:
        told = {"client_id": CLIENT, "auth_login_url": "https://x", "auth_token_url": "https://x", "key_set_url": ""}
        told |= {"deployment_ids": [DEPLOYMENT], "key_set": platform.keyset(), "default": True}
        config = ToolConfDict({platform.issuer: [told]})
        super().__init__(None, config, session_service=object(), cookie_service=object())
        self.set_auto_validation(enable=False)
        self.set_jwt_verify_options({"verify_aud": False, "verify_exp": False, "verify_iat": False})
        self.token = token

    def _get_id_token(self) -> str:
        return self.token

    def _get_request_param(self, key: str) -> str:
        raise AssertionError(key)

    def claims(self):
        """What it takes from the token after all of its checks but those of session and nonce."""
        self.validate_jwt_format().validate_registration().validate_jwt_signature()
        self.validate_deployment().validate_message()
        return self._jwt["body"]


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("kind", ["claims", "picking"])
def test_a_proper_message_means_the_same_to_both(platform, judge, kind, changes):
    token = platform.sign(getattr(platform, kind)(now=NOW, **changes))
    assert judge(token) == Other(platform, token).claims()


def test_the_right_key_of_several_is_found_by_both(judge):
    platform = Platform()
    keyset = {"keys": [SigningKey("k0", 1).jwk(), *platform.keyset()["keys"]]}
    platform.keyset = lambda: keyset
    token = platform.sign(platform.claims(now=NOW))
    assert judge(token, keyset=keyset) == Other(platform, token).claims()
