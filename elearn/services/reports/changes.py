"""What may change somebody's count leaves a row here, in the same transaction; the worker counts anew in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from elearn.clock import now
from elearn.models.reports import CountChange

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


def mark_changed(
    session: Session,
    person_id: int | None,
    from_day: date | None = None,
    to_day: date | None = None,
    *,
    course_id: int | None = None,
) -> None:
    """Note that a person's count may have changed in the periods that touch the days; one cheap insert.

    With a course and no person: whoever teaches that course. With neither: everybody. Without days every period is
    counted anew; one day stands for both ends. Posts, leave, acts and voids that are added, changed or deleted as
    rows of a session need no call, because `elearn.models.history` sees them; bulk statements do.
    """
    row = {"person_id": person_id, "course_id": course_id, "from_day": from_day, "to_day": to_day or from_day}
    session.execute(insert(CountChange), [{**row, "at": now()}])
