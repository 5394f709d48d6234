"""Buckets of shared data between SCOs (RTE 4.3, adl.data): handed to a launch, kept when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.learning import SharedData
from elearn.services.player.keys import SHARED, row_key
from elearn.services.player.locks import lock_learner
from elearn.services.player.system_objectives import publishing_unit
from scorm.runtime import shared_entries, shared_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.services.player.course import Course
    from scorm.manifest.model import Item


def shared_document(session: Session, course: Course, item: Item) -> dict[str, str]:
    """The elements of adl.data with which an item's content starts."""
    if not item.data_maps:
        return {}
    if not course.organization.shared_data_global_to_system:
        return shared_entries(item.data_maps, course.shared_here)
    targets = {row_key(each.target_id): each.target_id for each in item.data_maps}
    kept = {targets[row.target]: row.store for row in _rows(session, course, targets)}
    return shared_entries(item.data_maps, kept)


def keep_shared_data(session: Session, course: Course, item: Item, document: Mapping[str, str]) -> None:
    """Keep what content has written into its buckets; those it may only read stay as they are."""
    writable = {each.target_id for each in item.data_maps if each.write_shared_data}
    told = {target: store for target, store in shared_values(document).items() if target in writable}
    if not told:
        return
    if not course.organization.shared_data_global_to_system:
        course.attempt.sequencing = {**(course.attempt.sequencing or {}), SHARED: course.shared_here | told}
        return
    lock_learner(session, course.attempt.registration.account_id)
    stores = {row_key(target): store for target, store in told.items()}
    for row in _rows(session, course, stores):
        row.store = stores.pop(row.target)
    unit, account = publishing_unit(session, course.attempt), course.attempt.registration.account_id
    for target, store in stores.items():
        session.add(SharedData(account_id=account, unit_id=unit, target=target, store=store))


def _rows(session: Session, course: Course, targets: Mapping[str, object]) -> list[SharedData]:
    query = select(SharedData).where(
        SharedData.account_id == course.attempt.registration.account_id,
        SharedData.unit_id == publishing_unit(session, course.attempt),
        SharedData.target.in_(list(targets)),
    )
    return list(session.scalars(query))
