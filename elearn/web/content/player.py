"""The player page on the content host and the run-time endpoints it speaks to with its token."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Response, abort, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from elearn.models.learning import PlacementKind
from elearn.models.usage import ActKind
from elearn.services import usage
from elearn.services.access import load_identity
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.lti.launched import ancestors_of_page
from elearn.services.player import api_log, lease
from elearn.services.player.api_log import is_recorded
from elearn.services.player.attempts import is_learning
from elearn.services.player.capability import capability_of
from elearn.services.player.commits import Commit, take_commit
from elearn.services.player.course import manifest_of
from elearn.services.player.delivery import learner_id
from elearn.services.player.navigation import navigate, open_page
from elearn.services.player.options import play_options
from elearn.services.player.ordinary import take_ordinary
from elearn.services.player.remarks import remember
from elearn.services.player.tokens import TokenError, play_session_of, redeem_code
from elearn.web.content.contents import nested, progress
from elearn.web.content.files import belongs_here
from elearn.web.content.texts import player_texts
from elearn.web.content_findings import MISBEHAVED
from elearn.web.hosts import host_rules
from elearn.web.transactions import house
from scorm.sequencing import NavigationRequest, RequestKind
from scorm.standards import standard_of
from scorm.tolerance import FINDING_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Blueprint
    from sqlalchemy.orm import Session

    from elearn.models.learning import PlaySession
    from elearn.services.player.options import PlayOptions
    from elearn.services.player.view import View

LARGEST_MESSAGE = 4 * 1024 * 1024  # bytes of a commit: 1 MiB of suspend data, interactions, and room
# In the order in which they need one another; the table of the edition's elements comes before them.
SCRIPTS = ("lenient", "runtime", "outbox", "watch", "windows", "fit", "contents", "display", "player")
REMARKS_AT_ONCE = 50
LONGEST_PART = 255  # characters of the identifier of a part
LARGEST_BATCH = 3 * 1024 * 1024  # bytes of a batch of recorded calls
REMARKS = FINDING_CODES | MISBEHAVED.keys()  # what a page may say of its package
LEARNER_REQUESTS = frozenset(
    ["continue", "previous", "choice", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"]
)


class CommitTooLargeError(ServiceError):
    """A message is larger than any honest content needs."""

    status = 413


def register(blueprint: Blueprint) -> None:
    """Add the routes of the player."""
    blueprint.add_url_rule("/p/<code>", view_func=page)
    blueprint.add_url_rule("/rt/commit", view_func=commit, methods=["POST"])
    blueprint.add_url_rule("/rt/navigate", view_func=navigation, methods=["POST"])
    blueprint.add_url_rule("/rt/lease", view_func=take_lease, methods=["POST"])
    blueprint.add_url_rule("/rt/beat", view_func=beat, methods=["POST"])
    blueprint.add_url_rule("/rt/remarks", view_func=remarks, methods=["POST"])
    blueprint.add_url_rule("/rt/release", view_func=release, methods=["POST"])
    blueprint.add_url_rule("/rt/calls", view_func=calls, methods=["POST"])


def page(code: str) -> Response:
    """Exchange a one-time code for a player page; a reload gets a page that asks the shell for a new code."""
    if request.method == "HEAD":
        abort(405)  # looking must not use the code up
    app = host_rules().app_origin(request)
    part = request.args.get("part", "")[:LONGEST_PART]
    try:
        with house().database.write() as session:
            g.framed_by = ancestors_of_page(session, code)
            play, token = redeem_code(session, code)
            if not belongs_here(play.attempt.registration.version.uid):
                abort(404)
            view = open_page(session, play, part=part)
            if view.completed:
                _record_completion(session, play)
            shown = _page(session, play, token, view, app)
            shown["start"]["part"] = part
    except ConflictError as error:
        return make_response(render_template("player/again.html", app_origin=app, reason=error.code), 409)
    return make_response(render_template("player/page.html", **shown))


def _page(session: Session, play: PlaySession, token: str, view: View, app: str | None) -> dict[str, Any]:
    manifest = manifest_of(session, play.attempt.registration.version)
    options = play_options(play.attempt.registration.version.material)
    contents = nested(view.toc)
    done, count = progress(contents)
    start = {
        "token": token,
        "session": play.uid,
        "attempt": play.attempt.uid,
        "app": app,
        "standard": standard_of(manifest.edition).name,
        "files": files_base(play, " ".join(g.framed_by)),
        "tolerance": options.tolerance.as_dict(),
        "play": _play(options),
        "view": view.as_dict(),
        "calls": is_recorded(session, play.attempt),
        "text": player_texts(),
    }
    return {
        "start": start,
        "view": view,
        "contents": contents,
        "done": done,
        "count": count,
        "reasons": start["text"]["why"],
        "scripts": ("calls", *SCRIPTS) if start["calls"] else SCRIPTS,
        "title": manifest.organization.title or manifest.title,
        "learner_id": learner_id(play),
        "in_platform": bool(g.framed_by),
        "in_course": play.attempt.registration.placement.kind is PlacementKind.COURSE_ITEM,
        "table": f"player/table-{manifest.edition.value.replace(' ', '-')}.js",
    }


def _play(options: PlayOptions) -> dict[str, Any]:
    """What the page has to know of the author's switches."""
    size = {"width": options.frame_width, "height": options.frame_height}
    return {"own_window": options.own_window, "size": size}


