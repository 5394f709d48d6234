"""How a lesson is played: in which window and size, and which faults are let pass; set by its author or a reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional, ValidationError

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
    from wtforms import Field

    from elearn.models.material import Material, Version
    from elearn.models.play_log import PlayRemark

blueprint = Blueprint("playing", __name__)


def _switch(name: str) -> BooleanField:
    label, help_text = SWITCHES[name]
    return BooleanField(lazy_gettext(label), description=lazy_gettext(help_text))


SMALLEST, LARGEST = 200, 4000  # CSS px of content that was made for one size


def _size(label: Any) -> IntegerField:
    sentence = lazy_gettext(
        "Write a number of pixels from %(least)s to %(most)s, or nothing.", least=SMALLEST, most=LARGEST
    )
    return IntegerField(
        label, [Optional(), NumberRange(SMALLEST, LARGEST, sentence)], render_kw={"inputmode": "numeric"}
    )


class PlayingForm(Form):
    """Window and size of the lesson, and one check box for each fault that may pass."""

    own_window = BooleanField(
        lazy_gettext("Open in a window of its own"),
        description=lazy_gettext(
            "For lessons that do not work inside another page. Learners press a button to open it."
        ),
    )
    frame_width = _size(lazy_gettext("Width of the lesson (pixels)"))
    frame_height = _size(lazy_gettext("Height of the lesson (pixels)"))
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

    @property
    def changes(self) -> dict[str, Any]:
        """What the valid form says, by the names of `PlayOptions`."""
        sizes = {name: self[name].data or 0 for name in ("frame_width", "frame_height")}
        return {"tolerance": self.tolerance, "own_window": bool(self.own_window.data), **sizes}

    def validate_frame_height(self, field: Field) -> None:
        """A height alone says nothing of the shape."""
        if field.data and not self.frame_width.data:
            raise ValidationError(gettext("Write the width too."))


def playing_form(material: Material) -> PlayingForm | None:
    """The form about a material; None when it has nothing to play or its reader may not change how."""
    if material.kind not in PLAYABLE or not may(current_identity(), Action.SET_PLAY_OPTIONS, material):
        return None
    options = play_options(material)
    # Nobody has said a size: the fields are empty.
    sizes = {"frame_width": options.frame_width or None, "frame_height": options.frame_height or None}
    return PlayingForm(data={**options.tolerance.as_dict(), "own_window": options.own_window, **sizes})


@blueprint.route("/materials/<uid>/playing", methods=["GET", "POST"])
@sign_in_required
def page(uid: str) -> ResponseReturnValue:
    """The switches; reviewers come here, authors also find them beside what they say of the material."""
    material = get_material(g.db, current_identity(), uid, Action.SET_PLAY_OPTIONS)
    form = playing_form(material)
    if form is None:
        raise NotFoundError("material_not_found")
    if form.validate_on_submit():
        set_play_options(g.db, current_identity(), material, **form.changes)
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
