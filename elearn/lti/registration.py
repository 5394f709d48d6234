"""Dynamic Registration 1.0: a platform and this tool get to know each other from one address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from elearn.lti.claims import GROUPS_SCOPE, NOTICES_SCOPE, MessageType
from elearn.lti.errors import LtiError
from elearn.lti.grades import LINE_ITEM_SCOPE, RESULT_SCOPE, SCORE_SCOPE
from elearn.lti.roster import SCOPE as ROSTER_SCOPE
from elearn.lti.values import identifier, is_web_address, record, text, texts, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

TOOL: Final = "https://purl.imsglobal.org/spec/lti-tool-configuration"
PLATFORM: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"
SCOPES: Final = (LINE_ITEM_SCOPE, SCORE_SCOPE, RESULT_SCOPE, ROSTER_SCOPE)
# Few platforms know these: asked for only where they are offered by name.
RARE_SCOPES: Final = (GROUPS_SCOPE, NOTICES_SCOPE)
# Moodle tells names and address only where they are asked for here.
CLAIMS: Final = ("iss", "sub", "name", "given_name", "family_name", "email", "locale")
# Canvas has its own names for the places where content is chosen, and tells nobody's name unless asked for it so.
CANVAS_PLACEMENTS: Final = ("assignment_selection", "link_selection")
CANVAS_PRIVACY: Final = "https://canvas.instructure.com/lti/privacy_level"
_MALFORMED = "configuration_malformed"


@dataclass(frozen=True, slots=True)
class PlatformConfiguration:
    """What a platform says of itself (LTI Security Framework 1.0, 6.1; Dynamic Registration 1.0, 2.1)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    keyset_url: str
    registration_endpoint: str
    authorization_server: str = ""  # the audience of assertions where it is an address other than the token endpoint
    product: str = ""
    version: str = ""
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """What we say of ourselves. `address` is our public address; everything else lies below it."""

    name: str
    address: str
    login_url: str
    launch_url: str
    keyset_url: str
    picker_url: str
    icon: str = ""
    contact: str = ""
    description: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Registered:
    """What came of a registration; the deployment is "" where the platform makes it later."""

    client_id: str
    deployment_id: str


def platform_configuration(document: object, *, fetched_from: str) -> PlatformConfiguration:
    """Read an `openid_configuration`.

    Raises:
        LtiError: it is none (`configuration_malformed`), or it was not fetched from below its issuer
            (`configuration_issuer`), so that nobody registers in somebody else's name, nor one Moodle of a host in
            that of another.
    """
    if not isinstance(document, dict):
        raise LtiError(_MALFORMED, field="")
    issuer = identifier(document, "issuer", code=_MALFORMED)
    if not _is_below(fetched_from, issuer):
        raise LtiError("configuration_issuer", issuer=issuer)
    addresses = {
        name: _needed(document, told)
        for name, told in (
            ("authorization_endpoint", "authorization_endpoint"),
            ("token_endpoint", "token_endpoint"),
            ("keyset_url", "jwks_uri"),
            ("registration_endpoint", "registration_endpoint"),
        )
    }
    said = record(document, PLATFORM, code=_MALFORMED)
    server = text(document, "authorization_server", code=_MALFORMED)
    return PlatformConfiguration(
        issuer=issuer,
        # Canvas names a bare host here, and yet takes assertions for its token endpoint only.
        authorization_server=server if is_web_address(server) else "",
        product=text(said, "product_family_code", code=_MALFORMED).lower(),
        version=text(said, "version", code=_MALFORMED),
        scopes=frozenset(texts(document, "scopes_supported", code=_MALFORMED)),
        **addresses,
    )


def registration_request(tool: ToolFacts, platform: PlatformConfiguration) -> dict[str, Any]:
    """What is sent to the registration endpoint. The domain has the port too: Moodle compares both."""
    is_canvas = platform.product == "canvas"
    scopes = [scope for scope in SCOPES if not platform.scopes or scope in platform.scopes]
    scopes += [scope for scope in RARE_SCOPES if scope in platform.scopes]
    told: dict[str, Any] = {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": tool.login_url,
        "redirect_uris": [tool.launch_url],
        "client_name": tool.name,
        "jwks_uri": tool.keyset_url,
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(scopes),
        TOOL: {
            "domain": urlsplit(tool.address).netloc,
            "target_link_uri": tool.launch_url,
            "custom_parameters": dict(tool.custom),
            "description": tool.description,
            "claims": list(CLAIMS),
            "messages": [
                {"type": MessageType.RESOURCE_LINK.value, "target_link_uri": tool.launch_url},
                {
                    "type": MessageType.DEEP_LINKING.value,
                    "target_link_uri": tool.picker_url,
                    "label": tool.name,
                    "placements": list(CANVAS_PLACEMENTS) if is_canvas else ["ContentArea"],
                },
            ],
        },
    }
    if is_canvas:
        told[TOOL][CANVAS_PRIVACY] = "public"
    told |= {"logo_uri": tool.icon} if tool.icon else {}
    return told | ({"contacts": [tool.contact]} if tool.contact else {})


def registered(answer: object) -> Registered:
    """What a platform answered to a registration.

    Raises:
        LtiError: it refused (`registration_refused`), or the answer cannot be read (`registration_malformed`).
    """
    if not isinstance(answer, dict):
        raise LtiError("registration_malformed", field="")
    if "client_id" not in answer and ("error" in answer or "error_description" in answer):
        reason = answer.get("error_description") or answer.get("error")
        raise LtiError("registration_refused", reason=str(reason)[:200])
    try:
        client_id = identifier(answer, "client_id")
        about = record(answer, TOOL)
        deployment = identifier(about, "deployment_id") if about.get("deployment_id") else ""
    except LtiError as error:
        raise LtiError("registration_malformed", field=str(error.params["field"])) from error
    return Registered(client_id, deployment)


def _is_below(address: str, issuer: str) -> bool:
    try:
        inner, outer = urlsplit(address), urlsplit(issuer)
    except ValueError:
        return False
    is_same_host = (inner.scheme, inner.netloc.lower()) == (outer.scheme, outer.netloc.lower())
    return is_same_host and inner.path.startswith(f"{outer.path.rstrip('/')}/")


def _needed(document: Mapping[str, Any], name: str) -> str:
    address = web_address(document, name, code=_MALFORMED)
    if not address:
        raise LtiError(_MALFORMED, field=name)
    return address
