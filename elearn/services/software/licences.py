"""Licences of titles: who has bought how many seats, at what cost a year, from which money, until when (H103)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.software import LicenceKind, SoftwareLicence
from elearn.services import audit
from elearn.services.access import Action, load_tree, may, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.organisation import load_names
from elearn.services.spans import check_day
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.models.software import Money
    from elearn.services.access import Identity

MOST_SEATS = 10_000_000
DEAREST = 10**13  # đồng a year; more is a slip of the hand
WITHOUT_COST = frozenset({LicenceKind.FREE, LicenceKind.OPEN_SOURCE})
FOR_ALL_BELOW = frozenset({LicenceKind.SEATS, LicenceKind.PROVINCE})


@dataclass(frozen=True, slots=True)
class LicenceTerms:
    """What a licence says; costs in đồng a year, `seats` only of the kind that counts machines."""

    kind: LicenceKind
    starts_on: date
    expires_on: date | None = None
    seats: int | None = None
    cost_per_year: int = 0
    money: Money | None = None
    contract_number: str = ""
    note: str = ""


def add_licence(
    session: Session, identity: Identity, title: Material, unit: Unit, terms: LicenceTerms
) -> SoftwareLicence:
    """Enter a licence that a unit holds for a title; a renewal is a further one.

    Raises:
        ForbiddenError: the identity does not manage the unit, or does not see the title.
        ServiceError: `licence_span`, `licence_seats`, `licence_seatless`, `licence_cost`, `licence_free`,
            `day_range`.
        ConflictError: `licence_twice`; the unit has the same licence for some of these days.
    """
    require(identity, Action.SEE_MATERIAL, title)
    require(identity, Action.MANAGE_UNIT, unit)
    _check(terms)
    _refuse_twin(session, title, unit, terms)
    licence = SoftwareLicence(
        title_id=title.id,
        unit_id=unit.id,
        kind=terms.kind,
        seats=terms.seats,
        cost_per_year=terms.cost_per_year,
        money=terms.money if terms.cost_per_year else None,
        contract_number=one_line(terms.contract_number)[:100],
        starts_on=terms.starts_on,
        expires_on=terms.expires_on,
        note=several_lines(terms.note),
        created_by_id=identity.account_id,
    )
    session.add(licence)
    session.flush()
    mark_changed(session, title)
    audit.record(session, identity, "licence.add", licence, title=title.title, unit=unit.code, **_told(licence))
    return licence


def _check(terms: LicenceTerms) -> None:
    check_day(terms.starts_on, terms.expires_on)
    if terms.expires_on is not None and terms.expires_on < terms.starts_on:
        raise ServiceError("licence_span")
    if (terms.kind is LicenceKind.SEATS) != (terms.seats is not None):
        raise ServiceError("licence_seats" if terms.seats is None else "licence_seatless")
    if terms.seats is not None and not 0 < terms.seats <= MOST_SEATS:
        raise ServiceError("licence_seats")
    if not 0 <= terms.cost_per_year <= DEAREST:
        raise ServiceError("licence_cost", most=DEAREST)
    if terms.kind in WITHOUT_COST and terms.cost_per_year:
        raise ServiceError("licence_free")


def _refuse_twin(session: Session, title: Material, unit: Unit, terms: LicenceTerms) -> None:
    """Two entries of one contract would count its money twice."""
    number = one_line(terms.contract_number)[:100]
    same = [*_held(title, unit), SoftwareLicence.kind == terms.kind, SoftwareLicence.contract_number == number]
    meets = or_(SoftwareLicence.expires_on.is_(None), SoftwareLicence.expires_on >= terms.starts_on)
    if terms.expires_on is not None:
        meets = and_(meets, SoftwareLicence.starts_on <= terms.expires_on)
    if session.scalar(select(SoftwareLicence.id).where(*same, meets).limit(1)) is not None:
        raise ConflictError("licence_twice", title=title.title)


def _held(title: Material, unit: Unit) -> tuple[ColumnElement[bool], ...]:
    return (
        SoftwareLicence.title_id == title.id,
        SoftwareLicence.unit_id == unit.id,
        SoftwareLicence.removed_at.is_(None),
    )


def get_licence(session: Session, identity: Identity, uid: str) -> SoftwareLicence:
    """A licence that the identity's unit answers for.

    Raises:
        NotFoundError: `licence_not_found`; there is none, it was removed, or it is another unit's.
    """
    licence = session.scalar(select(SoftwareLicence).where(SoftwareLicence.uid == uid))
    if licence is None or licence.removed_at is not None or not may(identity, Action.MANAGE_UNIT, licence.unit):
        raise NotFoundError("licence_not_found")
    return licence


def remove_licence(session: Session, identity: Identity, licence: SoftwareLicence, reason: str) -> None:
    """Take back a licence that was entered by mistake; the row stays as evidence.

    Raises:
        ForbiddenError: the identity does not manage the unit that holds it.
        ServiceError: `reason_needed`.
    """
    require(identity, Action.MANAGE_UNIT, licence.unit)
    if not reason.strip():
        raise ServiceError("reason_needed")
    licence.removed_at = now()
    mark_changed(session, licence.title)
    audit.record(session, identity, "licence.remove", licence, note=reason.strip(), **_told(licence))


def licences_of(session: Session, identity: Identity, title: Material) -> list[SoftwareLicence]:
    """The licences of a title whose money the identity may see, newest first: those of the units it watches."""
    held = (
        select(SoftwareLicence)
        .where(SoftwareLicence.title_id == title.id, SoftwareLicence.removed_at.is_(None))
        .options(joinedload(SoftwareLicence.unit), joinedload(SoftwareLicence.renewal))
        .order_by(SoftwareLicence.starts_on.desc(), SoftwareLicence.id.desc())
    )
    seen = [row for row in session.scalars(held) if may(identity, Action.SEE_SPENDING, row.unit)]
    load_names(session, (row.unit for row in seen))
    return seen


def licences_for(session: Session, title: Material, unit: Unit, day: date | None = None) -> list[SoftwareLicence]:
    """The licences under which a unit may use a title on a day (default: today).

    Its own, and those of units above that reach all below; what is free needs no licence of one's own.
    """
    day = day or day_of(session)
    held = (
        select(SoftwareLicence)
        .where(SoftwareLicence.title_id == title.id, in_force(day))
        .options(selectinload(SoftwareLicence.unit))
        .order_by(SoftwareLicence.id)
    )
    above = set(load_tree(session).ancestors(unit.id))
    return [
        row
        for row in session.scalars(held)
        if row.kind in WITHOUT_COST or row.unit_id == unit.id or (row.unit_id in above and row.kind in FOR_ALL_BELOW)
    ]


def in_force(day: date) -> ColumnElement[bool]:
    """The condition that a licence holds on a day."""
    return and_(
        SoftwareLicence.removed_at.is_(None),
        SoftwareLicence.starts_on <= day,
        or_(SoftwareLicence.expires_on.is_(None), SoftwareLicence.expires_on >= day),
    )


def _told(licence: SoftwareLicence) -> dict[str, object]:
    return {
        "kind": licence.kind.value,
        "seats": licence.seats,
        "cost_per_year": licence.cost_per_year,
        "contract": licence.contract_number,
        "starts_on": licence.starts_on.isoformat(),
        "expires_on": licence.expires_on and licence.expires_on.isoformat(),
    }
