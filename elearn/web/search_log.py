"""Learning from searches: what follows a question is written down after the answer, and read by those in charge."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import structlog
from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict

from elearn.database import day_of
from elearn.models.search_log import SearchStep
from elearn.services.access.permissions import WATCHERS
from elearn.services.people.pasting import CellError, read_day
from elearn.services.search_log import LEAST_ASKERS, MOST_NEEDS, Asked, NeedFilter, Shown, ask_for, needs_of, note
from elearn.services.sheets import CSV_TYPE, Sheet, write_csv
from elearn.web.facets import read_question
from elearn.web.hosts import host_rules
from elearn.web.labels import LEVELS
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.transactions import FIRST_FAILURE, house
from elearn.web.usage import is_visit

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from elearn.house import House
    from elearn.services.access import Identity
    from elearn.web.facets import Question
    from elearn.web.programme import Programme

blueprint = Blueprint("searches", __name__)
log = structlog.get_logger("elearn.search_log")

# What people do with a hit of a result page.
OPENINGS = frozenset(
    {"library.material", "library.open_file", "library.download", "player.play", "teach.choose", "courses.choose"}
)
USUAL_DAYS = 30
SHOWN_WORDS = {
    Shown.MISSED: lazy_gettext("Not found"),
    Shown.UNOPENED: lazy_gettext("Found, but not opened"),
    Shown.ALL: lazy_gettext("All questions"),
}


def searched(question: Question, found: int) -> None:
    """Let this request's question be written down once its answer is on the way."""
    g.searched = Asked(question.text, question.chosen, found)


def asked_before() -> Question | None:
    """The question of our result page whose link was followed; None when the person comes from elsewhere."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:  # an address that is none
        return None
    if f"{parts.scheme}://{parts.netloc}" != host_rules().app_origin(request) or parts.path != url_for(
        "library.search"
    ):
        return None
    return read_question(MultiDict(parse_qsl(parts.query)), load_programme(g.db))


@blueprint.after_app_request
def note_step(response: Response) -> Response:
    """Write down what was asked or opened: after the last byte of the answer, in a transaction of its own."""
    opens = request.endpoint in OPENINGS
    asked: Asked | None = g.pop("searched", None)
    visits = is_visit() or request.endpoint == "player.play"
    keeps = house().settings.search_log_days > 0 and visits and response.status_code < FIRST_FAILURE
    if not keeps or not (opens or asked):
        return response
    before = asked_before()
    if asked is not None:
        # Narrowing what was found down goes on with the same search.
        if not (before and before.text == asked.text and asked.found):
            response.call_on_close(partial(_write, house(), current_identity(), SearchStep.ASKED, asked))
    elif before is not None:
        opened = Asked(before.text, before.chosen, 1)
        response.call_on_close(partial(_write, house(), current_identity(), SearchStep.OPENED, opened))
    return response


def _write(its_house: House, identity: Identity, step: SearchStep, asked: Asked) -> None:
    try:
        with its_house.database.write() as session:
            note(session, identity, its_house.settings.secret_key, step, asked)
    except SQLAlchemyError:
        log.warning("search_not_noted")


@blueprint.post("/library/wishes")
@sign_in_required
def wish() -> ResponseReturnValue:
    """Pass on to those in charge that a material is missing; they see the words, not who asked."""
    question = read_question(request.form, load_programme(g.db))
    ask_for(g.db, current_identity(), house().settings.secret_key, Asked(question.text, question.chosen))
    flash(gettext("Your wish has been passed on. Those in charge see the words, not your name."), "success")
    return redirect(url_for("library.search", **question.query(page=1)), 303)


@blueprint.get("/administration/searches")
@needs_role(WATCHERS)
def index() -> ResponseReturnValue:
    """What is searched for and not found."""
    programme = load_programme(g.db)
    wanted = _filter(programme)
    return render_template(
        "administration/searches.html",
        wanted=wanted,
        needs=needs_of(g.db, current_identity(), wanted),
        programme=programme,
        levels=LEVELS,
        shown_words=SHOWN_WORDS,
        address=partial(_address, wanted, "searches.index"),
        file=_address(wanted, "searches.file"),
        kept_days=house().settings.search_log_days,
        least=LEAST_ASKERS,
        most=MOST_NEEDS,
    )


@blueprint.get("/administration/searches.csv")
@needs_role(WATCHERS)
def file() -> ResponseReturnValue:
    """The same questions as a table for spreadsheets."""
    programme = load_programme(g.db)
    wanted = _filter(programme)
    needs = needs_of(g.db, current_identity(), wanted)
    written = io.BytesIO()
    write_csv(written, _sheet(needs.rows, programme))
    response = Response(written.getvalue(), content_type=CSV_TYPE)
    name = f"searches-{wanted.first.isoformat()}-{wanted.last.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheet(rows: Any, programme: Programme) -> Sheet:
    header = [
        gettext("Search words"),
        gettext("Level"),
        gettext("Subject"),
        gettext("Searches"),
        gettext("No result"),
        gettext("Opened"),
        gettext("Wishes"),
    ]
    cells = (
        [
            need.question,
            str(LEVELS.get(need.level, need.level)),
            programme.subject(need.subject),
            need.asked,
            need.missed,
            need.opened,
            need.wanted,
        ]
        for need in rows
    )
    return Sheet(gettext("What is searched for"), header, cells)


def _filter(programme: Programme) -> NeedFilter:
    """What the address asks for; what it leaves out or gets wrong is the last month and everything."""
    today = day_of(g.db)
    last = _day("last") or today
    first = _day("first") or last - timedelta(days=USUAL_DAYS - 1)
    shown = request.args.get("shown", "")
    level, subject = request.args.get("level", ""), request.args.get("subject", "")
    return NeedFilter(
        first=min(first, last),
        last=max(first, last),
        level=level if level in LEVELS else "",
        subject=subject if subject in programme.subjects else "",
        shown=Shown(shown) if shown in set(Shown) else Shown.MISSED,
    )


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    try:
        return read_day(text) if text else None
    except CellError:
        return None


def _address(wanted: NeedFilter, endpoint: str, **changes: str) -> str:
    asked = {
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "level": wanted.level,
        "subject": wanted.subject,
        "shown": wanted.shown.value,
    }
    return url_for(endpoint, **{name: value for name, value in (asked | changes).items() if value})
