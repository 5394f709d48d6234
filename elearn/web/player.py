"""Playing, on the application's side: the shell page that holds the frame, codes, renewal and late journals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from elearn.models.learning import AttemptStatus
from elearn.models.usage import ActKind
from elearn.services import courses, usage
from elearn.services.access import Action, may
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.library import get_material
from elearn.services.player.attempts import attempt_of, is_learning, open_attempt
from elearn.services.player.capability import host_label
from elearn.services.player.commits import Commit, take_commit
from elearn.services.player.tokens import issue_code, own_play_session, renew
from elearn.web import ways
from elearn.web.errors import answers_scripts
from elearn.web.hosts import host_rules
from elearn.web.launches import current_launch
from elearn.web.people import current_identity, sign_in_required
from elearn.web.sessions import current_session
from elearn.web.transactions import house

if TYPE_CHECKING:
    from elearn.models.learning import Attempt
    from elearn.models.material import Material

blueprint = Blueprint("player", __name__)
ways.register(blueprint)

LONGEST_PART = 255  # characters of the identifier of a part of a lesson
JOURNAL_SIZE = 5 * 1024 * 1024  # bytes: the largest commit with its session around it
# The frame's SCOs save in `unload`, which browsers allow only when every page above agrees.
SHELL_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=*, autoplay=*, unload=*"


@blueprint.post("/materials/<uid>/play")
@sign_in_required
def play(uid: str) -> Any:
    """Begin or continue the learner's attempt and go to its player."""
    identity = current_identity()
    material = get_material(g.db, identity, uid, Action.PLAY_MATERIAL)
    attempt = open_attempt(g.db, identity, material, anew=request.form.get("anew") == "yes")
    usage.record(
        g.db,
        identity,
        ActKind.LAUNCH,
        timezone=house().settings.timezone,
        material=material,
        version=attempt.registration.version,
        attempt_id=attempt.id,
    )
    part = request.form.get("part", "")[:LONGEST_PART]
    return redirect(url_for("player.shell", uid=attempt.uid, part=part or None))


@blueprint.get("/play/<uid>")
@sign_in_required
def shell(uid: str) -> Any:
    """The page around the player: title, saved badge, journal; its script asks for a code and fills the frame."""
    attempt = attempt_of(g.db, current_identity(), uid)
    material = attempt.registration.version.material
    origin = _content_origin(attempt.registration.version.uid)
    response = make_response(
        render_template(
            "player/shell.html",
            attempt=attempt,
            material=material,
            content_origin=origin,
            back=_back(attempt, material),
            texts=shell_texts(),
            part=request.args.get("part", "")[:LONGEST_PART],
        )
    )
    response.headers["Permissions-Policy"] = SHELL_PERMISSIONS
    # Many SCOs open their lesson in a window of its own, which finds the API through `window.opener`: under the
    # stricter policy of our other pages `window.open` gives content nothing.
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    return response


def _back(attempt: Attempt, material: Material) -> str:
    """Where a learner goes on after the lesson: to where it was opened, a course for instance, or to the material."""
    launch = current_launch()
    if launch is not None:
        return url_for("activity.start") if launch.link_id else url_for("picker.material", uid=material.uid)
    course = courses.course_uid_of(g.db, attempt.registration.placement)
    return url_for("courses.one", uid=course) if course else url_for("library.material", uid=material.uid)


@blueprint.post("/play/<uid>/code")
@answers_scripts
@sign_in_required
def code(uid: str) -> Response:
    """A one-time address for the frame."""
    identity = current_identity()
    attempt = attempt_of(g.db, identity, uid)
    if not may(identity, Action.PLAY_MATERIAL, attempt.registration.version.material):
        raise ForbiddenError("may_not_play")
    if attempt.status is AttemptStatus.ENDED:
        raise ConflictError("attempt_ended")
    courses.require_open(g.db, identity, attempt.registration.placement)
    origin = _content_origin(attempt.registration.version.uid)
    if origin is None:
        abort(503)
    body = _json()
    tab = body.get("tab") if isinstance(body, dict) else None
    is_name = isinstance(tab, str) and tab.isascii() and tab.isprintable()
    browser = current_session().digest
    play_session, secret = issue_code(g.db, identity, attempt, tab if is_name else "", browser=browser)
    part = body.get("part") if isinstance(body, dict) else None
    query = f"?{urlencode({'part': part[:LONGEST_PART]})}" if isinstance(part, str) and part else ""
    return jsonify(url=f"{origin}/p/{secret}{query}", session=play_session.uid)


