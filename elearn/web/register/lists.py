"""A staff list pasted from a spreadsheet: paste, see what it would do, confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlalchemy.exc import IntegrityError

from elearn.services.access import Action
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.organisation import get_unit
from elearn.services.people.staff_list import Plan, plan_staff, write_staff
from elearn.web.administration.pasted import COLUMN_WORDS, problem_sentence
from elearn.web.administration.steps import CONFIRMED
from elearn.web.organisation.words import trail_to
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.register import blueprint
from elearn.web.register.words import work_of
from elearn.web.sentences import refusal

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit

SHOWN = 200  # lines of each kind on the preview; the counts tell of all


@blueprint.route("/administration/units/<uid>/staff/paste", methods=["GET", "POST"])
@sign_in_required
def paste(uid: str) -> ResponseReturnValue:
    """The form, the preview, and the writing of all lines or none."""
    unit = get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)
    text = request.form.get("text", "")
    if request.method == "GET" or "again" in request.form:
        return _page(unit, text)
    try:
        plan = plan_staff(g.db, current_identity(), unit, text)
        if CONFIRMED not in request.form or plan.faulty:
            return _page(unit, text, plan, status=422 if plan.faulty else 200)
        write_staff(g.db, current_identity(), unit, plan)
    except IntegrityError:  # somebody entered one of these people in the same moment
        g.db.rollback()
        refused: ServiceError = ConflictError("overtaken")
        return _page(unit, text, refused=refused, status=refused.status)
    except ServiceError as error:
        return _page(unit, text, refused=error, status=error.status)
    flash(_done(plan), "success")
    return redirect(url_for("register.staff", uid=uid), 303)


def _done(plan: Plan) -> str:
    count = len(plan.new) + len(plan.added)
    if not count:
        return gettext("Everything was there already; nothing was changed.")
    done: str = ngettext("%(num)s post was entered.", "%(num)s posts were entered.", count)
    return done


def _page(
    unit: Unit, text: str, plan: Plan | None = None, refused: ServiceError | None = None, status: int = 200
) -> ResponseReturnValue:
    programme = load_programme(g.db)
    title = gettext("Paste a staff list")
    page = render_template(
        "register/paste.html",
        unit=unit,
        text=text,
        plan=plan,
        refused=refusal(refused) if refused else "",
        columns=[str(word) for word in COLUMN_WORDS.values()],
        problem_sentence=problem_sentence,
        work_of=lambda facts: work_of(facts, programme),
        most=SHOWN,
        title=title,
        trail=trail_to(unit, (gettext("Staff"), url_for("register.staff", uid=unit.uid)), (title, "")),
    )
    return page, status
