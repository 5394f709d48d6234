"""Buckets of shared data that outlive courses."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_data",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=255), nullable=False),
        sa.Column("store", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_shared_data_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_shared_data_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_data")),
        sa.UniqueConstraint("account_id", "unit_id", "target", name=op.f("uq_shared_data_account_id_unit_id_target")),
    )
