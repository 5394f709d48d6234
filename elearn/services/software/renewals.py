"""Renewals of licences: a further licence that follows an earlier one, with its terms as a start."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from elearn.models.software import SoftwareLicence
from elearn.models.software_life import SoftwareRenewal
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.software.licences import LicenceTerms, add_licence

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

_Later = aliased(SoftwareLicence)


def proposed(licence: SoftwareLicence) -> LicenceTerms:
    """The terms of a licence once more, from the day after its end and for as long.

    Raises:
        ConflictError: `licence_endless`; it has no end.
    """
    if licence.expires_on is None:
        raise ConflictError("licence_endless")
    first = licence.expires_on + timedelta(days=1)
    return LicenceTerms(
        kind=licence.kind,
        starts_on=first,
        expires_on=_as_long(licence.starts_on, licence.expires_on, first),
        seats=licence.seats,
        cost_per_year=licence.cost_per_year,
        money=licence.money,
        contract_number=licence.contract_number,
    )


def _as_long(starts_on: date, expires_on: date, first: date) -> date:
    """The last day of a span that is as long: of whole years by the calendar, else by its days."""
    years = first.year - starts_on.year
    with suppress(ValueError):  # 29 February has no anniversary in most years
        if years and starts_on.replace(year=first.year) == first:
            return first.replace(year=first.year + years) - timedelta(days=1)
    return first + (expires_on - starts_on)


def renew(session: Session, identity: Identity, licence: SoftwareLicence, terms: LicenceTerms) -> SoftwareLicence:
    """Enter a licence that follows another one of the same title and unit.

    Raises:
        ForbiddenError, ServiceError, ConflictError: as for `add_licence`.
        ServiceError: `licence_renews_earlier`; it would begin no later than the one it renews.
        ConflictError: `licence_endless`, `licence_renewed` (it has a renewal).
    """
    if licence.expires_on is None:
        raise ConflictError("licence_endless")
    if terms.starts_on <= licence.starts_on:
        raise ServiceError("licence_renews_earlier")
    if session.scalar(select(is_renewed()).where(SoftwareLicence.id == licence.id)):
        raise ConflictError("licence_renewed")
    made = add_licence(session, identity, licence.title, licence.unit, terms)
    session.add(SoftwareRenewal(licence_id=made.id, former_id=licence.id))
    session.flush()
    return made


def is_renewed() -> ColumnElement[bool]:
    """The condition on `SoftwareLicence` that a licence which was not taken back follows it."""
    return exists().where(
        SoftwareRenewal.former_id == SoftwareLicence.id,
        SoftwareRenewal.licence_id == _Later.id,
        _Later.removed_at.is_(None),
    )
