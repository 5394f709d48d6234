"""Finding materials and the page of one: what it is, what one can do with it, and how it is used."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.models.learning import AttemptStatus, PlacementKind
from elearn.models.material import Status, VersionState
from elearn.models.usage import ActKind
from elearn.services import duplicates
from elearn.services.access import REVIEWERS, Action, is_independent, is_maker, may
from elearn.services.drafts import delete_draft
from elearn.services.errors import ConflictError, NotFoundError
from elearn.services.learning import begun_material
from elearn.services.library import get_material, pictures_of
from elearn.services.player.attempts import PLAYABLE, attempts_on
from elearn.services.player.capability import capability_of, host_label
from elearn.services.previews import pages_of
from elearn.services.safety import HELD, HELD_BACK, state_of
from elearn.services.search import search as find
from elearn.services.search import similar
from elearn.services.tombstones import gone_material, tombstone_of
from elearn.services.usage import taught_with, use_of
from elearn.web import pictures
from elearn.web.caption_words import CAPTION_LANGUAGES
from elearn.web.changes import changes_of
from elearn.web.display import duration, file_size, in_order, marked, subject_icon
from elearn.web.facet_names import names_of
from elearn.web.facets import MORE_FACETS, PER_PAGE, SHOWN_FACETS, counted_for, facets_of, orders_of, read_question
from elearn.web.hosts import host_rules
from elearn.web.launches import framed_by
from elearn.web.material_words import install_words
from elearn.web.openings import OUTLINED_KINDS, look_note, opens, path_of, way_to_part
from elearn.web.people import current_identity, sign_in_required
from elearn.web.playing import noticed, switched_on
from elearn.web.programme import load_programme
from elearn.web.records import record_of
from elearn.web.search_help import ways_out_of
from elearn.web.search_log import searched
from elearn.web.sentences import refusal as sentence_for
from elearn.web.software.side import side_of
from elearn.web.transactions import house, short_read
from elearn.web.usage import comes_from_us, record_visit
from scorm.records import json_ld

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt
    from elearn.models.material import Material, Version
    from elearn.services.errors import ServiceError
    from elearn.web.software.side import TitleSide

blueprint = Blueprint("library", __name__)
for _filter in (marked, file_size, duration, subject_icon, in_order, changes_of):
    blueprint.add_app_template_filter(_filter)
blueprint.add_app_template_global(way_to_part)
install_words(blueprint)
pictures.register(blueprint)

LONGEST_PART = 255  # characters of the key of a part
MOST_PAGES = 1_000_000


@blueprint.get("/library")
def search() -> ResponseReturnValue:
    """The result page; without a question it shows everything, newest first."""
    programme, identity = load_programme(g.db), current_identity()
    question = read_question(request.args, programme)
    result = find(
        g.db,
        house().engine,
        identity,
        question.text,
        question.chosen,
        limit=PER_PAGE,
        offset=question.offset,
        sort=question.sort,
        facets=counted_for(identity),
        literal=question.literal,
    )
    if question.page == 1 and not result.degraded:
        searched(question, result.total)
    names = names_of(g.db, identity, programme, question, result.facets)
    materials = [found.material for found in result.found]
    return render_template(
        "library/search.html",
        question=question,
        result=result,
        facets=facets_of(question, result.facets, names, _search_address, (*SHOWN_FACETS, *MORE_FACETS, "author")),
        orders=orders_of(question, _search_address),
        ways_out=ways_out_of(question, names, _search_address) if not result.total else (),
        pages=ceil(result.total / PER_PAGE),
        pictures=pictures_of(g.db, materials),
        taught=taught_with(g.db, [material.id for material in materials]),
        opens_files=host_rules().content_address(request, "any") is not None,
        programme=programme,
        page_address=lambda page: _search_address(**question.query(page=page)),
    )


def _search_address(**parts: Any) -> str:
    return url_for("library.search", **parts)


@blueprint.get("/materials/<uid>")
def material(uid: str) -> ResponseReturnValue:
    """The page of a material; looking at a published one is recorded once the page is ready."""
    with short_read() as session:
        try:
            found = get_material(session, current_identity(), uid)
        except NotFoundError:
            return _end_page(session, uid)
        page = material_page(session, found)
    if found.status is Status.PUBLISHED:
        record_visit(ActKind.VIEW, found, found.current_version)
    return page


def _end_page(session: Session, uid: str) -> ResponseReturnValue:
    """What somebody sees of a material that is no longer for them: what became of it, and the own attempts.

    Raises:
        NotFoundError: it never was for them.
    """
    identity = current_identity()
    begun, gone = begun_material(session, identity, uid), gone_material(session, identity, uid)
    if begun is None and gone is None:
        raise NotFoundError("material_not_found")
    found = begun or gone[0]
    page = render_template(
        "library/left.html",
        material=found,
        tombstone=gone[1] if gone else tombstone_of(session, found),
        attempts=[] if begun is None else attempts_on(session, identity, found),
        programme=load_programme(session),
    )
    return page, 200 if begun is not None else 410


def material_page(session: Session, found: Material, refused: ServiceError | None = None, where: str = "") -> str:
    """The page with everything its reader may know and do; `refused` is shown beside the form named by `where`."""
    identity, version = current_identity(), found.current_version
    allowed = {action.value: may(identity, action, found) for action in _ASKED}
    answers = allowed["edit_material"] or allowed["review_material"] or allowed["see_usage"]
    reviews = identity.reaches(REVIEWERS, found.unit_id)
    learns = not identity.is_anonymous and found.kind in PLAYABLE
    attempts = attempts_on(session, identity, found) if learns else []
    programme = load_programme(session)
    software = side_of(session, found)
    card = _card_of(session, found, software)
    screens = [picture.uid for picture in software.pictures] if software else []
    return render_template(
        "library/material.html",
        material=found,
        version=version,
        allowed=allowed,
        is_playable=found.kind in PLAYABLE,
        is_openable=opens(found),
        can_open_parts=opens(found)
        and (found.kind in OUTLINED_KINDS or found.kind == "html5" or pages_of(version) > 0),
        pages=pages_of(version),
        look_note=look_note(found) if answers or allowed["download_material"] else "",
        captions=version.captions if version and found.kind in {"video", "audio"} else [],
        caption_languages=CAPTION_LANGUAGES,
        has_content_origin=content_origin(found) is not None,
        attempts=attempts,
        outdated=_outdated(attempts, version),
        twins=duplicates.twins_of(session, identity, found, reviews=reviews) if answers else None,
        tombstone=tombstone_of(session, found) if found.status is not Status.PUBLISHED else None,
        waiting=_waiting(found) if answers else None,
        history=found.steps if answers else [],
        is_barred=_is_barred(found),
        use=use_of(session, found.id),
        remarks=noticed(session, version),
        switched_on=switched_on(found),
        may_set_playing=found.kind in PLAYABLE and may(identity, Action.SET_PLAY_OPTIONS, found),
        picture=card,
        alike=_alike(session, found),
        programme=programme,
        linked_data=json_ld(record_of(found, programme, card, screens)),
        software=software,
        refused=sentence_for(refused) if refused else "",
        where=where,
        held=_held(session, version),
    )


def _card_of(session: Session, found: Material, software: TitleSide | None) -> str:
    """The digest of the picture of the card; of a title without a file it is the first of those shown beside it."""
    if software is not None and found.current_version is None:
        return software.pictures[0].blob_sha256 if software.pictures else ""
    return pictures_of(session, [found]).get(found.id, "")


def _held(session: Session, version: Version | None) -> str:
    """Why nobody is given the file, "" when it is handed out."""
    state = state_of(session, version.blob_sha256) if version is not None else None
    return sentence_for(ConflictError(HELD_BACK[state])) if state in HELD else ""


def _alike(session: Session, found: Material) -> list[tuple[Material, str]]:
    """The materials most like one, with the pictures of their cards."""
    alike = similar(session, house().engine, current_identity(), found.uid)
    pictures = pictures_of(session, alike)
    return [(material, pictures.get(material.id, "")) for material in alike]


def _outdated(attempts: list[Attempt], version: Version | None) -> Attempt | None:
    """The attempt that a launch from this page goes on with, where it is at an older version than is offered now."""
    here = (attempt for attempt in attempts if attempt.registration.placement.kind is PlacementKind.SELF_STUDY)
    last = next(here, None)
    if last is None or version is None or last.status is AttemptStatus.ENDED:
        return None
    return last if last.registration.version_id != version.id else None


def _waiting(found: Material) -> Version | None:
    return next((version for version in found.versions if version.state is VersionState.WAITING), None)


def _is_barred(found: Material) -> bool:
    """Whether the reader would review it, had they not edited what others are to approve."""
    identity = current_identity()
    reviews = found.status is Status.SUBMITTED and identity.reaches(REVIEWERS, found.unit_id)
    return reviews and not is_maker(identity, found) and not is_independent(identity, found)


_ASKED = (
    Action.EDIT_MATERIAL,
    Action.CHANGE_FILE,
    Action.ACCEPT_VERSION,
    Action.SET_PLAY_OPTIONS,
    Action.SUBMIT_MATERIAL,
    Action.REVIEW_MATERIAL,
    Action.WITHDRAW_MATERIAL,
    Action.DELETE_MATERIAL,
    Action.DOWNLOAD_MATERIAL,
    Action.PLAY_MATERIAL,
    Action.SEE_USAGE,
)


@blueprint.get("/materials/<uid>/open")
def open_file(uid: str) -> ResponseReturnValue:
    """Record that a material is opened, and go to it on its content host: at a page or part, where one is named."""
    page = request.args.get("page", 0, int)
    part = request.args.get("part", "")[:LONGEST_PART]
    return _hand_out(uid, "o", ActKind.LAUNCH, page=page if 0 < page < MOST_PAGES else 0, part=part)


@blueprint.get("/materials/<uid>/download")
def download(uid: str) -> ResponseReturnValue:
    """Record a download, and go to the file on its content host."""
    return _hand_out(uid, "d", ActKind.DOWNLOAD)


def _hand_out(uid: str, route: str, act: ActKind, *, page: int = 0, part: str = "") -> ResponseReturnValue:
    # A link and not a form: browsers stop a form whose answer leads to another origin (CSP form-action).
    with short_read() as session:
        found = get_material(session, current_identity(), uid, Action.DOWNLOAD_MATERIAL)
        held = state_of(session, found.current_version.blob_sha256) if found.current_version else None
        version, address = found.current_version, file_address(found, route, page=page, part=part)
        can_open = opens(found)
    if version is None or (route == "o" and not can_open):
        abort(404)
    if held in HELD:
        raise ConflictError(HELD_BACK[held])
    if address is None:
        flash(
            gettext("Files cannot be opened at this address yet. The operator must set ELEARN_CONTENT_ORIGIN."), "error"
        )
        return redirect(url_for("library.material", uid=uid), 303)
    if comes_from_us():
        record_visit(act, found, version)
    return redirect(address, 303)


def file_address(
    found: Material, route: str, version: Version | None = None, *, page: int = 0, part: str = ""
) -> str | None:
    """Where the file of a version (default: the current one) is opened (`o`) or downloaded (`d`).

    None when nobody has set an origin.
    """
    version = version or found.current_version
    origin = content_origin(found, version)
    if version is None or origin is None:
        return None
    capability = capability_of(house().settings.secret_key, version.uid, found.capability_epoch, framed_by())
    return origin + path_of(found, version, capability, route, page=page, part=part)


def content_origin(found: Material, version: Version | None = None) -> str | None:
    """The origin from which a version (default: the current one) plays and downloads; None when nobody has set one."""
    version = version or found.current_version
    if version is None:
        return None
    label = host_label(house().settings.secret_key, version.uid)
    return host_rules().content_address(request, label)


@blueprint.post("/materials/<uid>/delete")
@sign_in_required
def delete(uid: str) -> ResponseReturnValue:
    """Delete a draft of one's own that nobody else has touched."""
    found = get_material(g.db, current_identity(), uid, Action.DELETE_MATERIAL)
    title = found.title
    try:
        delete_draft(g.db, current_identity(), found)
    except ConflictError as refused:
        return material_page(g.db, found, refused, "delete"), refused.status
    flash(gettext("“%(title)s” has been deleted.", title=title), "success")
    return redirect(url_for("contribute.mine"), 303)
