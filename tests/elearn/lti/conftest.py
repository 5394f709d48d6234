"""A platform, the moment at which everything happens, and what the tool expects."""

import pytest

from elearn.lti.id_token import Expected, verify
from elearn.lti.keys import keys_of, new_key
from tests.support.lti_platform import CLIENT, ISSUER, Platform

NOW = 1_790_000_000.0


@pytest.fixture(scope="session")
def platform():
    return Platform()


@pytest.fixture(scope="session")
def own_key():
    return new_key()


@pytest.fixture
def judge(platform):
    """The claims of a token after everything was checked, some time after NOW."""

    def check(token, *, later=0.0, client=CLIENT, issuer=ISSUER, nonce="n-1", keyset=None):
        keys = keys_of(keyset or platform.keyset())
        return verify(token, keys, Expected(issuer, client, nonce), now=NOW + later)

    return check
