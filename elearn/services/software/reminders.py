"""Reminders before a licence of software ends: to the managers of the unit that holds it, once for each step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.database import day_of
from elearn.models.account import Account, RoleGrant
from elearn.models.organisation import Unit
from elearn.models.software import SoftwareLicence
from elearn.models.software_life import SoftwareReminder
from elearn.services import jobs, mail
from elearn.services.access import MANAGERS
from elearn.services.software.renewals import is_renewed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity
    from elearn.settings import Settings

KIND = "mail_software"
AHEAD = (90, 30, 7)  # days before the last one, longest first
LATELY = timedelta(days=30)  # for so long a start page tells of what has ended
SHOWN = 10


@dataclass(frozen=True, slots=True)
class SoftwareEnding:
    """A licence that ends and was not renewed: how many days are left, less than 0 once it is over."""

    licence: SoftwareLicence
    days: int


def remind(session: Session, settings: Settings) -> int:
    """Write the mails that are due; returns how many.

    Where the house sends no mail, or nobody of the unit can be reached, the step stays open. After days of outage
    only the nearest step is told.
    """
    if not mail.can_send(settings):
        return 0
    today, sent = day_of(session), 0
    for licence in session.scalars(_unrenewed(today, today + timedelta(days=AHEAD[0])).order_by(SoftwareLicence.id)):
        step = _step(_days_left(licence, today))
        if session.get(SoftwareReminder, (licence.id, step)) is not None:
            continue
        people = _managers(session, licence.unit_id)
        for account in people:
            payload = {"account_id": account, "licence_id": licence.id, "step": step}
            jobs.enqueue(session, KIND, key=f"{KIND}:{licence.uid}:{step}:{account}", payload=payload)
        if people:
            session.add(SoftwareReminder(licence_id=licence.id, step=step, told_on=today, told=len(people)))
        sent += len(people)
    session.flush()
    return sent


def _step(left: int) -> int:
    return min(days for days in AHEAD if left <= days)


def _days_left(licence: SoftwareLicence, today: date) -> int:
    assert licence.expires_on is not None  # noqa: S101 - the query asked for it
    return (licence.expires_on - today).days


def _unrenewed(first: date, last: date) -> Select[tuple[SoftwareLicence]]:
    return select(SoftwareLicence).where(
        SoftwareLicence.removed_at.is_(None), SoftwareLicence.expires_on.between(first, last), ~is_renewed()
    )


def _managers(session: Session, unit_id: int) -> Sequence[int]:
    """The accounts that manage the unit itself and can be written to."""
    held = select(RoleGrant.account_id).where(
        RoleGrant.unit_id == unit_id, RoleGrant.role.in_(MANAGERS), RoleGrant.revoked_at.is_(None)
    )
    reached = select(Account.id).where(Account.id.in_(held), Account.disabled_at.is_(None), Account.email.is_not(None))
    return session.scalars(reached.where(Account.email != "").order_by(Account.id)).all()


def endings(session: Session, identity: Identity) -> list[SoftwareEnding]:
    """What the start page of a manager tells: licences of their own units that end soon or have just ended."""
    units = identity.units_of(MANAGERS)
    if not units:
        return []
    today = day_of(session)
    query = _unrenewed(today - LATELY, today + timedelta(days=AHEAD[0])).where(SoftwareLicence.unit_id.in_(units))
    query = query.options(joinedload(SoftwareLicence.title), joinedload(SoftwareLicence.unit).selectinload(Unit.names))
    rows = session.scalars(query.order_by(SoftwareLicence.expires_on, SoftwareLicence.id).limit(SHOWN))
    return [SoftwareEnding(row, _days_left(row, today)) for row in rows]
