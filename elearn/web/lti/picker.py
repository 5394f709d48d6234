"""The picker of a learning platform (Deep Linking): our search, a basket, and what goes back into the course."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.lti.values import origin_of
from elearn.models.lti_courses import LtiSession
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.library import get_material, pictures_of
from elearn.services.lti import acts, events, picking
from elearn.services.lti.keys import signing_key
from elearn.services.lti.pdf_pages import pages_of
from elearn.services.player.attempts import PLAYABLE, open_attempt
from elearn.services.search import search as find
from elearn.web.facets import PER_PAGE, facets_of, known_codes, orders_of, read_question
from elearn.web.hosts import host_rules
from elearn.web.launches import current_launch
from elearn.web.library import file_address
from elearn.web.openings import opens
from elearn.web.people import current_identity, safe_next, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from elearn.lti.deep_linking import Asked

blueprint = Blueprint("picker", __name__, url_prefix="/lti/pick")


@blueprint.app_template_filter()
def choice_title(choice: picking.Choice) -> str:
    """What a choice is called, in the basket and in the course."""
    if choice.page is None:
        return choice.title
    return gettext("%(title)s – page %(number)s", title=choice.title, number=choice.page)


def _launched() -> LtiSession:
    """The launch of a teacher."""
    launch = current_launch()
    if launch is None:
        abort(404)
    if not launch.is_teaching:
        raise ForbiddenError("lti_teachers_only")
    return g.db.get_one(LtiSession, launch.digest)


def _page(name: str, **values: Any) -> str:
    """A page of the picker; each shows the basket."""
    launched = _launched()
    asked: Asked = picking.asked_of(launched)
    basket = picking.basket(g.db, current_identity(), launched)
    return render_template(
        f"picker/{name}.html",
        asked=asked,
        basket=basket,
        chosen={choice.place for choice in basket},
        is_answered=launched.picked_at is not None,
        place_of=picking.place_of,
        place_of_page=picking.place_of_page,
        pages_of=pages_of,
        here=request.full_path.rstrip("?"),
        **values,
    )


@blueprint.get("")
@sign_in_required
def search() -> ResponseReturnValue:
    """The search of the library, for what learners of the platform's unit may open."""
    if not picking.asked_of(_launched()).takes_links:
        return _page("unfit")
    programme = load_programme(g.db)
    question = read_question(request.args, programme)
    reader = picking.as_reader(current_identity())
    result = find(
        g.db,
        house().engine,
        reader,
        question.text,
        question.chosen,
        limit=PER_PAGE,
        offset=question.offset,
        sort=question.sort,
        literal=question.literal,
    )
    return _page(
        "search",
        question=question,
        result=result,
        facets=facets_of(question, result.facets, known_codes(programme), _search_address),
        orders=orders_of(question, _search_address),
        pages=ceil(result.total / PER_PAGE),
        pictures=pictures_of(g.db, (found.material for found in result.found)),
        programme=programme,
        page_address=lambda page: _search_address(**question.query(page=page)),
    )


def _search_address(**parts: Any) -> str:
    return url_for("picker.search", **parts)


@blueprint.get("/courses")
@sign_in_required
def courses() -> ResponseReturnValue:
    """The open courses of the school, which go into a course of the platform as a whole."""
    return _page("courses", courses=picking.open_courses(g.db, current_identity()))


@blueprint.get("/m/<uid>")
@sign_in_required
def material(uid: str) -> ResponseReturnValue:
    """What a material is, with its parts; from here it can be tried."""
    found = get_material(g.db, picking.as_reader(current_identity()), uid)
    return _page(
        "material",
        material=found,
        parts=picking.parts_to_pick(found),
        picture=pictures_of(g.db, [found]).get(found.id, ""),
        programme=load_programme(g.db),
        is_playable=found.kind in PLAYABLE,
        is_openable=opens(found) and file_address(found, "o") is not None,
    )


