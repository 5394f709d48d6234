"""Whether a new version of a published lesson is a lesson made anew (INDICATORS, class A; docs/decisions/0013)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from elearn.models.account import Account
from elearn.models.material import ReviewStep, Status, Version
from elearn.models.usage import ActKind, UsageAct
from elearn.services import likeness
from elearn.services.authorship import (
    NOT_LESSONS,
    authors_of,
    identities_of_authors,
    is_approved_by_another,
    original_of,
)
from elearn.services.usage import revised_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity

CHANGED: Final = 0.2  # of text or files that must be new, against every version that readers had before


def is_made_anew(session: Session, material: Material, version: Version) -> bool:
    """Whether a version that was accepted counts for the authors: much of it is new, theirs, and approved by another.

    Compared is with every version that was offered before, so that going back and forth makes nothing new.
    """
    if material.kind in NOT_LESSONS or material.status is not Status.PUBLISHED or version.restored_from is not None:
        return False
    uploader = session.scalar(select(Account.person_id).where(Account.id == version.created_by_id))
    if uploader is None or uploader not in authors_of(material):
        return False
    if not is_approved_by_another(session, material, ReviewStep.ACCEPTED):
        return False
    earlier = select(Version.id).where(
        Version.material_id == material.id, Version.id < version.id, Version.released_at.is_not(None)
    )
    kept = [likeness.share_kept(session, version, each) for each in session.scalars(earlier)]
    if not kept or any(share is None or share > 1 - CHANGED for share in kept):
        return False
    return original_of(session, material, version) is None


def authors_due(
    session: Session, material: Material, version: Version, timezone: ZoneInfo
) -> Iterator[tuple[Identity, str]]:
    """The authors to whom an accepted version gives an act of its own day, each with the key of that act."""
    if not is_made_anew(session, material, version):
        return
    day = version.created_at.astimezone(timezone).date()
    for author in identities_of_authors(session, material):
        if author.person_id is not None and not _has_made_it_that_day(session, author.person_id, material, day):
            yield author, revised_key(author.person_id, material.id, day)


def _has_made_it_that_day(session: Session, person_id: int, material: Material, day: object) -> bool:
    same = select(UsageAct.id).where(
        UsageAct.kind == ActKind.AUTHORED,
        UsageAct.person_id == person_id,
        UsageAct.material_id == material.id,
        UsageAct.act_date == day,
    )
    return session.scalar(same.limit(1)) is not None
