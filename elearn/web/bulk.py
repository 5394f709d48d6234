"""Changing several materials at once: choose them, say what changes, see what would happen, do it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from elearn.models.material import Status
from elearn.services import bulk
from elearn.services.access import MANAGERS, Action
from elearn.services.errors import ServiceError
from elearn.web.changes import FIELDS, shown_changes
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs
from elearn.web.programme import load_programme
from elearn.web.sentences import refusal as sentence_for
from elearn.web.shared_fields import SharedFields

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.services.bulk import Planned

blueprint = Blueprint("bulk", __name__)

PER_PAGE = 50
# In the order of the form; the parts of the terms of use change together.
CHANGEABLE = (
    "levels", "grades", "subjects", "topic", "resource_type", "duration_minutes", "keywords", "licence", "author_name",
    "language", "edition_name", "requirements", "is_public",
)  # fmt: skip
_TERMS = ("licence", "licence_source", "licence_expires_on")


class BulkForm(SharedFields):
    """The fields that change are those whose box `change` is ticked; errors of others do not matter."""

    @property
    def ticked(self) -> list[str]:
        """The names of the fields to be changed, in the order of the form."""
        return [name for name in CHANGEABLE if name in request.form.getlist("change")]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what is to be changed can be."""
        super().validate(extra_validators)
        wanted = {*self.ticked, *(_TERMS if "licence" in self.ticked else ())}
        for name in set(self._fields) - wanted:
            self[name].errors = []
        return not any(self[name].errors for name in wanted)

    def changes(self) -> dict[str, Any]:
        """The new values under the names of `Metadata`."""
        wanted = {*self.ticked, *(_TERMS if "licence" in self.ticked else ())}
        return self.said(wanted)


@blueprint.get("/contribute/several")
@needs(Action.CONTRIBUTE)
def choose() -> ResponseReturnValue:
    """The materials one may edit, as owner or as manager, with a box before each."""
    return _choose_page()


def _choose_page(error: str = "", status: int = 200) -> ResponseReturnValue:
    identity, page = current_identity(), read_page(request.args)
    manages = bool(identity.units_of(MANAGERS))
    own = not (manages and request.args.get("of") == "scope")
    wanted = request.args.get("status", "")
    state = Status(wanted) if wanted in set(Status) else None
    total, materials = bulk.in_scope(
        g.db, identity, own=own, status=state, limit=PER_PAGE, offset=(page - 1) * PER_PAGE
    )
    kept = {"of": None if own else "scope", "status": state.value if state else None}
    return render_template(
        "contribute/several.html",
        materials=materials,
        total=total,
        own=own,
        manages=manages,
        state=kept["status"] or "",
        states=(Status.DRAFT, Status.PUBLISHED) if own else (Status.DRAFT, Status.SUBMITTED, Status.PUBLISHED),
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("bulk.choose", page=number, **kept),
        programme=load_programme(g.db),
        error=error,
        most=bulk.MOST,
    ), status


@blueprint.post("/contribute/several")
@needs(Action.CONTRIBUTE)
def change() -> ResponseReturnValue:
    """What changes; then what would happen; then it does."""
    identity = current_identity()
    try:
        materials = bulk.chosen(g.db, identity, request.form.getlist("uid"))
    except ServiceError as refused:
        return _choose_page(sentence_for(refused), 422)
    form = BulkForm(load_programme(g.db, with_levels=True), **({} if "step" in request.form else {"formdata": None}))
    step = request.form.get("step", "again")
    if step == "again":
        return _form_page(materials, form)
    if not form.ticked or not form.validate():
        error = "" if form.ticked else gettext("Tick at least one field that changes.")
        return _form_page(materials, form, error), 422
    if step == "apply":
        return _apply(materials, form)
    return _preview(materials, form, bulk.plan(g.db, identity, materials, form.changes()))


def _apply(materials: list[Material], form: BulkForm) -> ResponseReturnValue:
    done = bulk.apply(g.db, current_identity(), materials, form.changes())
    number = sum(bool(planned.changes) for planned in done)
    flash(ngettext("%(num)s material was changed.", "%(num)s materials were changed.", number), "success")
    for planned in done:
        if planned.refused:
            flash(f"{planned.material.title}: {sentence_for(planned.refused)}", "error")
    return redirect(url_for("bulk.choose"), 303)


def _form_page(materials: list[Material], form: BulkForm, error: str = "") -> str:
    return render_template(
        "contribute/several_form.html",
        materials=materials,
        form=form,
        programme=form.programme,
        names=FIELDS,
        changeable=CHANGEABLE,
        error=error,
    )


def _preview(materials: list[Material], form: BulkForm, planned: list[Planned]) -> str:
    return render_template(
        "contribute/several_preview.html",
        materials=materials,
        planned=[(each.material, shown_changes(each.changes, form.programme), _reason(each)) for each in planned],
        number=sum(bool(each.changes) for each in planned),
        refused=sum(each.refused is not None for each in planned),
        sent=[(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "step")],
    )


def _reason(planned: Planned) -> str:
    return sentence_for(planned.refused) if planned.refused else ""
