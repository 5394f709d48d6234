"""Changes of posts, each with a preview: add, end, share, transfer, correct, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request
from flask_babel import gettext, lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.services import people
from elearn.services.access import Action, require
from elearn.services.organisation import get_unit, name_on
from elearn.services.people import get_person, get_post
from elearn.services.people.transfers import does_at_once
from elearn.services.spans import DAY
from elearn.web.administration.fields import DayField, ShareField, UnitField, shown
from elearn.web.administration.steps import take
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.register import blueprint
from elearn.web.register.forms import PostForm, of_post, reason_field
from elearn.web.register.staff import share_doubts, told_of_post
from elearn.web.register.words import person_step, post_title, work_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit
    from elearn.models.people import Post


class AddPostForm(PostForm):
    """A post at a unit."""

    unit = UnitField(lazy_gettext("Unit"), required(), description=lazy_gettext("Its code, or words of its name."))


class EndForm(Form):
    """The last day of a post."""

    last_day = DayField(lazy_gettext("Last day"), required())


class ShareForm(Form):
    """Another share from a day on."""

    fte = ShareField(
        lazy_gettext("Share of a full post"), required(), description=lazy_gettext("1 is full time, 0.5 is half.")
    )
    day = DayField(lazy_gettext("From"), required())


class TransferForm(Form):
    """Where somebody goes, and from when."""

    unit = UnitField(lazy_gettext("New unit"), required(), description=lazy_gettext("Its code, or words of its name."))
    day = DayField(lazy_gettext("First day at the new unit"), required())
    note = TextAreaField(
        lazy_gettext("Note"),
        [Length(max=1000, message=lazy_gettext("Write at most 1,000 characters."))],
        description=lazy_gettext("The manager of the new unit reads it."),
        render_kw={"rows": 2},
    )


class CorrectForm(PostForm):
    """A post as it should have been entered."""

    reason = reason_field()


class RemoveForm(Form):
    """Why a post never was."""

    reason = reason_field()


def _managed(uid: str) -> Post:
    post = get_post(g.db, current_identity(), uid)
    require(current_identity(), Action.MANAGE_UNIT, post.unit)
    return post


@blueprint.route("/administration/people/<uid>/posts/new", methods=["GET", "POST"])
@sign_in_required
def add_post(uid: str) -> ResponseReturnValue:
    """Another post of a person."""
    person = get_person(g.db, current_identity(), uid)
    programme = load_programme(g.db)
    asked = request.args.get("unit", "")
    unit = get_unit(g.db, current_identity(), asked) if asked else None
    form = AddPostForm(programme, data={"unit": unit, "fte": 1, "valid_from": day_of(g.db)})

    def change() -> None:
        facts = form.facts()
        values = {name: getattr(facts, name) for name in facts.__slots__}
        people.add_post(g.db, current_identity(), person, form.unit.data, **values)

    return take(
        person_step(
            person,
            gettext("Add a post"),
            form,
            lambda: [told_of_post(form.facts(), form.unit.data, programme)],
            change,
            warned=lambda: share_doubts(person, form.valid_from.data),
        )
    )


@blueprint.route("/administration/posts/<uid>/end", methods=["GET", "POST"])
@sign_in_required
def end_post(uid: str) -> ResponseReturnValue:
    """The last day of a post."""
    post = _managed(uid)
    form = EndForm(data={"last_day": day_of(g.db)})

    def told() -> list[str]:
        day = shown(form.last_day.data)
        words = {"unit": post.unit.name, "name": post.person.full_name}
        return [gettext("%(day)s is the last day of %(name)s at %(unit)s.", day=day, **words)]

    def change() -> None:
        people.end_post(g.db, current_identity(), post, form.last_day.data)

    return take(person_step(post.person, gettext("End the post"), form, told, change, lead=post_title(post)))


@blueprint.route("/administration/posts/<uid>/share", methods=["GET", "POST"])
@sign_in_required
def share(uid: str) -> ResponseReturnValue:
    """Full time, part time."""
    post = _managed(uid)
    form = ShareForm(data={"fte": post.fte, "day": day_of(g.db)})

    def told() -> list[str]:
        words = {"name": post.person.full_name, "before": f"{post.fte:g}", "after": f"{form.fte.data:g}"}
        return [
            gettext(
                "From %(day)s %(name)s has %(after)s of a full post here, until then %(before)s.",
                day=shown(form.day.data),
                **words,
            )
        ]

    def change() -> None:
        people.change_fte(g.db, current_identity(), post, form.fte.data, form.day.data)

    return take(
        person_step(
            post.person,
            gettext("Share of a full post"),
            form,
            told,
            change,
            lead=post_title(post),
            warned=lambda: share_doubts(post.person, form.day.data),
        )
    )


@blueprint.route("/administration/posts/<uid>/transfer", methods=["GET", "POST"])
@sign_in_required
def transfer(uid: str) -> ResponseReturnValue:
    """To another unit: at once by whoever manages both, else as a request."""
    post = _managed(uid)
    form = TransferForm(data={"day": day_of(g.db)})

    def change() -> None:
        if does_at_once(current_identity(), post, form.unit.data):
            people.transfer(g.db, current_identity(), post, form.unit.data, form.day.data)
        else:
            people.ask_transfer(
                g.db, current_identity(), post, form.unit.data, form.day.data, note=form.note.data or ""
            )

    return take(
        person_step(
            post.person,
            gettext("Transfer"),
            form,
            lambda: _told_of_transfer(post, form.unit.data, form),
            change,
            lead=post_title(post),
        )
    )


def _told_of_transfer(post: Post, unit: Unit, form: TransferForm) -> list[str]:
    day = form.day.data
    words = {"name": post.person.full_name, "old": post.unit.name, "new": name_on(unit, day)}
    days = {"last": shown(day - DAY), "first": shown(day)}
    acts = gettext("Acts and materials stay where they were made; the person is counted once, at the new unit.")
    if does_at_once(current_identity(), post, unit):
        moved = gettext(
            "%(last)s is the last day of %(name)s at %(old)s; from %(first)s the main post is at %(new)s.",
            **words,
            **days,
        )
        return [moved, acts]
    asked = gettext(
        "The manager of %(new)s is asked to receive %(name)s from %(first)s. Until that is accepted the post at "
        "%(old)s goes on, so nothing is lost.",
        **words,
        first=days["first"],
    )
    return [asked, acts]


@blueprint.route("/administration/posts/<uid>/correct", methods=["GET", "POST"])
@sign_in_required
def correct(uid: str) -> ResponseReturnValue:
    """What was entered by mistake, as it should have been."""
    post = _managed(uid)
    programme = load_programme(g.db)
    form = CorrectForm(programme, data=of_post(post))

    def told() -> list[str]:
        before = gettext("Entered: %(work)s; %(days)s.", work=work_of(post, programme), days=post_title(post))
        return [before, gettext("Corrected: %(post)s", post=told_of_post(form.facts(), post.unit, programme))]

    def change() -> None:
        people.correct_post(g.db, current_identity(), post, form.facts(), form.reason.data)

    return take(
        person_step(
            post.person,
            gettext("Correct the post"),
            form,
            told,
            change,
            lead=gettext("For mistakes only: it changes what earlier reports say. A real change has its own day."),
            warned=lambda: share_doubts(post.person, form.valid_from.data),
        )
    )


@blueprint.route("/administration/posts/<uid>/remove", methods=["GET", "POST"])
@sign_in_required
def remove(uid: str) -> ResponseReturnValue:
    """A post that never was."""
    post = _managed(uid)
    form = RemoveForm()

    def told() -> list[str]:
        return [
            gettext("The post %(post)s is taken out of the register, as if it had never been.", post=post_title(post))
        ]

    def change() -> None:
        people.remove_post(g.db, current_identity(), post, form.reason.data)

    title = gettext("Take the post away")
    return take(person_step(post.person, title, form, told, change, lead=post_title(post), is_danger=True))
