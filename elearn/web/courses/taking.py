"""Taking a course: a lesson opens in the player and returns here, a file opens from its content host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, redirect, request, url_for

from elearn.models.usage import ActKind
from elearn.services import courses
from elearn.services.errors import NotFoundError, ServiceError
from elearn.web.courses.one import learner_page
from elearn.web.library import file_address
from elearn.web.openings import opens
from elearn.web.people import current_identity, sign_in_required
from elearn.web.transactions import house, short_write
from elearn.web.usage import comes_from_us, is_visit

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Version


def register(blueprint: Blueprint) -> None:
    """Add the routes of launches."""
    add = blueprint.add_url_rule
    add("/courses/<uid>/items/<item>/launch", endpoint="launch", view_func=launch, methods=["POST"])
    add("/courses/<uid>/items/<item>/open", endpoint="open_file", view_func=open_file)


@sign_in_required
def launch(uid: str, item: str) -> ResponseReturnValue:
    """Begin or go on with a lesson; what the course does not allow is told on its page."""
    identity = current_identity()
    try:
        launched = courses.launch(g.db, identity, uid, item, anew=request.form.get("anew") == "yes")
    except NotFoundError:
        raise
    except ServiceError as refused:
        if refused.code in {"course_not_begun", "course_over"}:
            raise
        g.db.rollback()
        return learner_page(uid, refused), refused.status
    courses.record_launch(g.db, identity, launched, house().settings.timezone)
    return redirect(url_for("player.shell", uid=launched.attempt.uid), 303)


@sign_in_required
def open_file(uid: str, item: str) -> ResponseReturnValue:
    """Note that a file is opened, and go to it on its content host."""
    # A link and not a form: browsers stop a form whose answer leads to another origin (CSP form-action).
    if not (is_visit() and comes_from_us()):
        return redirect(url_for("courses.one", uid=uid), 303)
    identity = current_identity()
    try:
        with short_write() as session:
            visited = courses.visit(session, identity, uid, item)
            version = visited.attempt.registration.version
            kind = ActKind.LAUNCH if opens(version.material, version) else ActKind.DOWNLOAD
            courses.record_launch(session, identity, visited, house().settings.timezone, kind)
            address = _address(version)
    except NotFoundError:
        raise
    except ServiceError as refused:
        if refused.code in {"course_not_begun", "course_over"}:
            raise
        return learner_page(uid, refused), refused.status
    return redirect(address, 303)


def _address(version: Version) -> str:
    address = file_address(version.material, "o" if opens(version.material, version) else "d", version)
    if address is None:
        raise ServiceError("no_content_origin")
    return address
