"""First records of the register.

Every post and leave that is there gets the record from which its history begins. What the register said before this
moment was not kept, so a report as of an earlier one finds nobody registered.
"""

import sqlalchemy as sa
from alembic import op

from elearn.clock import now
from elearn.database.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

POST = "person_id, unit_id, role, contract, level, subject_code, fte, is_main, valid_from, valid_to"
LEAVE = "person_id, kind, valid_from, valid_to"


def upgrade() -> None:
    for table, columns in (("post", POST), ("leave", LEAVE)):
        # The names come from the constants above.
        copy = sa.text(
            f"INSERT INTO {table}_record ({table}_id, recorded_at, is_removed, {columns}) "  # noqa: S608
            f"SELECT id, :moment, :is_removed, {columns} FROM {table} ORDER BY id"
        )
        moment = sa.bindparam("moment", now(), UtcDateTime())
        op.execute(copy.bindparams(moment, sa.bindparam("is_removed", value=False, type_=sa.Boolean())))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM leave_record"))
    op.execute(sa.text("DELETE FROM post_record"))
