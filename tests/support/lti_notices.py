"""The notices of the test platform (Platform Notification Service 1.0): who wants them, and the sending of them."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from tests.support.lti_platform import LTI

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

PNS = f"{LTI}platformnotificationservice"
PNS_SCOPE = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"
COPY, HELLO = "LtiContextCopyNotice", "LtiHelloWorldNotice"


@dataclass
class Handlers:
    """Where each kind of notice goes, as the tool has said."""

    address: str
    kinds: tuple[str, ...] = (HELLO, COPY, "LtiAssetProcessorSubmissionNotice")
    wanted: dict[str, str] = field(default_factory=dict)

    def claim(self) -> dict[str, Any]:
        """What a launch says."""
        told: dict[str, Any] = {"service_versions": ["1.0"], "scope": [PNS_SCOPE]}
        return told | {"platform_notification_service_url": self.address, "notice_types_supported": list(self.kinds)}

    def serve(self, request: Request) -> Response:
        """Tell the handlers, or take one."""
        if request.method == "PUT":
            told = request.get_json(force=True)
            if told.get("notice_type") not in self.kinds or not isinstance(told.get("handler"), str):
                return Response('{"errors": "unknown"}', 400, content_type="application/json")
            self.wanted[told["notice_type"]] = told["handler"]
            return Response(json.dumps(told), content_type="application/json")
        rows = [{"notice_type": kind, "handler": self.wanted.get(kind, "")} for kind in self.kinds]
        return Response(json.dumps({"notice_handlers": rows}), content_type="application/json")


def notice(issuer: str, client: str, kind: str = COPY, **changes: Any) -> dict[str, Any]:
    """The claims of a notice, by default that course 9 is a copy of course 3; None takes a claim away."""
    now = int(time.time())
    told: dict[str, Any] = {
        "iss": issuer,
        "aud": client,
        "azp": client,
        "iat": now,
        "exp": now + 3600,
        "nonce": secrets.token_hex(8),
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": "1",
        f"{LTI}notice": {"id": secrets.token_hex(8), "timestamp": "2026-09-07T01:00:00Z", "type": kind},
        f"{LTI}context": {"id": "9", "label": "TOAN4-27", "title": "Toán 4 năm sau", "type": ["CourseSection"]},
        **({f"{LTI}origin_contexts": ["3"]} if kind == COPY else {}),
        **changes,
    }
    return {name: value for name, value in told.items() if value is not None}


def body(*tokens: str) -> bytes:
    """The message with some notices."""
    return json.dumps({"notices": [{"jwt": token} for token in tokens]}).encode()
