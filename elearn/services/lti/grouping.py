"""The groups of a course of a platform, read where it offers them and kept by its ids (Course Groups 1.0)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from elearn.lti import groups, roster
from elearn.lti.errors import LtiError
from elearn.models.lti_courses import LtiContext, LtiGroup, LtiMember
from elearn.services.lti.paging import Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.lti.roster import Member
    from elearn.models.lti import LtiPlatform

MOST_PAGES = 50
MOST_GROUPS = 1000
MOST_ASKED = 200  # learners whose groups are asked for one by one, where the roster does not tell them


@dataclass(frozen=True, slots=True)
class Told:
    """The groups of a course; `of_subjects` where the roster says nothing of who is in them."""

    groups: tuple[groups.Group, ...] = ()
    set_names: Mapping[str, str] = field(default_factory=dict)
    of_subjects: Mapping[str, list[str]] = field(default_factory=dict)


def read(house: House, platform: LtiPlatform, context: LtiContext, members: Sequence[Member] | None) -> Told:
    """Ask for the groups and their sets, and, where no member of the roster has told, for whose they are.

    No transaction may be open.

    Raises:
        LtiError, OutsideError: they cannot be read to the end.
    """
    pages = Pages(house, platform, groups.SCOPE, groups.GROUPS_TYPE, refused="groups_refused", service="groups")
    found = _whole(pages, context.groups_url, groups.groups_page)
    sets: list[groups.GroupSet] = []
    if context.group_sets_url:
        of_sets = Pages(house, platform, groups.SCOPE, groups.SETS_TYPE, refused="groups_refused", service="groups")
        sets = _whole(of_sets, context.group_sets_url, groups.sets_page)
    of_subjects = {}
    if found and not any(member.groups is not None for member in members or ()):
        for subject in _subjects(house, context, members)[:MOST_ASKED]:
            own = _whole(pages, context.groups_url, groups.groups_page, user_id=subject)
            of_subjects[subject] = sorted(group.id for group in own)
    return Told(tuple(found), {each.id: each.name for each in sets}, of_subjects)


def keep(session: Session, context: LtiContext, told: Told) -> None:
    """Write which groups there are now, and who is in them where that was told here."""
    known = {row.name: row for row in session.scalars(select(LtiGroup).where(LtiGroup.context_id == context.id))}
    wanted = {group.id: group for group in told.groups}
    for name, group in wanted.items():
        row = known.get(name)
        if row is None:
            row = LtiGroup(context_id=context.id, name=name)
            session.add(row)
        row.title, row.set_title = group.name, told.set_names.get(group.set_id, "")
    gone = [row.id for name, row in known.items() if name not in wanted]
    session.execute(delete(LtiGroup).where(LtiGroup.id.in_(gone)))
    if told.of_subjects:
        for member in session.scalars(select(LtiMember).where(LtiMember.context_id == context.id)):
            member.groups = told.of_subjects.get(member.subject, member.groups)
    context.groups_code = ""
    session.flush()


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a course for a choice, in sets; `chosen` is one of them, or None for everybody."""

    sets: tuple[tuple[str, tuple[LtiGroup, ...]], ...] = ()
    chosen: LtiGroup | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """What the groups with some ids are called; those that are there no more are left out."""
        return tuple(self.titles[name] for name in names if name in self.titles)


def groups_of(session: Session, context: LtiContext | None, chosen: str = "") -> Groups:
    """The groups of a course whose platform offers them; `chosen` is the key of one, anything else means everybody."""
    if context is None or not context.groups_url:
        return Groups()
    query = select(LtiGroup).where(LtiGroup.context_id == context.id)
    rows = session.scalars(query.order_by(LtiGroup.set_title, LtiGroup.title, LtiGroup.id)).all()
    sets = tuple((title, tuple(those)) for title, those in groupby(rows, key=lambda row: row.set_title))
    found = next((row for row in rows if str(row.id) == chosen), None)
    return Groups(sets, found, {row.name: row.title for row in rows})


def _whole(pages: Pages, address: str, read_page: Callable[..., tuple[list[Any], str]], **asked_for: str) -> list[Any]:
    found: list[Any] = []
    for body, link, asked in pages.read(roster.listing(address, **asked_for), MOST_PAGES):
        some, following = read_page(body, link, asked=asked)
        found += some
        if len(found) > MOST_GROUPS:
            break
        if not following:
            return found
        pages.go_on(following)
    raise LtiError("groups_too_many", most=MOST_GROUPS)


def _subjects(house: House, context: LtiContext, members: Sequence[Member] | None) -> list[str]:
    """Everybody of the course: as the roster has just told it, else as far as launches have shown."""
    if members is not None:
        return [member.subject for member in members if member.is_active]
    with house.database.read() as session:
        query = select(LtiMember.subject).where(LtiMember.context_id == context.id, LtiMember.is_active)
        return list(session.scalars(query.order_by(LtiMember.id).limit(MOST_ASKED)))
