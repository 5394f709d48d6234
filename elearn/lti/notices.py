"""Notices that a platform sends without a browser: asking for them, and reading them (Platform Notification 1.0)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from elearn.lti.claims import LTI, MOST_ANCESTORS, NOTICES_SCOPE, VERSION, Named
from elearn.lti.errors import LtiError
from elearn.lti.values import identifier, record, text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

SCOPE: Final = NOTICES_SCOPE
TYPE: Final = "application/json"
MOST_OF_A_BATCH: Final = 50
LATEST: Final = 24 * 3600  # seconds after its making in which a notice counts; so long its id is remembered


class NoticeKind(StrEnum):
    """The notices that this tool asks for."""

    CONTEXT_COPY = "LtiContextCopyNotice"
    HELLO = "LtiHelloWorldNotice"


@dataclass(frozen=True, slots=True)
class Notice:
    """One verified notice. `kind` is as it was told; `origins` are the courses that `context` was copied from."""

    id: str
    kind: str
    deployment_id: str
    context: Named
    origins: tuple[str, ...] = ()


def subscription(kind: str, handler: str) -> dict[str, Any]:
    """What is PUT to the service so that notices of a kind come to an address; "" ends that."""
    told: dict[str, Any] = {"notice_type": kind, "handler": handler}
    return told | ({"max_batch_size": MOST_OF_A_BATCH} if handler else {})


def batch(body: object) -> list[str]:
    """The tokens of a message with notices.

    Raises:
        LtiError: it is none (`notices_malformed`), or has too many (`notices_too_many`: `most`).
    """
    listed = body.get("notices") if isinstance(body, dict) else None
    if not isinstance(listed, list):
        raise LtiError("notices_malformed")
    if len(listed) > MOST_OF_A_BATCH:
        raise LtiError("notices_too_many", most=MOST_OF_A_BATCH)
    tokens = [each.get("jwt") if isinstance(each, dict) else None for each in listed]
    if not all(isinstance(token, str) and token for token in tokens):
        raise LtiError("notices_malformed")
    return [token for token in tokens if isinstance(token, str)]


def notice_of(claims: Mapping[str, Any]) -> Notice:
    """The notice that verified claims tell.

    Raises:
        LtiError: it is none of LTI 1.3, or a claim is not of its form.
    """
    version = text(claims, f"{LTI}version")
    if version != VERSION:
        raise LtiError("version_unknown", version=version[:40])
    told = record(claims, f"{LTI}notice")
    context = record(claims, f"{LTI}context")
    kind = identifier(told, "type")
    if kind == NoticeKind.CONTEXT_COPY and not context.get("id"):
        raise LtiError("claim_malformed", field=f"{LTI}context")
    return Notice(
        id=identifier(told, "id"),
        kind=kind,
        deployment_id=identifier(claims, f"{LTI}deployment_id", code="deployment_absent"),
        context=Named(identifier(context, "id") if context else "", text(context, "title"), text(context, "label")),
        origins=_origins(claims),
    )


def _origins(claims: Mapping[str, Any]) -> tuple[str, ...]:
    name = f"{LTI}origin_contexts"
    told = texts(claims, name)
    return tuple(identifier({name: each}, name) for each in dict.fromkeys(told))[:MOST_ANCESTORS]
