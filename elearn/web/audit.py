"""The audit log, for whoever watches over units: who did what, when, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, render_template, request, url_for

from elearn.services.access.permissions import WATCHERS
from elearn.services.audit_trail import PER_PAGE, AuditFilter, trail
from elearn.services.people.pasting import CellError, read_day
from elearn.web.audit_words import ACTIONS
from elearn.web.people import current_identity, needs_role
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("audit", __name__)

LONGEST_NUMBER = 15  # digits of a row's number


@blueprint.get("/administration/audit")
@needs_role(WATCHERS)
def index() -> ResponseReturnValue:
    """Events, newest first, a page at a time."""
    wanted = _filter(request.args)
    before = request.args.get("before", "")
    start = int(before) if before.isdecimal() and before.isascii() and len(before) <= LONGEST_NUMBER else None
    lines = trail(g.db, current_identity(), wanted, house().settings.timezone, before=start)
    shown = lines[:PER_PAGE]
    older = None
    if len(lines) > PER_PAGE:
        asked = {key: value for key, value in request.args.items() if key != "before" and value}
        older = url_for("audit.index", **asked, before=shown[-1].event.id)
    return render_template("audit/index.html", lines=shown, wanted=wanted, older=older, told=_told, actions=ACTIONS)


def _filter(asked: Mapping[str, str]) -> AuditFilter:
    return AuditFilter(
        action=asked.get("action", "").strip()[:64],
        login=asked.get("login", "").strip()[:64],
        first=_day(asked.get("first", "")),
        last=_day(asked.get("last", "")),
        subject=asked.get("subject", "").strip()[:64],
    )


def _day(text: str) -> date | None:
    try:
        return read_day(text.strip()) if text.strip() else None
    except CellError:
        return None


def _told(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details of an event as pairs to read; what was before and after is told field by field."""
    before, after = details.get("before"), details.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        pairs = [(key, f"{_text(before.get(key))} → {_text(after.get(key))}") for key in changed]
        return pairs + [(key, _text(value)) for key, value in details.items() if key not in {"before", "after"}]
    return [(key, _text(value)) for key, value in details.items() if value not in (None, "", [], {})]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value[:20])) + (" …" if len(value) > 20 else "")  # noqa: PLR2004 - enough to see
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(held)}" for key, held in value.items() if held not in (None, ""))
    return "–" if value is None else str(value)
