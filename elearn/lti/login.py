"""The first step of a launch: the platform asks for a login, and we answer (LTI Security Framework 1.0, 5.1.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from elearn.lti.errors import LtiError
from elearn.lti.values import LONGEST_ID, LONGEST_URL, is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_HINT = 8192  # characters: Moodle's message hint is a JSON string


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """What a platform sends to begin a launch.

    The hints go back to the letter; `client_id` and `deployment_id` are "" where it does not name them.
    """

    issuer: str
    login_hint: str
    target_link_uri: str
    message_hint: str | None = None
    client_id: str = ""
    deployment_id: str = ""
    storage_target: str = ""  # the frame of the platform that keeps our state (LTI Client Side postMessages)

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> LoginRequest:
        """Read the fields of a GET or POST.

        Raises:
            LtiError: one that is needed is absent or not of its form (`login_incomplete`).
        """
        issuer, hint, target = (_field(fields, name) for name in ("iss", "login_hint", "target_link_uri"))
        if not is_web_address(target):
            raise LtiError("login_incomplete", field="target_link_uri")
        return cls(
            issuer=issuer,
            login_hint=hint,
            target_link_uri=target,
            message_hint=_optional(fields, "lti_message_hint", LONGEST_HINT),
            client_id=_optional(fields, "client_id", LONGEST_ID) or "",
            deployment_id=_optional(fields, "lti_deployment_id", LONGEST_ID) or "",
            storage_target=_optional(fields, "lti_storage_target", LONGEST_ID) or "",
        )


def authorization_address(
    endpoint: str, login: LoginRequest, *, client_id: str, redirect_uri: str, state: str, nonce: str
) -> str:
    """Where the browser is sent: the platform's authorization endpoint with everything it asks for."""
    asked = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "login_hint": login.login_hint,
        "state": state,
        "nonce": nonce,
    }
    if login.message_hint is not None:
        asked["lti_message_hint"] = login.message_hint
    parts = urlsplit(endpoint)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in asked]
    return urlunsplit(parts._replace(query=urlencode([*kept, *asked.items()]), fragment=""))


def _field(fields: Mapping[str, str], name: str) -> str:
    value = _optional(fields, name, LONGEST_URL)
    if not value:
        raise LtiError("login_incomplete", field=name)
    return value


def _optional(fields: Mapping[str, str], name: str, longest: int) -> str | None:
    value = fields.get(name)
    if value is not None and (len(value) > longest or "\0" in value):
        raise LtiError("login_incomplete", field=name)
    return value
