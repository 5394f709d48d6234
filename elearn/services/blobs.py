"""The rows of blobs, written when their bytes are safe in the storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

from elearn.clock import now
from elearn.models.material import StoredBlob

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def record_blob(session: Session, digest: str, size: int, table: bytes | None = None) -> None:
    """Note that a blob is in the storage, with the table of its entries where it holds any."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(StoredBlob).values(sha256=digest, size=size, entry_table=table, created_at=now())
    # An update and not nothing: it holds the row against a collection of orphans until this transaction is over.
    session.execute(row.on_conflict_do_update(index_elements=[StoredBlob.sha256], set_={"orphaned_at": None}))
