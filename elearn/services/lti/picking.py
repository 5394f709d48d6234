"""What a teacher picks for a course of a platform: a basket kept with the launch, and its one signed answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from elearn.clock import now
from elearn.identifiers import new_token
from elearn.lti.claims import HISTORY, DeepLinkingSettings
from elearn.lti.deep_linking import Asked, Picked, response
from elearn.models.course import Course, CourseStatus
from elearn.models.lti_courses import LtiSession
from elearn.models.material import Material, Status, Version
from elearn.services.access import visible_materials
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.library import pictures_of
from elearn.services.lti.pdf_pages import page_of
from elearn.services.player.attempts import PLAYABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from elearn.models.material import Part
    from elearn.services.access import Identity

    Entitle = Callable[["Choice"], str]

MOST = 30  # items of one answer; it goes through the browser as one field of a form
LONGEST_TEXT = 1000
MAXIMUM = 100.0  # of a grade column: lessons tell their scores as shares, and teachers think in hundreds
TAG = "elearn"
_CHOSEN = "chosen"  # beside the settings in `LtiSession.picking`
_PLACE = re.compile(r"(?:(m)/([0-9a-f]{32})(?:/p/([^/]{1,800}))?|(c)/([0-9a-f]{32}))")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be put into a course: a published material, a single part of it, or a course.

    `place` is what stands behind `/lti/open/` in its address, `page` the one page of a document.
    """

    place: str
    title: str
    material: Material | None = None
    part: Part | None = None
    course: Course | None = None
    page: int | None = None

    @property
    def gives_grade(self) -> bool:
        """Whether a grade column makes sense.

        Lessons tell how a learner did, and a course how much of it is done. Of a file nobody knows more than that it
        was opened: a column full of hundreds would lie.
        """
        return self.course is not None or (self.material is not None and self.material.kind in PLAYABLE)


def place_of(material: Material, part: Part | None = None) -> str:
    """The place of a material or of a part of it."""
    return f"m/{material.uid}" + (f"/p/{quote(part.key, safe='')}" if part else "")


def place_of_page(material: Material, page: int | str) -> str:
    """The place of one page of a document; whether there is such a page is seen when it is chosen."""
    return f"m/{material.uid}/p/{quote(str(page), safe='')}"


def title_of(choice: Choice) -> str:
    """What a choice is called where nobody gives it words."""
    return choice.title if choice.page is None else f"{choice.title} ({choice.page})"


def asked_of(launched: LtiSession) -> Asked:
    """Who asks this launch for an answer.

    Raises:
        NotFoundError: `lti_not_picking`; it is a launch of something else.
    """
    if launched.picking is None:
        raise NotFoundError("lti_not_picking")
    platform = launched.deployment.platform
    settings = DeepLinkingSettings.from_json(launched.picking)
    return Asked(platform.issuer, platform.client_id, launched.deployment.name, settings)


def choose(session: Session, identity: Identity, launched: LtiSession, place: str) -> Choice:
    """Put something into the basket of a launch; where the platform takes one thing, it replaces what was there.

    Raises:
        NotFoundError: `lti_not_picking`; `lti_choice_not_found`; there is no such thing for this platform.
        ConflictError: `lti_picked_already`, `lti_links_refused`.
        ServiceError: `lti_too_many` with `most`.
    """
    asked = asked_of(launched)
    _check_open(launched)
    if not asked.takes_links:
        raise ConflictError("lti_links_refused")
    found = find_choices(session, identity, [place])
    if not found:
        raise NotFoundError("lti_choice_not_found")
    kept = [each for each in _kept(launched) if each != place] if asked.settings.accept_multiple else []
    if len(kept) >= MOST:
        raise ServiceError("lti_too_many", most=MOST)
    _keep(session, launched, [*kept, place])
    return found[0]


def put_back(session: Session, launched: LtiSession, place: str) -> None:
    """Take something out of the basket; what is not in it changes nothing.

    Raises:
        NotFoundError, ConflictError: `lti_not_picking`, `lti_picked_already`.
    """
    asked_of(launched)
    _check_open(launched)
    _keep(session, launched, [each for each in _kept(launched) if each != place])


def basket(session: Session, identity: Identity, launched: LtiSession) -> list[Choice]:
    """What is in the basket, in the order of picking; what was withdrawn meanwhile is left out."""
    return find_choices(session, identity, _kept(launched))


def answer(
    session: Session,
    identity: Identity,
    launched: LtiSession,
    private: str,
    *,
    origin: str,
    entitle: Entitle = title_of,
) -> str:
    """The signed answer with what is in the basket; a launch has one only. An empty basket is a cancel.

    `origin` is ours, as the platform knows it; `entitle` says what a choice is called there.

    Raises:
        NotFoundError, ConflictError: `lti_not_picking`, `lti_picked_already`.
    """
    asked = asked_of(launched)
    claimed = update(LtiSession).where(LtiSession.digest == launched.digest, LtiSession.picked_at.is_(None))
    # Of two answers at once only one changes the row.
    if session.execute(claimed.values(picked_at=now())).rowcount != 1:
        raise ConflictError("lti_picked_already")
    choices = basket(session, identity, launched)
    pictures = _with_picture(session, choices)
    picked = [replace(_picked(choice, origin, pictures), title=entitle(choice)[:255]) for choice in choices]
    return response(private, asked, picked, nonce=new_token(), now=now().timestamp())


