"""Machines that keep a copy of the search index of their own."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_node",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("place", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_search_node")),
    )
    op.create_index("ix_search_change_at", "search_change", ["at"], unique=False)
    op.create_index("ix_search_removal_at", "search_removal", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_search_removal_at", table_name="search_removal")
    op.drop_index("ix_search_change_at", table_name="search_change")
    op.drop_table("search_node")