@blueprint.post("/play/sessions/<uid>/renew")
@answers_scripts
@sign_in_required
def renew_token(uid: str) -> Response:
    """Let the token of an own player page live on; the learner's sign-in vouches for it."""
    renew(own_play_session(g.db, current_identity(), uid), browser=current_session().digest)
    return jsonify(ok=True)


@blueprint.post("/play/journal")
@answers_scripts
@sign_in_required
def journal() -> Response:
    """Take one journalled commit that its page could not deliver; the answer says whether to forget it."""
    request.max_content_length = JOURNAL_SIZE
    body = _json()
    if not isinstance(body, dict) or not isinstance(body.get("session"), str):
        raise ServiceError("commit_malformed", field="session")
    identity = current_identity()
    play_session = own_play_session(g.db, identity, body["session"])
    receipt = take_commit(g.db, play_session, Commit.from_json(body), journalled=True)
    if receipt.completed and is_learning(play_session.attempt):
        version = play_session.attempt.registration.version
        usage.record(
            g.db,
            identity,
            ActKind.COMPLETION,
            timezone=house().settings.timezone,
            material=version.material,
            version=version,
            attempt_id=play_session.attempt_id,
            key=f"completion:{play_session.attempt.uid}",
        )
    return jsonify(receipt.as_dict())


def _json() -> Any:
    """The JSON of the request, or None when it is none, or nested too deeply to be any of ours."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def shell_texts() -> dict[str, dict[str, str]]:
    """The words of the badge and the sentences behind them, by the states the scripts report."""
    words = {
        "opening": _("Opening…"),
        "saving": _("Saving…"),
        "saved": _("Saved"),
        "offline": _("No connection"),
        "kept": _("Kept on this device: {count}"),
        "notKept": _("Not saved yet"),
        "refused": _("Not saved"),
        "failed": _("The lesson cannot be opened"),
        "ended": _("Finished"),
        "signedOut": _("Please sign in again"),
    }
    sentences = {
        "opening": _("The lesson is being opened."),
        "saving": _("What you have done is on its way to the library."),
        "saved": _("Everything you have done here is saved in the library."),
        "network": _("There is no connection to the library; it is tried again and again."),
        "server": _("The library does not answer as it should; it is tried again and again."),
        "kept": _(
            "{count} changes since {time} are kept on this device. They are sent as soon as it is possible, also when "
            "you close this page now and sign in here another day."
        ),
        "notKept": _(
            "{count} changes since {time} are not saved, and this browser keeps nothing. Please leave this page open "
            "until they are sent."
        ),
        "refused": _("The library did not take this. Please go back and open the lesson again."),
        "failed": _("Please go back and open the lesson again."),
        "ended": _("You have finished; everything is saved."),
        "signedOut": _("You are signed out. Sign in again in another tab, then press “Try now”."),
        "noJournal": _("This browser keeps nothing without a connection (a private window, or no room left)."),
    }
    if current_launch() is not None:
        words["signedOut"] = _("This opening has ended")
        sentences["kept"] = _(
            "{count} changes since {time} are kept on this device. They are sent as soon as it is possible, also when "
            "you close this page now and open the activity again on this device another day."
        )
        sentences["signedOut"] = _("Open the activity again where you came from, for example in Moodle.")
    return {"words": words, "sentences": sentences}


def _content_origin(version_uid: str) -> str | None:
    return host_rules().content_address(request, host_label(house().settings.secret_key, version_uid))
