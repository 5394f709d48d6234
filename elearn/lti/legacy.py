"""What is left of LTI 1.1: the sign by which a platform proves a former user, and the fields of a launch."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Final

from elearn.lti.claims import FormerUser, Launch, MessageType, Named, Person
from elearn.lti.errors import LtiError
from elearn.lti.roles import ContextRole, context_roles
from elearn.lti.values import LONGEST_ID, LONGEST_TEXT, LONGEST_URL, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_URN: Final = "urn:lti:role:ims/lis/"
_SYSTEM: Final = ("urn:lti:sysrole:ims/lis/", "urn:lti:instrole:ims/lis/")


def is_proven(former: FormerUser, secret: str, claims: Mapping[str, Any], client_id: str) -> bool:
    """Whether the platform that signed some claims knows the secret of the former key.

    The sign is made over key, deployment, issuer, client, end and nonce (LTI Core 1.3 migration guide, 5.4.6.1.1), so
    that it cannot be taken from one message into another.
    """
    told = [former.key, claims.get("https://purl.imsglobal.org/spec/lti/claim/deployment_id"), claims.get("iss")]
    told += [client_id, claims.get("exp"), claims.get("nonce")]
    digest = hmac.digest(secret.encode(), "&".join(map(str, told)).encode(), hashlib.sha256)
    return hmac.compare_digest(base64.b64encode(digest), former.sign.encode())


def former_launch(fields: Mapping[str, str], *, issuer: str, address: str) -> Launch:
    """The launch that the proven fields of a message of LTI 1.1 tell; `address` is where it was sent.

    Raises:
        LtiError: it is another message or version, or a field is absent or too long.
    """
    message, version = fields.get("lti_message_type", ""), fields.get("lti_version", "")
    if message != "basic-lti-launch-request":
        raise LtiError("message_unknown", message=message[:80])
    if version != "LTI-1p0":
        raise LtiError("version_unknown", version=version[:40])
    way_back = fields.get("launch_presentation_return_url", "")
    return Launch(
        issuer=issuer,
        client_id=_field(fields, "oauth_consumer_key"),
        deployment_id="",
        message=MessageType.RESOURCE_LINK,
        person=Person(
            subject=_field(fields, "user_id", optional=True),
            name=_words(fields, "lis_person_name_full"),
            given_name=_words(fields, "lis_person_name_given"),
            family_name=_words(fields, "lis_person_name_family"),
            locale=_words(fields, "launch_presentation_locale"),
        ),
        roles=former_roles(fields.get("roles", "").split(",")),
        target_link_uri=address,
        context=Named(
            _field(fields, "context_id", optional=True),
            _words(fields, "context_title"),
            _words(fields, "context_label"),
        ),
        link=Named(_field(fields, "resource_link_id"), _words(fields, "resource_link_title")),
        platform=Named(_words(fields, "tool_consumer_instance_guid"), _words(fields, "tool_consumer_instance_name")),
        product=_words(fields, "tool_consumer_info_product_family_code").lower(),
        return_url=way_back if len(way_back) <= LONGEST_URL and is_web_address(way_back) else "",
    )


def former_roles(told: Iterable[str]) -> frozenset[ContextRole]:
    """The roles in the course, as short words or URNs; `Instructor/TeachingAssistant` is an assistant."""
    words, found = [], set[ContextRole]()
    for each in (role.strip() for role in told):
        if each.startswith(_SYSTEM):
            if each.endswith(("/Administrator", "/SysAdmin")):
                found.add(ContextRole.ADMINISTRATOR)
            continue
        whole, _, part = each.removeprefix(_URN).partition("/")
        words.append(part if part == ContextRole.ASSISTANT else whole)
    return frozenset(found) | context_roles(words)


def _words(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name, "").replace("\0", "")[:LONGEST_TEXT]


def _field(fields: Mapping[str, str], name: str, *, optional: bool = False) -> str:
    value = fields.get(name, "")
    if len(value) > LONGEST_ID or "\0" in value or not (value or optional):
        raise LtiError("claim_malformed", field=name)
    return value
