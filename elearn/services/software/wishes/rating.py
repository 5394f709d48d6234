"""Ratings of titles by those who taught with them: 1 to 5 with words, one for each person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from elearn.clock import now
from elearn.models.software_request import SoftwareRating
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.software.teaching import has_taught_with
from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity

STARS = range(1, 6)
LONGEST_WORDS = 2000
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Ratings:
    """What those who taught with a title think: how many, their mean to one decimal (None of none), the newest."""

    count: int
    mean: Decimal | None
    newest: Sequence[SoftwareRating]
    own: SoftwareRating | None
    may_rate: bool


def ratings_of(session: Session, identity: Identity, title: Material) -> Ratings:
    """The ratings of a title as somebody sees them; who has not taught with it reads them only."""
    rows = session.execute(_shown(title.id, identity.person_id)).all()
    count, total = rows[0][1:] if rows else (0, 0)
    mean = (Decimal(int(total)) / count).quantize(Decimal("0.1"), ROUND_HALF_UP) if count else None
    ratings = [row[0] for row in rows]
    own = next((row for row in ratings if row.person_id == identity.person_id), None)
    return Ratings(
        count=count,
        mean=mean,
        newest=sorted(ratings, key=lambda row: (row.rated_at, row.id), reverse=True),
        own=own,
        may_rate=own is not None or has_taught_with(session, identity.person_id, title.id),
    )


def _shown(title_id: int, person_id: int | None) -> Select[tuple[SoftwareRating, int, int]]:
    """One's own rating and the newest others, each beside number and sum of all."""
    own_first = case((SoftwareRating.person_id == person_id, 0), else_=1)
    query = select(SoftwareRating, func.count().over(), func.sum(SoftwareRating.stars).over())
    query = query.where(SoftwareRating.title_id == title_id, SoftwareRating.removed_at.is_(None))
    return query.order_by(own_first, SoftwareRating.rated_at.desc(), SoftwareRating.id.desc()).limit(SHOWN)


def rate(session: Session, identity: Identity, title: Material, stars: int, words: str) -> SoftwareRating:
    """Say what one thinks of a title; a second time changes what was said.

    Raises:
        ForbiddenError: `rating_needs_lesson` (no countersigned lesson with it); ServiceError: `rating_stars`.
    """
    if identity.person_id is None or not has_taught_with(session, identity.person_id, title.id):
        raise ForbiddenError("rating_needs_lesson")
    if stars not in STARS:
        raise ServiceError("rating_stars")
    said = select(SoftwareRating).where(SoftwareRating.title_id == title.id)
    row = session.scalar(said.where(SoftwareRating.person_id == identity.person_id).with_for_update())
    if row is None:
        row = SoftwareRating(title_id=title.id, person_id=identity.person_id)
        session.add(row)
    row.account_id, row.stars, row.words = identity.account_id, stars, several_lines(words)[:LONGEST_WORDS]
    row.rated_at, row.removed_at = now(), None
    session.flush()
    audit.record(session, identity, "title.rate", title, stars=stars, note=row.words)
    return row


def remove_rating(session: Session, identity: Identity, title: Material, uid: str, reason: str = "") -> None:
    """Take one's own rating back, or as manager of the title somebody else's, with a reason.

    Raises:
        NotFoundError: `rating_not_found`; ForbiddenError: `may_not`; ServiceError: `rating_reason`.
    """
    held = select(SoftwareRating).where(SoftwareRating.uid == uid, SoftwareRating.title_id == title.id)
    row = session.scalar(held.where(SoftwareRating.removed_at.is_(None)))
    if row is None:
        raise NotFoundError("rating_not_found")
    if row.person_id != identity.person_id:
        require(identity, Action.MANAGE_TITLE, title)
        if not reason.strip():
            raise ServiceError("rating_reason")
    row.removed_at = now()
    session.flush()
    audit.record(session, identity, "title.unrate", title, stars=row.stars, note=reason.strip()[:LONGEST_WORDS])
