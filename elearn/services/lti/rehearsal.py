"""A launch against ourselves: login, token, verification and our signed answer, without leaving the house.

The platform is played with a key that is thrown away, nothing is stored. It proves that keys, clock and protocol work
here; it does not prove that a platform reaches us or that a browser keeps what a launch needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from elearn.clock import now
from elearn.identifiers import new_token
from elearn.lti import keys
from elearn.lti.claims import DL, LTI, VERSION, MessageType, launch_of
from elearn.lti.deep_linking import Asked, Picked, response
from elearn.lti.errors import LtiError
from elearn.lti.id_token import Expected, verify
from elearn.lti.login import LoginRequest, authorization_address
from elearn.services.health import Finding, State
from elearn.services.lti.keys import ensure_key, keyset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from elearn.house import House
    from elearn.lti.claims import Launch
    from elearn.lti.registration import ToolFacts

ISSUER, CLIENT = "https://rehearsal.invalid", "rehearsal"


def rehearse(house: House, tool: ToolFacts) -> list[Finding]:
    """The steps that went well, and the first that did not; no transaction may be open."""
    found = []
    try:
        found += _steps(house, tool)
    except LtiError as error:
        found.append(Finding("rehearsal_failed", State.BAD, {"error": error}))
    return found


def _steps(house: House, tool: ToolFacts) -> Iterator[Finding]:
    stranger, other = keys.new_key(), keys.new_key()
    nonce = _login(tool)
    yield Finding("rehearsal_login", State.GOOD, {"url": tool.login_url})
    launch = _launched(tool, stranger, nonce)
    yield Finding("rehearsal_token", State.GOOD, {})
    if not _is_refused(tool, other, stranger, nonce):
        yield Finding("rehearsal_open", State.BAD, {})
        return
    yield Finding("rehearsal_forgery", State.GOOD, {})
    kid = _answered(house, tool, launch)
    yield Finding("rehearsal_answer", State.GOOD, {"kid": kid[:12]})


def _login(tool: ToolFacts) -> str:
    """The nonce with which we send a browser to the platform."""
    fields = {"iss": ISSUER, "login_hint": "1", "target_link_uri": tool.launch_url, "client_id": CLIENT}
    login = LoginRequest.from_fields(fields)
    address = authorization_address(
        f"{ISSUER}/auth",
        login,
        client_id=CLIENT,
        redirect_uri=tool.launch_url,
        state=new_token(),
        nonce=new_token(),
    )
    return parse_qs(urlsplit(address).query)["nonce"][0]


def _claims(tool: ToolFacts, nonce: str) -> dict[str, Any]:
    moment = int(now().timestamp())
    return {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "1",
        "iat": moment,
        "exp": moment + 60,
        "nonce": nonce,
        f"{LTI}version": VERSION,
        f"{LTI}message_type": MessageType.DEEP_LINKING.value,
        f"{LTI}deployment_id": "1",
        f"{LTI}target_link_uri": tool.launch_url,
        f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"],
        f"{DL}deep_linking_settings": {
            "accept_types": ["ltiResourceLink"],
            "accept_multiple": True,
            "deep_link_return_url": f"{ISSUER}/return",
        },
    }


def _launched(tool: ToolFacts, private: str, nonce: str, published: str = "") -> Launch:
    """The launch that a token of the platform tells; `published` is the key in its keyset when it is another one."""
    known = keys.keys_of(keys.keyset([published or private]))
    if published:  # a forger names the key that everybody knows
        known = [{**key, "kid": keys.key_id(private)} for key in known]
    token = keys.sign(private, _claims(tool, nonce))
    claims = verify(token, known, Expected(ISSUER, CLIENT, nonce), now=now().timestamp())
    return launch_of(claims, CLIENT)


def _is_refused(tool: ToolFacts, forger: str, published: str, nonce: str) -> bool:
    try:
        _launched(tool, forger, nonce, published)
    except LtiError as error:
        return error.code == "token_signature"
    return False


def _answered(house: House, tool: ToolFacts, launch: Launch) -> str:
    """The id of the key with which we answer, after the answer was proven by our keyset as a platform does it."""
    private, nonce, moment = ensure_key(house.database), new_token(), now().timestamp()
    item = Picked(url=tool.launch_url, title="rehearsal", maximum=10.0)
    assert launch.deep_linking is not None  # noqa: S101 - it is the launch of a picking
    asked = Asked(launch.issuer, launch.client_id, launch.deployment_id, launch.deep_linking)
    answer = response(private, asked, [item], nonce=nonce, now=moment)
    with house.database.read() as session:
        published = keys.keys_of(keyset(session))
    verify(answer, published, Expected(CLIENT, ISSUER, nonce), now=moment)
    return keys.key_id(private)
