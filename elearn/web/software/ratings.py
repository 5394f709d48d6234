"""Ratings of a title by those who taught with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from elearn.services.access import Action, may
from elearn.services.errors import NotFoundError
from elearn.services.software.wishes import rating
from elearn.web.administration.fields import choices
from elearn.web.administration.steps import Step, take
from elearn.web.forms import Form
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.licences import ReasonForm
from elearn.web.software.steps import change, page_of, seen_title, trail_to
from elearn.web.taught import own_title

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

WORDS = {
    "5": lazy_gettext("5 – very good"),
    "4": lazy_gettext("4 – good"),
    "3": lazy_gettext("3 – usable"),
    "2": lazy_gettext("2 – poor"),
    "1": lazy_gettext("1 – not usable"),
}


class RatingForm(Form):
    """What one thinks of a title."""

    stars = SelectField(lazy_gettext("Rating"), choices=choices(WORDS), default="4")
    words = TextAreaField(
        lazy_gettext("In words"),
        [Length(max=rating.LONGEST_WORDS)],
        description=lazy_gettext("What it was good for and what was not; your name is not shown to other schools."),
        render_kw={"rows": 3},
    )


@blueprint.route("/software/<uid>/rate", methods=["GET", "POST"])
@sign_in_required
def rate(uid: str) -> ResponseReturnValue:
    """Say what one thinks of a title with which one has taught."""
    identity = current_identity()
    title = own_title(uid)
    own = rating.ratings_of(g.db, identity, title).own
    form = RatingForm(data={"stars": str(own.stars), "words": own.words} if own else {})
    sees = may(identity, Action.SEE_MATERIAL, title)

    def told() -> list[str]:
        return [gettext("You give “%(title)s” %(stars)s of 5.", title=title.title, stars=form.stars.data)]

    def apply() -> str:
        rating.rate(g.db, identity, title, int(form.stars.data), form.words.data or "")
        return back

    heading = gettext("Rate a program")
    back = page_of(title) if sees else url_for("taught.mine")
    trail = trail_to(title if sees else None, heading)
    return take(Step(f"{heading}: {title.title}", form, told, apply, done=gettext("Saved."), back=back, trail=trail))


@blueprint.route("/software/<uid>/ratings/<rating_uid>/remove", methods=["GET", "POST"])
@sign_in_required
def remove_rating(uid: str, rating_uid: str) -> ResponseReturnValue:
    """Take one's own rating back, or as manager of the title somebody else's."""
    title = seen_title(uid)
    shown = rating.ratings_of(g.db, current_identity(), title)
    is_own = shown.own is not None and shown.own.uid == rating_uid
    if not is_own and not may(current_identity(), Action.MANAGE_TITLE, title):
        raise NotFoundError("rating_not_found")
    form = Form() if is_own else ReasonForm()

    def told() -> list[str]:
        return [gettext("The rating counts no more; it stays in the audit log.")]

    def apply() -> None:
        reason = "" if is_own else form.reason.data
        rating.remove_rating(g.db, current_identity(), title, rating_uid, reason)

    return change(title, gettext("Remove a rating"), form, told, apply, is_danger=True)
