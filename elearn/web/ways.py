"""After the end of an attempt: what the learner may go on with, and going on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, jsonify, redirect, request, url_for

from elearn.models.usage import ActKind
from elearn.services import courses, usage
from elearn.services.access import Action, may
from elearn.services.errors import ServiceError
from elearn.services.lti.activity import link_at
from elearn.services.lti.acts import record_launch
from elearn.services.player.attempts import PLAYABLE, attempt_of, has_attempts_left, is_learning, open_at
from elearn.web.errors import answers_scripts
from elearn.web.people import current_identity, sign_in_required
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint, Response
    from flask.typing import ResponseReturnValue

    from elearn.models.course import CourseItem
    from elearn.models.learning import Attempt


def register(blueprint: Blueprint) -> None:
    """Add the routes to those of the player."""
    blueprint.add_url_rule("/play/<uid>/ways", endpoint="ways", view_func=ways)
    blueprint.add_url_rule("/play/<uid>/ways", endpoint="go_on", view_func=go_on, methods=["POST"])


@answers_scripts
@sign_in_required
def ways(uid: str) -> Response:
    """Whether the learner may begin once more, and the title of what follows in the course."""
    attempt = attempt_of(g.db, current_identity(), uid)
    item = courses.item_at(g.db, attempt.registration.placement)
    following = _following(item)
    return jsonify(retry=_may_retry(attempt), next=following.title if following else None)


def _may_retry(attempt: Attempt) -> bool:
    identity, registration = current_identity(), attempt.registration
    if not is_learning(attempt) or not may(identity, Action.PLAY_MATERIAL, registration.version.material):
        return False
    try:
        courses.require_open(g.db, identity, registration.placement)
    except ServiceError:
        return False
    return has_attempts_left(g.db, registration.account_id, registration.placement)


def _following(item: CourseItem | None) -> CourseItem | None:
    try:
        return courses.next_item(g.db, current_identity(), item) if item else None
    except ServiceError:
        return None  # the course has ended meanwhile


@sign_in_required
def go_on(uid: str) -> ResponseReturnValue:
    """Begin once more, or go to what follows in the course; refusals are pages."""
    attempt = attempt_of(g.db, current_identity(), uid)
    item = courses.item_at(g.db, attempt.registration.placement)
    way = request.form.get("way")
    if way == "retry" and item:
        return _launch(item)
    if way == "retry" and is_learning(attempt):
        return _once_more(attempt)
    if way == "next" and item:
        following = _following(item)
        if following and following.placement.material.kind in PLAYABLE:
            return _launch(following)
        return redirect(url_for("courses.one", uid=item.course.uid), 303)
    raise ServiceError("request_malformed")


def _launch(item: CourseItem) -> ResponseReturnValue:
    identity = current_identity()
    launched = courses.launch(g.db, identity, item.course.uid, item.uid, anew=True)
    courses.record_launch(g.db, identity, launched, house().settings.timezone)
    return redirect(url_for("player.shell", uid=launched.attempt.uid), 303)


def _once_more(attempt: Attempt) -> ResponseReturnValue:
    begun = open_at(g.db, current_identity(), attempt.registration.placement, anew=True)
    _record(begun)
    return redirect(url_for("player.shell", uid=begun.uid), 303)


def _record(begun: Attempt) -> None:
    timezone, registration = house().settings.timezone, begun.registration
    link = link_at(g.db, registration.placement)
    if link is not None:
        record_launch(g.db, current_identity(), link, begun, timezone)
        return
    usage.record(
        g.db,
        current_identity(),
        ActKind.LAUNCH,
        timezone=timezone,
        material=registration.version.material,
        version=registration.version,
        attempt_id=begun.id,
    )