def files_base(play: PlaySession, framed_by: str = "") -> str:
    """The path below which the files of the played version lie."""
    version = play.attempt.registration.version
    epoch = version.material.capability_epoch
    return f"/f/{capability_of(house().settings.secret_key, version.uid, epoch, framed_by)}/"


def commit() -> Response:
    """Take a commit; it is stored for good when this answers 200."""
    message = Commit.from_json(_message())
    quick = take_ordinary(g.db, _token(), message, belongs_here)
    if quick is not None:
        return jsonify(quick.as_dict())
    play = _bearer()
    with _leaving_anyway(message):
        receipt = take_commit(g.db, play, message)
    if receipt.completed:
        _record_completion(g.db, play)
    return jsonify(receipt.as_dict())


def navigation() -> Response:
    """Take the last commit of the running content and perform a navigation request."""
    body = _message()
    message, wanted = Commit.from_json(body), _request_of(body)
    play = _bearer()
    with _leaving_anyway(message):
        return _shown(play, navigate(g.db, play, message, wanted))


@contextmanager
def _leaving_anyway(message: Commit) -> Iterator[None]:
    """Let a page that goes away give its lease up also when what it says last is refused."""
    try:
        yield
    except ConflictError:
        if message.leave:
            g.db.rollback()  # nothing was changed; it only holds the lock that the next line needs
            with house().database.write() as session:
                lease.release(_known(session))
        raise


def take_lease() -> Response:
    """Take the attempt over from another page, at the learner's word."""
    play = _bearer()
    return _shown(play, open_page(g.db, play, take_over=True))


def _shown(play: PlaySession, view: View) -> Response:
    if view.completed:
        _record_completion(g.db, play)
    return jsonify(view.as_dict())


def beat() -> Response:
    """Keep the lease while content is silent."""
    play = _bearer()
    if not lease.holds(play):
        raise ConflictError("lease_lost")
    lease.extend(play)
    return jsonify(ok=True)


def remarks() -> Response:
    """Count what the page has noticed about its package; content could say anything here, so little is believed."""
    body = _message()
    said = body.get("remarks") if isinstance(body, dict) else None
    if not isinstance(said, list) or len(said) > REMARKS_AT_ONCE:
        raise ServiceError("commit_malformed", field="remarks")
    play = _bearer()
    for remark in said:
        code, place = (remark.get("code"), remark.get("place", "")) if isinstance(remark, dict) else (None, None)
        if not isinstance(code, str) or code not in REMARKS or not isinstance(place, str):
            raise ServiceError("commit_malformed", field="remarks")
        remember(g.db, play.attempt.registration.version_id, code, place)
    return jsonify(ok=True)


def release() -> Response:
    """Let another page have the attempt at once; the one that asks is going away."""
    lease.release(_bearer())
    return jsonify(ok=True)


def calls() -> Response:
    """Keep a batch of recorded calls; it locks nothing that commits need."""
    body = _message(LARGEST_BATCH)
    play = api_log.page_of(g.db, _token())
    if not belongs_here(play.attempt.registration.version.uid):
        raise TokenError("token_unknown")
    return jsonify(kept=api_log.take_calls(g.db, play, body))


def _bearer() -> PlaySession:
    """The page that asks; its rows stay locked, so the message has been read before."""
    return _known(g.db)


def _known(session: Session) -> PlaySession:
    """The page that asks, known by its token."""
    play = play_session_of(session, _token())
    if not belongs_here(play.attempt.registration.version.uid):
        raise TokenError("token_unknown")
    return play


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        raise TokenError("token_unknown")
    return token


def _message(largest: int = LARGEST_MESSAGE) -> object:
    """The JSON of the request, or None when it is none."""
    request.max_content_length = largest
    try:
        return request.get_json(force=True, silent=True)
    except RequestEntityTooLarge as error:
        raise CommitTooLargeError("commit_too_large", limit=largest) from error
    except RecursionError:
        return None


def _request_of(body: Any) -> NavigationRequest | None:
    """The learner's navigation request of a message; None: the content asks, with what it has set."""
    wanted = body.get("request")
    if wanted is None:
        return None
    kind, target = (wanted.get("kind"), wanted.get("target", "")) if isinstance(wanted, dict) else (None, None)
    if not isinstance(kind, str) or not isinstance(target, str) or kind not in LEARNER_REQUESTS:
        raise ServiceError("request_malformed")
    return NavigationRequest(RequestKind(kind), target)


def _record_completion(session: Session, play: PlaySession) -> None:
    if not is_learning(play.attempt):
        return
    version = play.attempt.registration.version
    usage.record(
        session,
        load_identity(session, play.account_id),
        ActKind.COMPLETION,
        timezone=house().settings.timezone,
        material=version.material,
        version=version,
        attempt_id=play.attempt_id,
        key=f"completion:{play.attempt.uid}",
    )
