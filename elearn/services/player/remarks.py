"""What playing has shown about a version: content that misbehaves, tolerance that it needed; counted, never of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from elearn.clock import now
from elearn.models.play_log import PlayRemark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# Content chooses the places, so it must not be able to fill the table.
PLACES_PER_CODE = 50
LONGEST_PLACE = 255


def remember(session: Session, version_id: int, code: str, place: str = "") -> None:
    """Count a remark on a version once more; places beyond the first fifty of a code count as no place."""
    place = place[:LONGEST_PLACE]
    if place and not _has_room(session, version_id, code, place):
        place = ""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    moment = now()
    row = insert(PlayRemark).values(
        version_id=version_id, code=code, place=place, count=1, first_at=moment, last_at=moment
    )
    key = [PlayRemark.version_id, PlayRemark.code, PlayRemark.place]
    session.execute(
        row.on_conflict_do_update(index_elements=key, set_={"count": PlayRemark.count + 1, "last_at": moment})
    )


def _has_room(session: Session, version_id: int, code: str, place: str) -> bool:
    of_code = (PlayRemark.version_id == version_id, PlayRemark.code == code)
    if session.scalar(select(PlayRemark.id).where(*of_code, PlayRemark.place == place)) is not None:
        return True
    return (session.scalar(select(func.count()).select_from(PlayRemark).where(*of_code)) or 0) < PLACES_PER_CODE


def remarks_on(session: Session, version_id: int) -> list[PlayRemark]:
    """All remarks on a version, the most frequent first."""
    query = select(PlayRemark).where(PlayRemark.version_id == version_id)
    query = query.order_by(PlayRemark.count.desc(), PlayRemark.code, PlayRemark.place)
    return list(session.scalars(query.execution_options(populate_existing=True)))