@blueprint.post("/m/<uid>/try")
@sign_in_required
def attempt(uid: str) -> ResponseReturnValue:
    """Play a material before it is picked. It is no use of it, so the ledger hears nothing."""
    _launched()
    found = get_material(g.db, picking.as_reader(current_identity()), uid)
    return redirect(url_for("player.shell", uid=open_attempt(g.db, current_identity(), found).uid), 303)


@blueprint.get("/m/<uid>/open")
@sign_in_required
def open_file(uid: str) -> ResponseReturnValue:
    """Look into a document before it is picked."""
    found = get_material(g.db, picking.as_reader(current_identity()), uid)
    address = file_address(found, "o") if opens(found) else None
    return redirect(address, 303) if address else abort(404)


@blueprint.post("/choose")
@sign_in_required
def choose() -> ResponseReturnValue:
    """Put something into the basket; where the platform takes one thing, it goes back at once."""
    launched = _launched()
    try:
        found = picking.choose(g.db, current_identity(), launched, _place())
    except ServiceError as refused:
        has_page = refused.code == "lti_choice_not_found" and request.form.get("page")
        if refused.code != "lti_too_many" and not has_page:
            raise
        flash(gettext("The document has no such page.") if has_page else sentence_for(refused), "error")
        return _back()
    if not picking.asked_of(launched).settings.accept_multiple:
        return _answered(launched, picking.answer)
    flash(gettext("“%(title)s” is in the selection.", title=choice_title(found)), "success")
    return _back()


def _place() -> str:
    """What was pressed; of a document a page may have been typed."""
    place, page = request.form.get("place", ""), request.form.get("page", "").strip()
    return f"{place}/p/{quote(page, safe='')}" if page else place


@blueprint.post("/put-back")
@sign_in_required
def put_back() -> ResponseReturnValue:
    """Take something out of the basket."""
    picking.put_back(g.db, _launched(), request.form.get("place", ""))
    return _back()


def _back() -> Response:
    """To the page on which somebody was; its address begins below the handle."""
    here = safe_next(request.form.get("here"))
    is_ours = here is not None and here.startswith("/lti/pick")
    return redirect(request.script_root + here if is_ours and here else url_for("picker.search"), 303)


@blueprint.post("/answer")
@sign_in_required
def answer() -> ResponseReturnValue:
    """Give the basket to the platform."""
    return _answered(_launched(), picking.answer)


@blueprint.post("/cancel")
@sign_in_required
def cancel() -> ResponseReturnValue:
    """Go back with nothing."""
    return _answered(_launched(), picking.cancel)


def _answered(launched: LtiSession, give: Any) -> Response:
    """The page whose form brings the signed answer to the platform, by itself or by its button."""
    private = signing_key(g.db)
    if private is None:
        raise ServiceError("lti_no_key")
    origin = host_rules().app_origin(request) or request.host_url.rstrip("/")
    token = give(g.db, current_identity(), launched, private, origin=origin, entitle=choice_title)
    _record_releases(launched)
    _note(launched)
    target = picking.asked_of(launched).settings.return_url
    g.form_targets = (origin_of(target),)
    return make_response(render_template("picker/answer.html", token=token, target=target))


def _record_releases(launched: LtiSession) -> None:
    """Own courses that go into a course of the platform which is a class here are taught to that class."""
    if launched.context is None:
        return
    for choice in picking.basket(g.db, current_identity(), launched):
        if choice.course is not None:
            timezone = house().settings.timezone
            acts.record_release(g.db, current_identity(), choice.course, launched.context, timezone)


def _note(launched: LtiSession) -> None:
    """Tell the administrator what went back into the course."""
    about = events.About(account_id=launched.account_id, deployment=launched.deployment.name)
    about.come_from(launched.deployment.platform)
    titles = [choice_title(choice) for choice in picking.basket(g.db, current_identity(), launched)]
    context = launched.context.title if launched.context is not None else ""
    about.params |= {"context": context, "items": len(titles), "titles": "; ".join(titles)}
    events.add(g.db, "pick", about)
