"""What a scanner for harmful software has said of files."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import UtcDateTime

revision = "0014"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_scan",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("threat", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("scanned_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_file_scan_decided_by_id")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file_scan")),
    )
    op.create_index("ix_file_scan_state", "file_scan", ["state", "created_at"], unique=False)
