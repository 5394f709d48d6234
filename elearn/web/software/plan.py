"""The plan's targets for teaching software: per level what is asked, what is there, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, render_template, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import bindparam, select
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.models.curriculum import Level
from elearn.models.material import Material, SoftwareDetail
from elearn.models.software import QuotaKind
from elearn.services.access import Action, may, visible_materials
from elearn.services.organisation import get_unit
from elearn.services.software.quota import Target, add_quota, get_quota, progress, remove_quota
from elearn.web.administration.fields import DayField, choices, chosen_day, shown
from elearn.web.administration.steps import Step, take
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import trail_to
from elearn.web.software_words import QUOTA_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue
    from sqlalchemy import Row

    from elearn.models.organisation import Unit
    from elearn.services.software.quota import Progress

SHOWN = 60  # titles of a target on the page; the catalogue has the others


class QuotaForm(Form):
    """A target of the plan."""

    levels = CheckboxesField(
        lazy_gettext("Levels"), choices=choices(LEVELS), description=lazy_gettext("Several levels count together.")
    )
    target = IntegerField(lazy_gettext("Titles"), required())
    kind = SelectField(lazy_gettext("Meant as"), choices=choices(QUOTA_KINDS), default=QuotaKind.LEVEL.value)
    starts_on = DayField(lazy_gettext("From"), required())
    due_on = DayField(lazy_gettext("To be reached by"), required())
    source = StringField(
        lazy_gettext("Source"), [Length(max=300)], description=lazy_gettext("The plan or decision that asks for it.")
    )

    def asked(self) -> Target:
        """What the valid form says."""
        return Target(
            levels=frozenset(map(Level, self.levels.data or ())),
            kind=QuotaKind(self.kind.data),
            target=self.target.data,
            starts_on=self.starts_on.data,
            due_on=self.due_on.data,
            source=self.source.data or "",
        )


@blueprint.get("/software/plan/<uid>")
@sign_in_required
def plan(uid: str) -> ResponseReturnValue:
    """How far a unit is with its plan on a day."""
    unit = get_unit(g.db, current_identity(), uid, Action.SEE_SPENDING)
    day = chosen_day()
    rows = progress(g.db, unit, day)
    return render_template(
        "software/plan.html",
        unit=unit,
        day=day,
        today=day_of(g.db),
        rows=rows,
        titles=_titles(rows),
        most=SHOWN,
        kinds=QUOTA_KINDS,
        manages=may(current_identity(), Action.MANAGE_UNIT, unit),
        trail=trail_to(None, gettext("The plan")),
        shown=shown,
    )


def _titles(rows: Sequence[Progress]) -> dict[int, list[Row[Any]]]:
    """By the id of a target the titles that count and that the reader may see, by name, in one query."""
    ids = sorted({title for row in rows for title in row.titles})
    counting = Material.id.in_(bindparam(None, ids, expanding=True, literal_execute=True))
    seen = select(Material.id, Material.uid, Material.title, SoftwareDetail.vendor)
    seen = seen.outerjoin(SoftwareDetail, SoftwareDetail.material_id == Material.id)
    seen = seen.where(counting, visible_materials(current_identity())).order_by(Material.title, Material.id)
    found = g.db.execute(seen).all() if ids else []
    return {row.quota.id: [title for title in found if title.id in row.titles] for row in rows}


def _managed(uid: str) -> Unit:
    return get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)


@blueprint.route("/software/plan/<uid>/new", methods=["GET", "POST"])
@sign_in_required
def new_quota(uid: str) -> ResponseReturnValue:
    """Enter a target."""
    unit = _managed(uid)
    form = QuotaForm(data={"starts_on": day_of(g.db), "kind": QuotaKind.LEVEL.value})

    def told() -> list[str]:
        asked = form.asked()
        names = ", ".join(str(LEVELS[level]) for level in Level if level in asked.levels)
        words = {"levels": names, "target": asked.target, "kind": QUOTA_KINDS[asked.kind], "day": shown(asked.due_on)}
        return [gettext("%(levels)s: %(target)s, meant as %(kind)s, due on %(day)s.", **words)]

    def apply() -> str:
        add_quota(g.db, current_identity(), unit, form.asked())
        return url_for("software.plan", uid=uid)

    return _step(unit, gettext("New target"), form, told, apply)


@blueprint.route("/software/plan/<uid>/<quota_uid>/remove", methods=["GET", "POST"])
@sign_in_required
def remove_target(uid: str, quota_uid: str) -> ResponseReturnValue:
    """Take a target out of the plan."""
    unit = _managed(uid)
    quota = get_quota(g.db, current_identity(), quota_uid)

    def told() -> list[str]:
        return [gettext("The target of %(target)s titles counts no more.", target=quota.target)]

    def apply() -> str:
        remove_quota(g.db, current_identity(), quota)
        return url_for("software.plan", uid=uid)

    return _step(unit, gettext("Remove a target"), Form(), told, apply, is_danger=True)


def _step(unit: Unit, heading: str, form: Form, told: Any, apply: Any, **more: Any) -> ResponseReturnValue:
    back = url_for("software.plan", uid=unit.uid)
    trail = [*trail_to(None), (gettext("The plan"), back), (heading, "")]
    step = Step(
        title=f"{heading}: {unit.name}",
        form=form,
        told=told,
        apply=apply,
        done=gettext("Saved."),
        back=back,
        trail=trail,
        **more,
    )
    return take(step)
