"""Saved searches: keeping the question of a result page, going back to it, keeping it no longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from elearn.services import saved_searches
from elearn.services.errors import ServiceError
from elearn.services.feeds import feed_token
from elearn.web.facet_names import names_of
from elearn.web.facets import read_question
from elearn.web.hosts import host_rules
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house, short_write
from search_index.documents import Sort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from elearn.models.account import SavedSearch
    from elearn.web.facets import Question
    from elearn.web.programme import Programme

blueprint = Blueprint("saved", __name__)


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search in a list, how many of its hits are new, and the address of its feed ("": it has none)."""

    search: SavedSearch
    fresh: int
    feed: str = ""


@blueprint.get("/library/saved")
@sign_in_required
def listing() -> ResponseReturnValue:
    """Every search that the person keeps."""
    return render_template("library/saved.html", rows=rows_of(saved_searches.MOST), most=saved_searches.MOST)


def rows_of(limit: int) -> list[SavedRow]:
    """The newest searches of whoever asks, with what is new in each."""
    identity, programme = current_identity(), load_programme(g.db)
    kept = saved_searches.kept_by(g.db, identity, limit)
    asked = [_asked(row, _question(row.query, programme)) for row in kept]
    fresh = saved_searches.new_hits(g.db, house().engine, identity, asked)
    return [SavedRow(row, fresh.get(row.id, 0), _feed_address(row)) for row in kept]


def _asked(search: SavedSearch, question: Question) -> saved_searches.Asked:
    return saved_searches.Asked(search, question.text, question.chosen, question.literal)


def _feed_address(search: SavedSearch) -> str:
    token = feed_token(house().settings.secret_key, search)
    origin = host_rules().app_origin(request) or ""
    return origin + url_for("feeds.show", token=token, uid=search.uid) if token else ""


@blueprint.post("/library/saved")
@sign_in_required
def save() -> ResponseReturnValue:
    """Keep the search that a result page shows."""
    programme = load_programme(g.db)
    question = _question(request.form.get("query", ""), programme)
    query = urlencode(question.query(page=1, sort=Sort.RELEVANCE), doseq=True)
    try:
        names = names_of(g.db, current_identity(), programme, question, {})
        saved_searches.save(g.db, current_identity(), title_of(question, names), query)
    except ServiceError as refused:
        flash(sentence_for(refused), "error")
    else:
        flash(gettext("The search is kept. The start page tells when something new is found."), "success")
    return redirect(results_address(query), 303)


@blueprint.get("/library/saved/<uid>")
@sign_in_required
def show(uid: str) -> ResponseReturnValue:
    """Go to the results of a kept search; what was published until now is no longer new."""
    with short_write() as session:
        query = saved_searches.look_at(session, current_identity(), uid).query
    return redirect(results_address(query), 303)


@blueprint.post("/library/saved/<uid>/delete")
@sign_in_required
def delete(uid: str) -> ResponseReturnValue:
    """Keep a search no longer."""
    gone = saved_searches.delete(g.db, current_identity(), uid)
    flash(gettext("“%(title)s” is no longer kept.", title=gone.title), "success")
    return redirect(url_for("saved.listing"), 303)


def title_of(question: Question, names: Mapping[str, Mapping[str, Any]]) -> str:
    """What a search is called: its words, then what it is narrowed down to."""
    chosen = [str(names.get(facet, {}).get(code, code)) for facet, codes in question.chosen.items() for code in codes]
    return " · ".join([*([question.text] if question.text else []), *chosen])


def question_of(session: Session, query: str) -> Question:
    """The question of a kept search."""
    return _question(query, load_programme(session))


def _question(query: str, programme: Programme) -> Question:
    return read_question(MultiDict(parse_qsl(query)), programme)


def results_address(query: str) -> str:
    """Where a kept search is asked anew."""
    return url_for("library.search") + (f"?{query}" if query else "")
