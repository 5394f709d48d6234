"""Requests for software: the list, asking, one request with its voices and words, joining, leaving, supporting."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from elearn.models.organisation import Unit
from elearn.models.software_request import RequestState
from elearn.services.access import Action, may
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.organisation import unit_by_code
from elearn.services.software.wishes import asking
from elearn.services.software.wishes.asking import STAFF, Wish
from elearn.services.software.wishes.supporting import speaks_for, support
from elearn.services.software.wishes.trials import result_of, trials_of
from elearn.services.teach.classes import TEACHING
from elearn.web.administration.fields import choices
from elearn.web.administration.steps import Step, take
from elearn.web.facets import read_page
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.sentences import refusal as sentence_for
from elearn.web.software import blueprint
from elearn.web.software.steps import seen_title, trail_to
from elearn.web.wish_words import STATE_TAGS, STATES, STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from elearn.models.software_request import SoftwareRequest

PER_PAGE = 30


class WishForm(Form):
    """What somebody asks for."""

    name = StringField(
        lazy_gettext("Name of the program"),
        [*required(), Length(max=asking.LONGEST_NAME)],
        description=lazy_gettext("Written as its maker writes it, so that wishes for the same come together."),
    )
    maker = StringField(lazy_gettext("Maker"), [Length(max=200)])
    maker_url = StringField(lazy_gettext("The maker's page"), [Length(max=500)])
    levels = CheckboxesField(lazy_gettext("Levels"), choices=choices(LEVELS))
    reason = TextAreaField(
        lazy_gettext("What your class would do with it"),
        [*required(), Length(max=asking.LONGEST_REASON)],
        render_kw={"rows": 3},
    )
    unit = SelectField(lazy_gettext("School"))


def units_to_ask() -> Sequence[Unit]:
    """The units in whose name one may ask."""
    held = select(Unit).where(Unit.id.in_(sorted(current_identity().units_of(TEACHING))))
    return g.db.scalars(held.options(selectinload(Unit.names)).order_by(Unit.id)).all()


def wish_address(wish: SoftwareRequest) -> str:
    """The page of a request."""
    return url_for("software.wish", uid=wish.uid)


def wish_trail(*more: str) -> list[tuple[str, str]]:
    """The way to the requests and what comes after them."""
    return [*trail_to(None), (gettext("Requests"), url_for("software.wishes")), *((label, "") for label in more)]


@blueprint.get("/software/requests")
@needs_role(STAFF)
def wishes() -> ResponseReturnValue:
    """All requests of the province in pages: the open ones, or those that have their answer."""
    identity, page, is_open = current_identity(), read_page(request.args), "answered" not in request.args
    total, seen = asking.requests_seen(g.db, identity, is_open=is_open, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    speaks = speaks_for(g.db, identity, [row.request for row in seen]) if is_open else {}
    chosen = {} if is_open else {"answered": ""}
    return render_template(
        "software/wishes.html",
        rows=seen,
        total=total,
        is_open=is_open,
        waits={row.request.id for row in seen if is_open and (speaks[row.request.id] or _decides(row.request))},
        states=STATES,
        tags=STATE_TAGS,
        asks=bool(identity.units_of(TEACHING)),
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("software.wishes", **chosen, page=number),
        trail=wish_trail(),
    )


def _decides(wish: SoftwareRequest) -> bool:
    waits = wish.state in {RequestState.SCHOOL, RequestState.TRIAL}
    return waits and may(current_identity(), Action.MANAGE_UNIT, wish.decider)


@blueprint.route("/software/requests/new", methods=["GET", "POST"])
@needs_role(TEACHING)
def new_wish() -> ResponseReturnValue:
    """Ask for a program: of the catalogue, or a new one."""
    title = seen_title(request.args["title"]) if request.args.get("title") else None
    detail = title.software if title is not None else None
    said = {"name": title.title, "levels": [row.level.value for row in title.levels]} if title is not None else {}
    form = WishForm(data=said | ({"maker": detail.vendor, "maker_url": detail.maker_url} if detail else {}))
    units = {unit.code: unit for unit in units_to_ask()}
    form.unit.choices = choices({code: unit.name for code, unit in units.items()})

    def told() -> list[str]:
        words = {"name": form.name.data, "unit": units[form.unit.data].name}
        return [
            gettext("“%(name)s” is asked for in the name of %(unit)s.", **words),
            gettext("Your subject group and the school speak about it, then the department decides."),
        ]

    def apply() -> str:
        unit = unit_by_code(g.db, form.unit.data)
        if unit is None:
            raise ForbiddenError("ask_elsewhere")
        levels = frozenset(form.levels.data or ())
        wish = Wish(form.name.data, form.reason.data, form.maker.data or "", form.maker_url.data or "", levels)
        made, _ = asking.ask(g.db, current_identity(), unit, wish)
        return wish_address(made)

    heading = gettext("Ask for a program")
    lead = gettext("If others have asked for the same, your wish is added to theirs.")
    back, trail = url_for("software.wishes"), wish_trail(heading)
    return take(Step(heading, form, told, apply, done=gettext("Saved."), back=back, trail=trail, lead=lead))


def held_wish(uid: str) -> SoftwareRequest:
    """A request that the identity sees."""
    return asking.get_request(g.db, current_identity(), uid)


@blueprint.get("/software/requests/<uid>")
@sign_in_required
def wish(uid: str) -> ResponseReturnValue:
    """One request: who asks and why, as far as one may read it, what was said, and what one may do."""
    found, identity = held_wish(uid), current_identity()
    voices = asking.voices_of(found)
    speaks = speaks_for(g.db, identity, [found])[found.id] if found.state in asking.OPEN else {}
    trials = trials_of(g.db, found.title) if found.title is not None else ()
    return render_template(
        "software/wish.html",
        wish=found,
        voices=voices,
        read=[row for row in voices if asking.sees_voice(identity, row)],
        own=next((row for row in voices if row.account_id == identity.account_id), None),
        schools=len({row.unit_id for row in voices}),
        is_open=found.state in asking.OPEN,
        speaks=[(unit, speaks[unit.id]) for unit in _units(speaks)],
        units=units_to_ask(),
        decides=may(identity, Action.MANAGE_UNIT, found.decider),
        trials=[(trial, result_of(trial)) for trial in trials if trial.unit_id == found.decider_id],
        manages=lambda unit: may(identity, Action.MANAGE_UNIT, unit),
        may_see_title=found.title is not None and may(identity, Action.SEE_MATERIAL, found.title),
        states=STATES,
        tags=STATE_TAGS,
        steps=STEPS,
        trail=wish_trail(found.name),
    )


def _units(ids: dict[int, bool]) -> Sequence[Unit]:
    held = select(Unit).where(Unit.id.in_(sorted(ids))).options(selectinload(Unit.names)).order_by(Unit.id)
    return g.db.scalars(held).all() if ids else ()


def _act(wish: SoftwareRequest, change: Callable[[], None]) -> ResponseReturnValue:
    """Make a small change and come back to the page, with what was refused at its head."""
    try:
        change()
    except ServiceError as refused:
        address = wish_address(wish)
        g.db.rollback()
        flash(sentence_for(refused), "error")
        return redirect(address, 303)
    flash(gettext("Saved."), "success")
    return redirect(wish_address(wish), 303)


@blueprint.post("/software/requests/<uid>/join")
@sign_in_required
def join_wish(uid: str) -> ResponseReturnValue:
    """Want it too."""
    found = held_wish(uid)

    def change() -> None:
        unit = unit_by_code(g.db, request.form.get("unit", ""))
        if unit is None:
            raise ForbiddenError("ask_elsewhere")
        asking.join(g.db, current_identity(), found, unit, request.form.get("reason", ""))

    return _act(found, change)


@blueprint.post("/software/requests/<uid>/leave")
@sign_in_required
def leave_wish(uid: str) -> ResponseReturnValue:
    """Take one's wish back."""
    found = held_wish(uid)
    return _act(found, lambda: asking.leave(g.db, current_identity(), found))


@blueprint.post("/software/requests/<uid>/support")
@sign_in_required
def support_wish(uid: str) -> ResponseReturnValue:
    """Speak for a group or a school."""
    found = held_wish(uid)

    def change() -> None:
        unit = unit_by_code(g.db, request.form.get("unit", ""))
        supports, note = request.form.get("as") == "yes", request.form.get("note", "")
        support(g.db, current_identity(), found, unit.id if unit else 0, supports=supports, note=note)

    return _act(found, change)
