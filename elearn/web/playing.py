"""How a lesson is played: which faults of its content the run time puts up with, set by its author or a reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField

from elearn.services.access import Action, may
from elearn.services.errors import NotFoundError
from elearn.services.library import get_material
from elearn.services.player.attempts import PLAYABLE
from elearn.services.player.options import play_options, set_play_options
from elearn.services.player.remarks import remarks_on
from elearn.web.findings import FINDINGS, finding_sentence
from elearn.web.forms import Form
from elearn.web.people import current_identity, sign_in_required
from elearn.web.tolerance_findings import SWITCHES
from scorm.tolerance import Tolerance

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from elearn.models.material import Material, Version
    from elearn.models.play_log import PlayRemark

blueprint = Blueprint("playing", __name__)


def _switch(name: str) -> BooleanField:
    label, help_text = SWITCHES[name]
    return BooleanField(lazy_gettext(label), description=lazy_gettext(help_text))


class PlayingForm(Form):
    """One check box for each switch."""

    long_values = _switch("long_values")
    late_calls = _switch("late_calls")
    loose_words = _switch("loose_words")
    loose_numbers = _switch("loose_numbers")
    loose_times = _switch("loose_times")
    foreign_names = _switch("foreign_names")

    @property
    def tolerance(self) -> Tolerance:
        """What the form says."""
        return Tolerance(**{name: bool(self[name].data) for name in SWITCHES})


def playing_form(material: Material) -> PlayingForm | None:
    """The form about a material; None when it has nothing to play or its reader may not change how."""
    if material.kind not in PLAYABLE or not may(current_identity(), Action.SET_PLAY_OPTIONS, material):
        return None
    return PlayingForm(data=play_options(material).tolerance.as_dict())


@blueprint.route("/materials/<uid>/playing", methods=["GET", "POST"])
@sign_in_required
def page(uid: str) -> ResponseReturnValue:
    """The switches; reviewers come here, authors also find them beside what they say of the material."""
    material = get_material(g.db, current_identity(), uid, Action.SET_PLAY_OPTIONS)
    form = playing_form(material)
    if form is None:
        raise NotFoundError("material_not_found")
    if form.validate_on_submit():
        set_play_options(g.db, current_identity(), material, tolerance=form.tolerance)
        flash(gettext("Saved. Launches from now on are played this way."), "success")
        return redirect(url_for("library.material", uid=uid), 303)
    return render_template("contribute/playing.html", material=material, playing=form)


def noticed(session: Session, version: Version | None) -> list[PlayRemark]:
    """What playing has shown of a version, as far as there is a sentence for it."""
    return [] if version is None else [each for each in remarks_on(session, version.id) if each.code in FINDINGS]


def switched_on(material: Material) -> list[str]:
    """The names of the switches that are on, for people; none for what has nothing to play."""
    if material.kind not in PLAYABLE:
        return []
    return [gettext(SWITCHES[name][0]) for name in play_options(material).tolerance.switched_on]


def remark_sentence(remark: PlayRemark) -> Any:
    """A remark as a sentence in the language of the page."""
    return finding_sentence(remark.code, {}, gettext)


blueprint.add_app_template_filter(remark_sentence)
