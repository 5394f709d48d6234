"""Lessons a teacher declares with a title of software: the own list, the form, the same from teach mode."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from elearn.database import day_of
from elearn.models.account import Role
from elearn.services.access import Action
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.library import get_material
from elearn.services.people.pasting import CellError, read_day
from elearn.services.software import teaching
from elearn.services.software.teaching import LONGEST_NOTE, Lesson
from elearn.services.software.titles import get_title
from elearn.services.teach import classes, sessions
from elearn.services.usage.signing import signs_somewhere, withdraw
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.sentences import refusal as sentence_for
from elearn.web.taught_words import SIGN_STEPS, SIGN_TAGS
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.models.teach import TeachSession

blueprint = Blueprint("taught", __name__)
blueprint.add_app_template_global(lambda: signs_somewhere(g.db, current_identity()), "may_sign")

PER_PAGE = 30
RECENT = 5


@dataclass(frozen=True, slots=True)
class TitleChoices:
    """The titles one may choose: those taught with lately first, then all others by name."""

    recent: Sequence[Material]
    others: Sequence[Material]

    def __bool__(self) -> bool:
        return bool(self.recent or self.others)

    @property
    def groups(self) -> list[tuple[Any, Sequence[Material]]]:
        """The two lists with their headings."""
        named = (
            (lazy_gettext("You taught with lately"), self.recent),
            (lazy_gettext("Titles for your school"), self.others),
        )
        return [(label, rows) for label, rows in named if rows]


def title_choices(day: date) -> TitleChoices:
    """The titles that the identity may have taught with on a day, at the schools whose classes it teaches."""
    identity = current_identity()
    units = {choice.school_class.unit_id for choice in classes.classes_of(g.db, identity, day)}
    found = {row.id: row for unit in sorted(units) for row in teaching.usable_titles(g.db, unit, day)}
    _, lately = teaching.own_lessons(g.db, identity, limit=PER_PAGE)
    recent = list(dict.fromkeys(row.title.id for row in lately if row.title.id in found))[:RECENT]
    others = [row for row in found.values() if row.id not in recent]
    return TitleChoices([found[each] for each in recent], sorted(others, key=lambda row: row.title.casefold()))


def own_title(uid: str) -> Material:
    """A title that the identity sees, or that stands in a lesson of its own: one on trial is seen by nobody else.

    Raises:
        NotFoundError: `title_not_found`.
    """
    identity = current_identity()
    found = teaching.title_taught_with(g.db, identity, uid)
    return found if found is not None else get_title(g.db, identity, uid)


@blueprint.get("/taught")
@sign_in_required
def mine() -> ResponseReturnValue:
    """What the identity has declared, newest first, and what became of it."""
    page = read_page(request.args)
    total, rows = teaching.own_lessons(g.db, current_identity(), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    return render_template(
        "taught/mine.html",
        rows=rows,
        today=day_of(g.db),
        names=teaching.signer_names(g.db, (row.sign for row in rows)),
        steps=SIGN_STEPS,
        tags=SIGN_TAGS,
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("taught.mine", page=number),
    )


@blueprint.route("/taught/new", methods=["GET", "POST"])
@needs_role({Role.TEACHER, Role.UNIT_MANAGER})
def new() -> ResponseReturnValue:
    """Declare a lesson: one short form, made for a phone after the lesson."""
    if request.method == "GET":
        return _form()
    try:
        _declare()
    except ServiceError as refused:
        g.db.rollback()
        return _form(sentence_for(refused)), refused.status
    flash(gettext("Recorded. It counts once the leader of your group has countersigned it."), "success")
    return redirect(url_for("taught.mine"), 303)


def _declare() -> None:
    identity, day = current_identity(), _day()
    title = _title()
    school_class = teaching.class_of(g.db, identity, request.form.get("class", ""), day)
    lesson = Lesson(school_class, day, lesson_period(), request.form.get("note", "")[:LONGEST_NOTE])
    teaching.declare(g.db, identity, title, lesson, timezone=house().settings.timezone)


def _day() -> date:
    try:
        return read_day(request.form.get("day", ""))
    except CellError as wrong:
        raise ServiceError("use_day") from wrong


def _title() -> Material:
    """The title of the form; one that stands in no list of the identity is refused as unknown."""
    uid = request.form.get("title", "")
    choices = title_choices(day_of(g.db))
    for row in (*choices.recent, *choices.others):
        if row.uid == uid:
            return row
    # A title that has ended in the meantime is still one of an earlier day.
    return get_material(g.db, current_identity(), uid, Action.SEE_MATERIAL) if uid else _no_title()


def _no_title() -> Material:
    raise ServiceError("use_no_title")


def lesson_period() -> int | None:
    """The period of the form; None when it was left open, and 0, which is no period, when it is no number."""
    given = request.form.get("period", "").strip()
    if not given:
        return None
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 2 else 0  # noqa: PLR2004 - two digits


def _form(refused: str = "") -> str:
    today = day_of(g.db)
    return render_template(
        "taught/new.html",
        choices=classes.classes_of(g.db, current_identity(), today),
        titles=title_choices(today),
        today=today,
        periods=sessions.PERIODS,
        longest=LONGEST_NOTE,
        refused=refused,
        said=request.values,
    )


@blueprint.post("/taught/<uid>/withdraw")
@sign_in_required
def take_back(uid: str) -> ResponseReturnValue:
    """Withdraw a lesson that was declared by mistake."""
    act = teaching.get_own_lesson(g.db, current_identity(), uid)
    try:
        withdraw(g.db, current_identity(), act)
    except ConflictError as refused:
        flash(sentence_for(refused), "error")
    else:
        flash(gettext("Withdrawn. It stays in the record and does not count."), "success")
    return redirect(url_for("taught.mine"), 303)


@blueprint.post("/teach/<uid>/software")
@sign_in_required
def in_session(uid: str) -> ResponseReturnValue:
    """Say with which title a lesson in teach mode was taught as well."""
    row = sessions.own_session(g.db, current_identity(), uid)
    try:
        note_title(row, request.form.get("title", ""), request.form.get("note", ""))
    except ServiceError as refused:
        g.db.rollback()
        flash(sentence_for(refused), "error")
    else:
        flash(gettext("Recorded. It counts once the leader of your group has countersigned it."), "success")
    return redirect(url_for("teach.show", uid=uid), 303)


def note_title(row: TeachSession, uid: str, note: str = "") -> None:
    """Record that the lesson of a session was taught with a title.

    Raises:
        ServiceError: as `teaching.declare`, `use_no_title`.
    """
    day = row.started_at.astimezone(house().settings.timezone).date()
    choices = title_choices(day)
    title = next((each for each in (*choices.recent, *choices.others) if each.uid == uid), None)
    if title is None:
        raise ServiceError("use_no_title")
    lesson = Lesson(row.school_class, day, row.lesson_period, note[:LONGEST_NOTE])
    teaching.declare(g.db, current_identity(), title, lesson, timezone=house().settings.timezone, taught=row)
