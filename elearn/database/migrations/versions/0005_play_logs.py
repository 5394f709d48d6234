"""Logs of playing: requests of a walk, calls of content, remarks on versions; options of the player per material."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("material", sa.Column("play_options", Json, server_default=sa.text("'{}'"), nullable=False))
    op.create_table(
        "walk",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("start", Json, nullable=False),
        sa.Column("objectives", Json, nullable=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_walk_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_walk")),
    )
    op.create_table(
        "walk_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("asker", sa.String(length=16), nullable=False),
        sa.Column("event", Json, nullable=False),
        sa.Column("result", Json, nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_walk_event_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_event")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_walk_event_attempt_id_number")),
    )
    op.create_table(
        "api_log",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_api_log_asked_by_id")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_api_log_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_api_log")),
    )
    op.create_table(
        "api_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("calls", Json, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_api_calls_attempt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_calls")),
        sa.UniqueConstraint("attempt_id", "page", "number", name=op.f("uq_api_calls_attempt_id_page_number")),
    )
    op.create_index(op.f("ix_api_calls_at"), "api_calls", ["at"], unique=False)
    op.create_table(
        "play_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_play_remark_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_play_remark")),
        sa.UniqueConstraint("version_id", "code", "place", name=op.f("uq_play_remark_version_id_code_place")),
    )
