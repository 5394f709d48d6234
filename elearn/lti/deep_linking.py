"""The answer of a picker: what a teacher chose, as a signed message back to the platform (Deep Linking 2.0, 4.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from elearn.lti.claims import DL, LTI, VERSION
from elearn.lti.keys import sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from elearn.lti.claims import DeepLinkingSettings

LIFETIME = 300  # seconds: the browser takes the message to the platform at once
RESOURCE_LINK = "ltiResourceLink"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for the answer, and what it may hold."""

    issuer: str
    client_id: str
    deployment_id: str
    settings: DeepLinkingSettings

    @property
    def takes_links(self) -> bool:
        """Whether the platform takes what this tool has to give."""
        return RESOURCE_LINK in self.settings.accept_types


@dataclass(frozen=True, slots=True)
class Picked:
    """One item; `maximum` is the score of its grade column, None for an item that gives no grade."""

    url: str
    title: str
    text: str = ""
    icon: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    maximum: float | None = None
    tag: str = ""
    resource_id: str = ""

    def as_json(self, *, line_item: bool = True) -> dict[str, Any]:
        """The content item. Without a line item Moodle makes no grade column, so it is left out only when refused."""
        told: dict[str, Any] = {"type": RESOURCE_LINK, "title": self.title, "url": self.url}
        told |= {"text": self.text} if self.text else {}
        told |= {"icon": {"url": self.icon}} if self.icon else {}
        told |= {"custom": dict(self.custom)} if self.custom else {}
        if line_item and self.maximum is not None:
            column: dict[str, Any] = {"scoreMaximum": self.maximum, "label": self.title}
            column |= {"tag": self.tag} if self.tag else {}
            told["lineItem"] = column | ({"resourceId": self.resource_id} if self.resource_id else {})
        return told


def response(private: str, asked: Asked, picked: Sequence[Picked], *, nonce: str, now: float, message: str = "") -> str:
    """The signed answer for the form field `JWT`; nothing picked is a cancel, which leaves the course as it was.

    Of several items only the first goes back where the platform takes one, and none where it takes no links.
    """
    settings = asked.settings
    most = (len(picked) if settings.accept_multiple else 1) if asked.takes_links else 0
    items = [each.as_json(line_item=settings.accept_line_item) for each in picked[:most]]
    claims: dict[str, Any] = {
        "iss": asked.client_id,
        "aud": [asked.issuer],
        "iat": int(now),
        "exp": int(now) + LIFETIME,
        "nonce": nonce,
        f"{LTI}message_type": "LtiDeepLinkingResponse",
        f"{LTI}version": VERSION,
        f"{LTI}deployment_id": asked.deployment_id,
        f"{DL}content_items": items,
    }
    if settings.data is not None:
        claims[f"{DL}data"] = settings.data
    if message:
        claims[f"{DL}msg"] = message
    return sign(private, claims)
