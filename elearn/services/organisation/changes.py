"""Changes of the tree of units, each from a day on; what held before that day stays."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from elearn.models.organisation import Ownership, Unit, UnitKind, UnitLevel, UnitName, UnitParent
from elearn.models.people import Post
from elearn.services import audit
from elearn.services.access import Action, require, tree_changed
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.organisation.closure import ever_below, rebuild_closure
from elearn.services.organisation.queries import levels_on, name_on, parent_on, root_unit, unit_by_code
from elearn.services.organisation.reindex import reindex_from
from elearn.services.organisation.seen import hold_tree
from elearn.services.spans import DAY, Span, check_day, cut_after, split_at
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.services.access import Identity

ROOT_CODE = "SO"
ROOT_NAME = "Sở Giáo dục và Đào tạo"
ROOT_SINCE = date(2000, 1, 1)
LONGEST_NAME = 300
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


def create_unit(
    session: Session,
    identity: Identity,
    *,
    code: str,
    name: str,
    kind: UnitKind,
    valid_from: date,
    parent: Unit | None = None,
    ownership: Ownership = Ownership.PUBLIC,
    levels: Iterable[Level] = (),
) -> Unit:
    """Create a unit that exists from a day on, under a parent (None: a root of the tree).

    Raises:
        ForbiddenError: the identity does not manage the parent.
        ServiceError: `unit_code_form`, `unit_nameless`, `unit_name_long` or `day_range`.
        ConflictError: `unit_code_taken`, or `unit_parent_absent` on some of the days.
    """
    require(identity, Action.MANAGE_UNIT if parent else Action.ADMINISTER, parent)
    check_day(valid_from)
    name = tidy_name(name)
    if not _CODE.fullmatch(code):
        raise ServiceError("unit_code_form")
    hold_tree(session)
    if unit_by_code(session, code) is not None:
        raise ConflictError("unit_code_taken", unit=code)
    unit = Unit(code=code, kind=kind, ownership=ownership, valid_from=valid_from)
    unit.names.append(UnitName(name=name, valid_from=valid_from))
    unit.levels.extend(UnitLevel(level=level, valid_from=valid_from) for level in sorted(set(levels)))
    session.add(unit)
    session.flush()
    if parent is not None:
        _stand_under(unit, parent, Span(valid_from))
        session.flush()
    rebuild_closure(session, [unit])
    audit.record(session, identity, "unit.create", unit, code=code, parent=parent.code if parent else None)
    return unit


def ensure_root(session: Session, identity: Identity, *, code: str = ROOT_CODE, name: str = ROOT_NAME) -> Unit:
    """The root of the tree; created when the database has no unit yet."""
    return root_unit(session) or create_unit(
        session, identity, code=code, name=name, kind=UnitKind.DEPARTMENT, valid_from=ROOT_SINCE
    )


def rename_unit(session: Session, identity: Identity, unit: Unit, name: str, day: date) -> None:
    """Call a unit by a new name from a day on, until the next change that is already known.

    Raises:
        ServiceError: `unit_nameless`, `unit_name_long` or `day_range`; ConflictError: `unit_absent`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    check_day(day)
    name = tidy_name(name)
    _must_exist(unit, Span(day, day))
    before = name_on(unit, day)
    row, end = split_at(unit.names, day)
    if row is not None:
        row.name = name
    else:
        unit.names.append(UnitName(name=name, valid_from=day, valid_to=end))
    _settle(session, unit)
    audit.record(session, identity, "unit.rename", unit, before=before, after=name, day=day.isoformat())


