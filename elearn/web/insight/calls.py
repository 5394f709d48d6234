"""The calls of content in an attempt: switched on and off, read with a filter, taken as CSV."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.models.play_log import ApiLog
from elearn.services import courses, insight
from elearn.services.access import Action
from elearn.services.player import api_log
from elearn.services.player.options import play_options, set_play_options
from elearn.services.sheets import CSV_TYPE, Sheet, write_csv
from elearn.web.insight.answers import PLACE as ANSWERS
from elearn.web.insight.call_words import HEADINGS, error_sentence
from elearn.web.people import current_identity, sign_in_required

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.services.player.api_log import Call

SHOWN = 200  # calls on a page


def register(blueprint: Blueprint) -> None:
    """Add the routes."""
    blueprint.add_url_rule("/attempts/<uid>/calls", endpoint="calls", view_func=calls)
    blueprint.add_url_rule("/attempts/<uid>/calls.csv", endpoint="calls_csv", view_func=calls_csv)
    blueprint.add_url_rule("/attempts/<uid>/calls", endpoint="record", view_func=record, methods=["POST"])
    blueprint.add_url_rule(ANSWERS, endpoint="record_item", view_func=record_item, methods=["POST"])


@sign_in_required
def calls(uid: str) -> ResponseReturnValue:
    """The recorded calls of an attempt."""
    found = insight.look_into(g.db, current_identity(), uid)
    kept = _chosen(found.attempt.id)
    pages = max(1, -(-len(kept) // SHOWN))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return render_template(
        "insight/calls.html",
        found=found,
        calls=kept[(page - 1) * SHOWN : page * SHOWN],
        count=len(kept),
        page=page,
        pages=pages,
        page_address=lambda number: url_for("insight.calls", uid=uid, page=number, **_question()),
        question=_question(),
        log=g.db.get(ApiLog, found.attempt.id),
        is_on=api_log.is_recorded(g.db, found.attempt),
        options=play_options(found.material),
        standard=_standard(found),
    )


def _standard(found: insight.Insight) -> str:
    return "1.2" if found.attempt.registration.version.edition == "1.2" else "2004"


def _question() -> dict[str, str]:
    """The filter of the address, without what is not set."""
    asked = {"errors": request.args.get("errors", ""), "element": request.args.get("element", "")[:200]}
    return {name: value for name, value in asked.items() if value}


def _chosen(attempt_id: int) -> list[Call]:
    question = _question()
    kept = api_log.calls_of(g.db, attempt_id)
    return api_log.filtered(kept, errors="errors" in question, element=question.get("element", ""))


@sign_in_required
def calls_csv(uid: str) -> ResponseReturnValue:
    """The calls that the filter leaves, as CSV."""
    found = insight.look_into(g.db, current_identity(), uid)
    standard = _standard(found)
    rows = [
        [
            call.at.isoformat(timespec="milliseconds"),
            call.method,
            call.element,
            call.value,
            call.result,
            call.error,
            str(error_sentence(call.error, standard)),
        ]
        for call in _chosen(found.attempt.id)
    ]
    written = io.BytesIO()
    write_csv(written, Sheet("", [str(heading) for heading in HEADINGS], rows))
    response = Response(written.getvalue(), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{uid[-8:]}-calls.csv"'
    return response


@sign_in_required
def record(uid: str) -> ResponseReturnValue:
    """Switch the record on or off: of this attempt, or (an author's own trial) of the material."""
    identity = current_identity()
    found = insight.look_into(g.db, identity, uid)
    on = request.form.get("on") == "yes"
    if request.form.get("of") == "material" and found.item is None:
        set_play_options(g.db, identity, found.material, api_log=on)
    else:
        api_log.record_attempt(g.db, identity.account_id, found.attempt, on=on)
    _tell(on=on)
    return redirect(url_for("insight.calls", uid=uid), 303)


@sign_in_required
def record_item(uid: str, class_uid: str, item: str) -> ResponseReturnValue:
    """Switch the record of all attempts at an item of a course on or off."""
    course = courses.get_course(g.db, current_identity(), uid, Action.TEACH_COURSE)
    courses.opening_of(course, class_uid)
    on = request.form.get("on") == "yes"
    api_log.record_placement(g.db, courses.item_of(course, item).placement, on=on)
    _tell(on=on)
    return redirect(url_for("insight.item", uid=uid, class_uid=class_uid, item=item), 303)


def _tell(*, on: bool) -> None:
    if on:
        flash(
            gettext("Calls are recorded whenever the lesson is opened from now on. Learners read that they are."),
            "success",
        )
    else:
        flash(gettext("Calls are not recorded any more. What was recorded stays for 90 days."), "success")
