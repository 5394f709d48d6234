"""The audit log: append-only rows of who did what to what, and whether it was allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elearn.models.account import AuditEvent

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def record(
    session: Session,
    identity: Identity,
    action: str,
    thing: Any = None,
    *,
    allowed: bool = True,
    note: str = "",
    address: str = "",
    request_id: str = "",
    **details: Any,
) -> AuditEvent:
    """Add an event about a row (its table and uid are kept) to the transaction of the session.

    What must outlive a refusal is recorded in a short transaction of its own (`database.write()`).
    """
    event = AuditEvent(
        account_id=identity.account_id,
        action=action,
        allowed=allowed,
        subject_kind=getattr(thing, "__tablename__", ""),
        subject_uid=str(getattr(thing, "uid", "") or ""),
        address=address,
        request_id=request_id,
        note=note,
        details=details,
    )
    session.add(event)
    session.flush()
    return event
