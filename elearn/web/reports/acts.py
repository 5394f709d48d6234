"""One act: its evidence, and the decision of a person to void or restore it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.services import usage
from elearn.services.access import Action, may
from elearn.services.access.reach import owns
from elearn.services.errors import ServiceError
from elearn.web.people import current_identity, sign_in_required
from elearn.web.reports.words import WORDS
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.usage import UsageAct


def register(blueprint: Blueprint) -> None:
    """Add the routes of an act."""
    blueprint.add_url_rule("/reports/acts/<uid>", endpoint="act", view_func=act)
    blueprint.add_url_rule("/reports/acts/<uid>/void", endpoint="void", view_func=void, methods=["POST"])
    blueprint.add_url_rule("/reports/acts/<uid>/restore", endpoint="restore", view_func=restore, methods=["POST"])


@sign_in_required
def act(uid: str) -> ResponseReturnValue:
    """What stands behind an act."""
    return _page(usage.act_by_uid(g.db, current_identity(), uid))


def _page(row: UsageAct, refused: ServiceError | None = None) -> ResponseReturnValue:
    identity = current_identity()
    page = render_template(
        "reports/act.html",
        told=usage.evidence_of(g.db, identity, row),
        decides=may(identity, Action.JUDGE_ACT, row) and not owns(identity, row),
        refusal=sentence_for(refused) if refused else None,
        **WORDS,
    )
    return page, refused.status if refused else 200


@sign_in_required
def void(uid: str) -> ResponseReturnValue:
    """Let an act count no more, for a reason."""
    return _decided(uid, restores=False)


@sign_in_required
def restore(uid: str) -> ResponseReturnValue:
    """Let a voided act count again, for a reason."""
    return _decided(uid, restores=True)


def _decided(uid: str, *, restores: bool) -> ResponseReturnValue:
    row = usage.act_by_uid(g.db, current_identity(), uid)
    decide = usage.restore if restores else usage.void
    try:
        decide(g.db, current_identity(), row, request.form.get("reason", ""))
    except ServiceError as refused:
        return _page(row, refused)
    flash(gettext("The act counts again.") if restores else gettext("The act counts no more."), "success")
    return redirect(url_for("reports.act", uid=uid), 303)