def cancel(
    session: Session,
    identity: Identity,
    launched: LtiSession,
    private: str,
    *,
    origin: str,
    entitle: Entitle = title_of,
) -> str:
    """The signed answer of somebody who wants nothing.

    Raises:
        NotFoundError, ConflictError: as `answer`.
    """
    asked_of(launched)
    _check_open(launched)
    _keep(session, launched, [])
    return answer(session, identity, launched, private, origin=origin, entitle=entitle)


def find_choices(session: Session, identity: Identity, places: Iterable[str]) -> list[Choice]:
    """What stands at some places, in their order, in two queries; what this platform may not have is left out."""
    read = [(place, found) for place in places if (found := _PLACE.fullmatch(place))]
    materials = _materials(session, identity, [found[2] for _, found in read if found[1]])
    courses = {course.uid: course for course in open_courses(session, identity, [f[5] for _, f in read if f[4]])}
    choices = [
        _course_choice(courses.get(found[5])) if found[4] else _material_choice(materials.get(found[2]), found[3])
        for _, found in read
    ]
    return [choice for choice in choices if choice is not None]


def open_courses(session: Session, identity: Identity, uids: Iterable[str] | None = None) -> list[Course]:
    """The open courses of the platform's unit, by title; or those of them with some uids."""
    query = select(Course).where(Course.unit_id.in_(identity.home_units), Course.status == CourseStatus.OPEN)
    if uids is not None:
        query = query.where(Course.uid.in_(list(uids)))
    query = query.options(joinedload(Course.owner), selectinload(Course.items))
    return list(session.scalars(query.order_by(Course.title, Course.id).limit(200)))


def as_reader(identity: Identity) -> Identity:
    """Whoever picks, as one of the platform's unit: what only its author sees, no learner could open."""
    return replace(identity, account_id=None, person_id=None, grants=())


def _materials(session: Session, identity: Identity, uids: list[str]) -> dict[str, Material]:
    query = select(Material).where(
        Material.uid.in_(uids), Material.status == Status.PUBLISHED, visible_materials(as_reader(identity))
    )
    query = query.options(joinedload(Material.current_version).selectinload(Version.parts), joinedload(Material.unit))
    return {material.uid: material for material in session.scalars(query).unique()} if uids else {}


def parts_to_pick(material: Material) -> list[Part]:
    """The parts of a lesson that can be picked by themselves; none where there is but one."""
    version = material.current_version
    if version is None or material.kind not in PLAYABLE or len(version.parts) < 2:  # noqa: PLR2004 - one is the whole
        return []
    return version.parts


def _material_choice(material: Material | None, part_key: str | None) -> Choice | None:
    if material is None or material.current_version is None:
        return None
    if part_key is None:
        return Choice(place_of(material), material.title, material)
    page = page_of(material, unquote(part_key))
    if page is not None:
        return Choice(place_of_page(material, page), material.title, material, page=page)
    part = next((part for part in parts_to_pick(material) if part.key == unquote(part_key)), None)
    return part and Choice(place_of(material, part), f"{material.title} – {part.title}", material, part)


def _course_choice(course: Course | None) -> Choice | None:
    return course and Choice(f"c/{course.uid}", course.title, course=course)


def _picked(choice: Choice, origin: str, with_picture: set[int]) -> Picked:
    about: Material | Course | None = choice.material or choice.course
    if about is None:
        raise ValueError("a choice without a thing")
    icon = choice.material is not None and choice.material.id in with_picture
    return Picked(
        url=f"{origin}/lti/open/{choice.place}",
        title=choice.title,
        text=about.description[:LONGEST_TEXT],
        icon=f"{origin}/materials/{about.uid}/picture" if icon else "",
        custom=_custom(choice),
        maximum=MAXIMUM if choice.gives_grade else None,
        tag=TAG,
        resource_id=about.uid,
    )


def _custom(choice: Choice) -> dict[str, str]:
    """What names the content once more, for platforms that write their own address into copies of a course.

    The platform also says of what a copy is one, where it knows that.
    """
    if choice.course is not None:
        return {"course": choice.course.uid, **HISTORY}
    part = choice.part.key if choice.part is not None else str(choice.page or "")
    told = {"part": part} if part else {}
    if choice.material is not None and choice.material.current_version is not None:
        told |= {"material": choice.material.uid, "version": str(choice.material.current_version.number)}
    return told | HISTORY


def _with_picture(session: Session, choices: Iterable[Choice]) -> set[int]:
    """The ids of the materials whose picture the platform can show to everybody: it signs in nowhere."""
    open_ones = [choice.material for choice in choices if choice.material is not None and choice.material.is_public]
    return set(pictures_of(session, open_ones))


def _check_open(launched: LtiSession) -> None:
    if launched.picked_at is not None:
        raise ConflictError("lti_picked_already")


def _kept(launched: LtiSession) -> list[str]:
    return list((launched.picking or {}).get(_CHOSEN, ()))


def _keep(session: Session, launched: LtiSession, places: list[str]) -> None:
    launched.picking = {**(launched.picking or {}), _CHOSEN: places}
    session.flush()
