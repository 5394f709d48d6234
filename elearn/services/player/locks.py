"""One at a time: what two requests of the same learner must not do at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.account import Account

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def lock_learner(session: Session, account_id: int) -> None:
    """Let other launches and shared objectives of an account wait until this transaction ends.

    On SQLite a writer is alone anyway; there this is only a look at the row.
    """
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update(key_share=True))