def move_unit(session: Session, identity: Identity, unit: Unit, parent: Unit, day: date) -> None:
    """Put a unit with all below it under another parent from a day on.

    Raises:
        ForbiddenError: the identity does not manage both the unit and the new parent.
        ConflictError: `unit_absent`, `unit_parent_absent` or `unit_cycle` on one of the days; the session
            must then be rolled back.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    require(identity, Action.MANAGE_UNIT, parent)
    check_day(day)
    hold_tree(session)
    _must_exist(unit, Span(day, day))
    before = parent_on(session, unit, day)
    row, end = split_at(unit.parents, day)
    if row is not None:
        unit.parents.remove(row)
        session.delete(row)
        session.flush()
    _stand_under(unit, parent, Span(day, end or unit.valid_to))
    _settle(session, unit)
    rebuild_closure(session, ever_below(session, unit))
    reindex_from(session, unit, day)
    audit.record(
        session, identity, "unit.move", unit, before=before and before.code, after=parent.code, day=day.isoformat()
    )


def end_unit(session: Session, identity: Identity, unit: Unit, last_day: date) -> None:
    """End a unit after its last day.

    Raises:
        ConflictError: `unit_absent` that day, or `unit_still_has_units` or `unit_still_has_posts` after it.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    check_day(last_day)
    hold_tree(session)
    _must_exist(unit, Span(last_day, last_day))
    before = unit.valid_to
    _must_be_empty(session, unit, last_day + DAY)
    unit.valid_to = last_day
    for rows in (unit.names, unit.parents, unit.levels):
        for row in cut_after(rows, last_day):
            rows.remove(row)
            session.delete(row)
    _settle(session, unit)
    rebuild_closure(session, [unit])
    audit.record(session, identity, "unit.end", unit, before=before and before.isoformat(), after=last_day.isoformat())


def set_levels(session: Session, identity: Identity, unit: Unit, levels: Iterable[Level], day: date) -> None:
    """Let a unit teach exactly these levels from a day on."""
    require(identity, Action.MANAGE_UNIT, unit)
    check_day(day)
    _must_exist(unit, Span(day, day))
    before = levels_on(unit, day)
    wanted = set(levels)
    kept = {row.level for row in unit.levels if row.holds_on(day) and row.level in wanted}
    for row in cut_after([row for row in unit.levels if row.level not in kept], day - DAY):
        unit.levels.remove(row)
        session.delete(row)
    unit.levels.extend(
        UnitLevel(level=level, valid_from=day, valid_to=unit.valid_to) for level in sorted(wanted - kept)
    )
    _settle(session, unit)
    audit.record(session, identity, "unit.levels", unit, before=before, after=sorted(wanted), day=day.isoformat())


def set_ownership(session: Session, identity: Identity, unit: Unit, ownership: Ownership) -> None:
    """Correct who owns a unit; it is a fact about the unit, not one of a day."""
    require(identity, Action.MANAGE_UNIT, unit)
    before, unit.ownership = unit.ownership, ownership
    session.flush()
    audit.record(session, identity, "unit.ownership", unit, before=before.value, after=ownership.value)


def tidy_name(name: str) -> str:
    """A name in NFC with single spaces, without characters that nobody sees.

    Raises:
        ServiceError: `unit_nameless` or `unit_name_long`.
    """
    tidy = one_line(name)
    if not any(character.isalpha() for character in tidy):
        raise ServiceError("unit_nameless")
    if len(tidy) > LONGEST_NAME:
        raise ServiceError("unit_name_long", most=LONGEST_NAME)
    return tidy


def _stand_under(unit: Unit, parent: Unit, span: Span) -> None:
    if not Span.of(parent).covers(span):
        raise ConflictError("unit_parent_absent", unit=parent.code, day=span.start)
    unit.parents.append(UnitParent(parent_id=parent.id, valid_from=span.start, valid_to=span.end))


def _must_exist(unit: Unit, span: Span) -> None:
    if not Span.of(unit).covers(span):
        raise ConflictError("unit_absent", unit=unit.code, day=span.start)


def _must_be_empty(session: Session, unit: Unit, day: date) -> None:
    child = select(UnitParent.id).where(
        UnitParent.parent_id == unit.id, or_(UnitParent.valid_to.is_(None), UnitParent.valid_to >= day)
    )
    if session.scalar(child.limit(1)) is not None:
        raise ConflictError("unit_still_has_units", unit=unit.code, day=day)
    post = select(Post.id).where(Post.unit_id == unit.id, or_(Post.valid_to.is_(None), Post.valid_to >= day))
    if session.scalar(post.limit(1)) is not None:
        raise ConflictError("unit_still_has_posts", unit=unit.code, day=day)


def _settle(session: Session, unit: Unit) -> None:
    """Write the rows and read their order anew."""
    session.flush()
    session.expire(unit, ["names", "parents", "levels"])
    tree_changed(session)
