"""Countersigning lessons: what waits for a leader or head, several at once; what was answered lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from elearn.database import day_of
from elearn.models.usage import SignStep
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.software.teaching import signer_names
from elearn.services.usage.signing import answered, declared_by_uid, refuse, sign, signs_somewhere, waiting
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sentences import refusal as sentence_for
from elearn.web.taught_words import SIGN_STEPS, SIGN_TAGS

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("signing", __name__)

MOST_AT_ONCE, MOST_ANSWERED = 100, 50


@blueprint.get("/countersign")
@sign_in_required
def index() -> ResponseReturnValue:
    """What waits, the oldest first, and what was answered."""
    _require()
    return _page()


def _require() -> None:
    if not signs_somewhere(g.db, current_identity()):
        raise ForbiddenError("may_not_sign")


def _page(refused: str = "") -> str:
    rows = waiting(g.db, current_identity(), most=MOST_AT_ONCE + 1)
    done = answered(g.db, current_identity(), most=MOST_ANSWERED)
    return render_template(
        "taught/sign.html",
        rows=rows[:MOST_AT_ONCE],
        has_more=len(rows) > MOST_AT_ONCE,
        answered=done,
        names=signer_names(g.db, (row.sign for row in done)),
        today=day_of(g.db),
        steps=SIGN_STEPS,
        tags=SIGN_TAGS,
        signed=SignStep.SIGNED,
        refused=refused,
        reason=request.form.get("reason", ""),
        chosen=set(request.form.getlist("act")),
    )


@blueprint.post("/countersign")
@sign_in_required
def decide() -> ResponseReturnValue:
    """Countersign what was chosen, or refuse it with a reason; all of it or nothing."""
    _require()
    try:
        told = _decide(request.form.getlist("act")[:MOST_AT_ONCE])
    except ServiceError as wrong:
        g.db.rollback()
        return _page(sentence_for(wrong)), wrong.status
    flash(told, "success")
    return redirect(url_for("signing.index"), 303)


def _decide(uids: list[str]) -> str:
    if not uids:
        raise ServiceError("sign_none")
    acts = declared_by_uid(g.db, uids)
    if request.form.get("as") == "refuse":
        refuse(g.db, current_identity(), acts, request.form.get("reason", ""))
        return gettext("Refused. The teacher reads your reason.")
    count = sign(g.db, current_identity(), acts)
    return str(ngettext("%(num)s lesson countersigned.", "%(num)s lessons countersigned.", count))
