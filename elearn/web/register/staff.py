"""The staff of a unit on a day, and taking somebody on."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from elearn.database import day_of
from elearn.models.curriculum import Level
from elearn.models.people import PostRole
from elearn.services.access import Action, may
from elearn.services.access.permissions import WATCHERS
from elearn.services.organisation import get_unit, name_on, outline_on
from elearn.services.people import (
    StaffQuestion,
    full_share_exceeded,
    on_leave,
    person_by_code,
    possible_duplicates,
    staff_page,
    take_on,
)
from elearn.services.people.pasting import tidy
from elearn.services.people.staff import PER_PAGE
from elearn.web.administration.fields import DayField, chosen_day, shown
from elearn.web.administration.steps import Step, take
from elearn.web.facets import read_page
from elearn.web.labels import LEVELS
from elearn.web.organisation.words import trail_to
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.register import blueprint
from elearn.web.register.forms import PostForm, code_field, name_field
from elearn.web.register.words import LEAVE_KINDS, POST_ROLES, work_of

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit
    from elearn.services.people import PostFacts

LONGEST_TEXT = 100
FILTERS = ("q", "day", "role", "level", "subject", "below")


class NewPersonForm(PostForm):
    """A person with the first post."""

    code = code_field()
    full_name = name_field()
    born_on = DayField(lazy_gettext("Birth date"))
    field_order = ("code", "full_name", "born_on")

    def __iter__(self) -> Any:
        """The fields in the order people fill them: who, then what."""
        first = [self._fields[name] for name in self.field_order]
        return iter([*first, *(field for name, field in self._fields.items() if name not in self.field_order)])


@blueprint.get("/administration/staff")
@needs_role(WATCHERS)
def start() -> ResponseReturnValue:
    """The staff of the highest unit of this person."""
    tops = outline_on(g.db, current_identity(), day_of(g.db)).tops
    if not tops:
        return redirect(url_for("organisation.tree"), 303)
    return redirect(url_for("register.staff", uid=tops[0].uid, below="yes"), 303)


@blueprint.get("/administration/units/<uid>/staff")
@sign_in_required
def staff(uid: str) -> ResponseReturnValue:
    """Who works at a unit, and below it when asked, on a day."""
    unit = get_unit(g.db, current_identity(), uid)
    programme = load_programme(g.db)
    question = _question(unit)
    page = read_page(request.args)
    total, posts = staff_page(g.db, question, page)
    filters = {name: request.args[name] for name in FILTERS if name in request.args}
    return render_template(
        "register/staff.html",
        unit=unit,
        name=name_on(unit, question.day),
        question=question,
        today=day_of(g.db),
        total=total,
        posts=posts,
        away=on_leave(g.db, {post.person_id for post in posts}, question.day),
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("register.staff", uid=uid, **{**filters, "page": number}),
        programme=programme,
        roles=POST_ROLES,
        levels=LEVELS,
        leave_kinds=LEAVE_KINDS,
        work_of=lambda post: work_of(post, programme),
        name_on=name_on,
        shown=shown,
        manages=may(current_identity(), Action.MANAGE_UNIT, unit),
        trail=trail_to(unit, (gettext("Staff"), "")),
    )


def _question(unit: Unit) -> StaffQuestion:
    asked = request.args
    role, level = asked.get("role", ""), asked.get("level", "")
    return StaffQuestion(
        unit=unit,
        day=chosen_day(),
        text=asked.get("q", "")[:LONGEST_TEXT],
        role=PostRole(role) if role in list(PostRole) else None,
        level=Level(level) if level in list(Level) else None,
        subject_code=asked.get("subject", "")[:16],
        # The people of a subject group work at its school; whoever asks a form without the box means no.
        with_below="below" in asked or "q" not in asked,
    )


@blueprint.route("/administration/units/<uid>/staff/new", methods=["GET", "POST"])
@sign_in_required
def new(uid: str) -> ResponseReturnValue:
    """Take somebody on: a new person, or one who is in the register already."""
    unit = get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)
    programme = load_programme(g.db)
    form = NewPersonForm(programme, data={"valid_from": day_of(g.db), "fte": 1})
    back = url_for("register.staff", uid=uid)
    taken: list[Any] = []

    def apply() -> str:
        facts: PostFacts = form.facts()
        post, _ = take_on(
            g.db,
            current_identity(),
            unit,
            code=form.code.data,
            full_name=form.full_name.data,
            born_on=form.born_on.data,
            **{name: getattr(facts, name) for name in facts.__slots__},
        )
        taken.append(post)
        return url_for("register.person", uid=post.person.uid)

    title = gettext("New person")
    return take(
        Step(
            title=title,
            lead=unit.name,
            form=form,
            told=lambda: _told(form, unit, programme),
            apply=apply,
            warned=lambda: _doubts(taken[0].person, form.valid_from.data),
            done=gettext("The post was entered."),
            back=back,
            trail=trail_to(unit, (gettext("Staff"), back), (title, "")),
        )
    )


def _told(form: NewPersonForm, unit: Unit, programme: Any) -> list[str]:
    person = person_by_code(g.db, tidy(form.code.data))
    words = {"name": form.full_name.data, "code": tidy(form.code.data)}
    if person is None:
        first = gettext("%(name)s (%(code)s) is entered into the register.", **words)
    else:
        first = gettext("%(name)s (%(code)s) is in the register already and is not entered again.", **words)
    return [first, told_of_post(form.facts(), unit, programme)]


def told_of_post(facts: PostFacts, unit: Unit, programme: Any) -> str:
    """What a new post means."""
    sentence = gettext("A main post at %(unit)s") if facts.is_main else gettext("A second post at %(unit)s")
    days = gettext("%(first)s to %(last)s", first=shown(facts.valid_from), last=shown(facts.valid_to))
    return f"{sentence % {'unit': name_on(unit, facts.valid_from)}}: {work_of(facts, programme)}; {days}."


def _doubts(person: Any, day: date) -> list[str]:
    return [*namesake_doubts(person), *share_doubts(person, day)]


def namesake_doubts(person: Any) -> list[str]:
    """A warning for each other person of the same name and birth date."""
    others = possible_duplicates(g.db, person.full_name, person.born_on, person.code)
    return [
        gettext(
            "Somebody of the same name and birth date has the code %(code)s. Make sure that this is another person.",
            code=other.code,
        )
        for other in others
    ]


def share_doubts(person: Any, day: date) -> list[str]:
    """A warning when the posts of a day are more than one full post."""
    total = full_share_exceeded(person, day)
    if total is None:
        return []
    return [gettext("Together the posts of %(day)s are %(total)s full posts.", day=shown(day), total=f"{total:g}")]
