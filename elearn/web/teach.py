"""Teach mode: choosing class and period, the page that presents and counts, and the teacher's own sessions."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, flash, g, jsonify, make_response, redirect, render_template, request, url_for

from elearn.clock import now
from elearn.database import day_of
from elearn.models.usage import ActKind
from elearn.services import usage
from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.library import get_material
from elearn.services.player.attempts import PLAYABLE
from elearn.services.player.capability import capability_of, host_label
from elearn.services.teach import classes, counting, listing, sessions
from elearn.services.teach.counting import Verdict
from elearn.web.facets import read_page
from elearn.web.hosts import host_rules
from elearn.web.openings import opens, path_of
from elearn.web.people import current_identity, sign_in_required
from elearn.web.player import SHELL_PERMISSIONS, shell_texts
from elearn.web.sentences import refusal as sentence_for
from elearn.web.taught import lesson_period, note_title, title_choices
from elearn.web.teach_words import ENDS, page_texts, verdict_words
from elearn.web.transactions import house

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material, Version
    from elearn.models.teach import TeachSession
    from elearn.services.teach.counting import Standing
    from elearn.web.taught import TitleChoices

blueprint = Blueprint("teach", __name__)
blueprint.add_app_template_global(lambda: classes.teaches(current_identity()), "may_teach")
blueprint.add_app_template_filter(verdict_words)

PER_PAGE = 30


@blueprint.route("/materials/<uid>/teach", methods=["GET", "POST"])
@sign_in_required
def choose(uid: str) -> ResponseReturnValue:
    """The form for class and lesson period; sending it begins the session."""
    identity = current_identity()
    material = get_material(g.db, identity, uid, Action.PLAY_MATERIAL)
    course = listing.course_with(g.db, identity, request.values.get("course", ""), material)
    if request.method == "GET":
        return _choice(material)
    try:
        begun = sessions.start(
            g.db,
            identity,
            material,
            request.form.get("class", ""),
            lesson_period=lesson_period(),
            course=course,
        )
    except ServiceError as refused:
        if refused.code not in {"teach_class_not_found", "teach_period"}:
            raise
        return _choice(material, sentence_for(refused)), 403 if refused.code == "teach_class_not_found" else 422
    _note_program(begun)
    return redirect(url_for("teach.show", uid=begun.uid), 303)


def _note_program(begun: TeachSession) -> None:
    """Record the program that was chosen beside the material; the lesson begins whatever is said of it."""
    uid = request.form.get("title", "")
    if not uid:
        return
    try:
        with g.db.begin_nested():
            note_title(begun, uid)
    except ServiceError as refused:
        flash(sentence_for(refused), "warning")


def _choice(material: Material, refused: str = "") -> str:
    return render_template(
        "teach/choose.html",
        material=material,
        choices=classes.classes_of(g.db, current_identity(), day_of(g.db)),
        chosen=request.values.get("class", ""),
        period=request.values.get("period", ""),
        course=request.values.get("course", ""),
        periods=sessions.PERIODS,
        titles=_titles(day_of(g.db)),
        program=request.values.get("title", ""),
        refused=refused,
    )


def _titles(day: date) -> TitleChoices | None:
    """The programs a lesson may be taught with; below a learning platform it is declared in the library itself."""
    return title_choices(day) if current_identity().within is None else None


@blueprint.get("/teach/<uid>")
@sign_in_required
def show(uid: str) -> ResponseReturnValue:
    """The presentation while the session runs, afterwards what it was worth."""
    row = sessions.own_session(g.db, current_identity(), uid)
    standing = counting.standing_of(g.db, row, house().settings.timezone)
    ending = sessions.ending_of(row, now())
    if ending is not None:
        titles = _titles(row.started_at.astimezone(house().settings.timezone).date())
        return render_template("teach/ended.html", row=row, standing=standing, ending=ending, ends=ENDS, titles=titles)
    return _presentation(row, standing)


def _presentation(row: TeachSession, standing: Standing) -> Response:
    version = row.version
    mode = _mode(version)
    origin = host_rules().content_address(request, host_label(house().settings.secret_key, version.uid))
    response = make_response(
        render_template(
            "teach/show.html",
            row=row,
            material=version.material,
            mode=mode,
            origin=origin,
            attempt=sessions.attempt_of_session(g.db, row) if mode == "player" else None,
            address=f"{origin}{_path_of(version)}" if origin and mode == "file" else "",
            pages=version.properties.get("pages", 0) if version.material.kind == "pdf" else 0,
            state=_state(row, standing),
            texts={**shell_texts(), **page_texts()},
        )
    )
    response.headers["Permissions-Policy"] = SHELL_PERMISSIONS
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return response


def _mode(version: Version) -> str:
    """How a material is presented: played, shown by the browser, or opened on the teacher's computer."""
    kind = version.material.kind
    if kind in PLAYABLE:
        return "player"
    return "file" if opens(version.material) else "outside"


def _path_of(version: Version) -> str:
    capability = capability_of(house().settings.secret_key, version.uid, version.material.capability_epoch)
    return path_of(version.material, version, capability, "o")


@blueprint.post("/teach/<uid>/beat")
@sign_in_required
def beat(uid: str) -> Response:
    """One sign of life of the visible page; nothing in it is read. What it makes complete is recorded here."""
    row = sessions.beat(g.db, current_identity(), uid)
    return jsonify(_state(row, _count(row)))


@blueprint.post("/teach/<uid>/end")
@sign_in_required
def end(uid: str) -> ResponseReturnValue:
    """End the session; the time since the last sign of life still counts."""
    _count(sessions.beat(g.db, current_identity(), uid))
    sessions.end(g.db, current_identity(), uid)
    return redirect(url_for("teach.show", uid=uid), 303)


def _count(row: TeachSession) -> Standing:
    """Record the act of a session that is due, once; returns what the session is worth now."""
    timezone = house().settings.timezone
    standing = counting.standing_of(g.db, row, timezone)
    if standing.verdict is not Verdict.DUE:
        return standing
    usage.record(g.db, current_identity(), ActKind.TAUGHT, timezone=timezone, **counting.act_of(row, timezone))
    return counting.standing_of(g.db, row, timezone)


def _state(row: TeachSession, standing: Standing) -> dict[str, Any]:
    """What the page shows: whole seconds of active time, and whether the lesson counts, in words."""
    ending = sessions.ending_of(row, now())
    return {
        "active": int(row.active_seconds),
        "needed": standing.needed,
        "verdict": standing.verdict.value,
        "counts": standing.counts,
        "words": str(verdict_words(standing)),
        "ended": ending.end.value if ending else "",
        "ending": str(ENDS[ending.end]) if ending else "",
    }


@blueprint.get("/teach")
@sign_in_required
def mine() -> ResponseReturnValue:
    """The sessions of whoever asks, newest first, each with what it was worth."""
    page = read_page(request.args)
    total, rows = listing.own_sessions(g.db, current_identity(), limit=PER_PAGE, offset=(page - 1) * PER_PAGE)
    moment = now()
    return render_template(
        "teach/mine.html",
        rows=rows,
        standings=counting.standings(g.db, rows, house().settings.timezone) if rows else {},
        running={row.id for row in rows if sessions.ending_of(row, moment) is None},
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: url_for("teach.mine", page=number),
    )
