"""Groups of courses of platforms, and notices of platforms."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lti_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("set_title", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["lti_context.id"], name=op.f("fk_lti_group_context_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_group")),
        sa.UniqueConstraint("context_id", "name", name=op.f("uq_lti_group_context_id_name")),
    )
    for table, name, kind, before in (
        ("lti_deployment", "notices", Json, "{}"),
        ("lti_context", "groups_url", sa.String(length=2048), ""),
        ("lti_context", "group_sets_url", sa.String(length=2048), ""),
        ("lti_context", "groups_code", sa.String(length=64), ""),
        ("lti_context", "origins", Json, "[]"),
        ("lti_member", "groups", Json, "[]"),
    ):
        # The value is for rows that are there; new ones are given theirs by the model.
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=before))
