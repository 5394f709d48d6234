"""Licences that run out: whoever answers for a material hears of it ahead, and on the day after it is unpublished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.account import Account
from elearn.models.material import Material, ReviewEvent, ReviewStep, Status
from elearn.services import audit, jobs, mail
from elearn.services.access import REVIEWERS, SYSTEM, materials_under
from elearn.services.indexing import mark_changed
from elearn.services.tombstones import EXPIRED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity
    from elearn.settings import Settings

KIND = "mail_licence"
AHEAD = (30, 7)  # days before the last one, longest first
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Ending:
    """A material whose licence runs out: how many days are left, less than 0 once it has been unpublished."""

    material: Material
    days: int


def watch(session: Session, settings: Settings) -> int:
    """Give notice of licences that run out, and unpublish what has run out; returns how many were unpublished.

    The last day of a licence is a day on which it holds. Each notice is written once for each date: whoever enters a
    later date hears of it anew.
    """
    today = day_of(session)
    query = select(Material).where(
        Material.status == Status.PUBLISHED, Material.licence_expires_on <= today + timedelta(days=AHEAD[0])
    )
    ended = 0
    for material in session.scalars(query.order_by(Material.id)):
        left = (_last_day(material) - today).days
        if left < 0:
            _unpublish(session, material)
            ended += 1
        _notify(session, settings, material, _stage(left))
    return ended


def _last_day(material: Material) -> date:
    assert material.licence_expires_on is not None  # noqa: S101 - the query asked for it
    return material.licence_expires_on


def _stage(left: int) -> int:
    """The notice that is due: of so many days ahead, or -1 after the end."""
    return -1 if left < 0 else min(days for days in AHEAD if left <= days)


def _unpublish(session: Session, material: Material) -> None:
    """A draft again, with everything that happened with it; addresses of its files stop working."""
    material.status = Status.DRAFT
    material.capability_epoch += 1
    material.changed_at = now()
    audit.record(session, SYSTEM, EXPIRED, material, expired_on=_last_day(material).isoformat())
    mark_changed(session, material)


def _notify(session: Session, settings: Settings, material: Material, stage: int) -> None:
    if not mail.can_send(settings):
        return
    for account in _told(session, material):
        key = f"{KIND}:{material.uid}:{_last_day(material)}:{stage}:{account.id}"
        payload = {"account_id": account.id, "material_id": material.id, "stage": stage}
        payload["last_day"] = _last_day(material).isoformat()
        jobs.enqueue(session, KIND, key=key, payload=payload)


def _told(session: Session, material: Material) -> Iterator[Account]:
    """The owner and whoever published it last, as far as they can be reached."""
    approved = select(ReviewEvent.account_id).where(
        ReviewEvent.material_id == material.id, ReviewEvent.step == ReviewStep.PUBLISHED
    )
    reviewer = session.scalar(approved.order_by(ReviewEvent.id.desc()).limit(1))
    ids = {material.owner_id, reviewer} - {None}
    for account in session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id)):
        if account.email and account.disabled_at is None:
            yield account


def endings(session: Session, identity: Identity) -> list[Ending]:
    """The materials of the identity, or under its review, whose licence runs out soon; own ones also once it has."""
    today = day_of(session)
    soon = Material.licence_expires_on <= today + timedelta(days=AHEAD[0])
    own = Material.owner_id == identity.account_id
    published = (Material.status == Status.PUBLISHED) & or_(own, materials_under(identity, REVIEWERS))
    over = own & (Material.status == Status.DRAFT) & Material.published_at.is_not(None)
    over &= Material.licence_expires_on < today
    query = select(Material).where(soon, or_(published, over)).order_by(Material.licence_expires_on, Material.id)
    found = session.scalars(query.options(joinedload(Material.unit)).limit(SHOWN)).unique()
    return [Ending(material, (_last_day(material) - today).days) for material in found]
