"""The JSON interface of inventory agents: what a unit has installed, told with a token of the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Boolean, Integer, List, Nested, String
from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, Unauthorized, UnsupportedMediaType

from elearn.services.errors import ServiceError
from elearn.services.software.installed.inventory import take_inventory
from elearn.services.software.installed.tokens import token_of
from elearn.web.security import takes_messages
from elearn.web.transactions import short_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.blueprints import BlueprintSetupState

blueprint = APIBlueprint("inventory", __name__, url_prefix="/api/v1", tag="software")

SCHEME = "SchoolToken"


class Program(Schema):
    """A program of an inventory, in a room."""

    name = String(required=True, metadata={"description": "As the program calls itself; at most 300 characters."})
    version = String(metadata={"description": "As the program shows it."})
    room = String(metadata={"description": "Where the machines stand; empty when that is not known."})
    machines = Integer(load_default=1, metadata={"description": "On how many machines; 0 when it is gone."})
    sha256 = String(metadata={"description": "Of the installer, which proves the release."})


class Inventory(Schema):
    """What a unit has installed."""

    day = String(metadata={"description": "When the machines were counted, as 2026-09-05; today when left out."})
    unit = String(metadata={"description": "Code of the unit; it must be that of the token."})
    whole = Boolean(load_default=False, metadata={"description": "What is not named is not installed any more."})
    programs = List(Nested(Program), required=True, metadata={"description": "At most 2000."})


class Answer(Schema):
    """What became of an inventory; the same sent again is `unchanged`."""

    unit = String()
    day = String()
    written = Integer()
    unchanged = Integer()
    unknown = List(String(), metadata={"description": "Names that no title of the catalogue has; they are kept."})


@blueprint.record_once
def name_scheme(state: BlueprintSetupState) -> None:
    """Let the description of the interface say how agents show their token."""
    state.app.security_schemes = {  # type: ignore[attr-defined]
        **(getattr(state.app, "security_schemes", None) or {}),
        SCHEME: {"type": "http", "scheme": "bearer", "description": "A token of the school's page of agents."},
    }


def takes(schema: Schema) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Describe the body of a view that reads it itself: its refusals name the line, and it bears nested brackets."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        body = {"body": schema, "body_example": None, "body_examples": None, "content_type": "application/json"}
        view._spec = {**getattr(view, "_spec", {}), **body}  # type: ignore[attr-defined]  # noqa: SLF001 - APIFlask's
        return view

    return mark


@blueprint.post("/inventory")
@takes_messages  # no cookie opens it, so that no page of another site can use one
@blueprint.output(Answer)
@blueprint.doc(summary="Report what is installed", security=SCHEME, responses=[400, 401, 403, 409, 413])
@takes(Inventory())
def report() -> dict[str, Any]:
    """Report a unit's programs: what is new stands from then on, what is known is confirmed."""
    secret = _bearer()
    with short_read() as session:  # nobody without a token lets others wait for the writer
        token_of(session, secret)
    told = _body()
    token = token_of(g.db, secret)
    taken, day = take_inventory(g.db, token, told)
    return {
        "unit": token.unit.code,
        "day": day.isoformat(),
        "written": taken.written,
        "unchanged": taken.unchanged,
        "unknown": taken.unknown,
    }


def _bearer() -> str:
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    return authorization.token


def _body() -> Any:
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        return request.get_json()
    except (BadRequest, RecursionError, ValueError) as error:
        if isinstance(error, BadRequest) and error.code != BadRequest.code:
            raise
        raise ServiceError("inventory_form") from None
