"""What can be looked at of a version: its drawn pages, captions, and the depth of its parts."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version_preview",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("starts", Json, nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_version_preview_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_preview")),
    )
    op.create_table(
        "version_caption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["blob_sha256"], ["stored_blob.sha256"], name=op.f("fk_version_caption_blob_sha256")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_version_caption_created_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_version_caption_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_caption")),
        sa.UniqueConstraint("version_id", "language", name=op.f("uq_version_caption_version_id_language")),
    )
    op.create_index(op.f("ix_version_caption_blob_sha256"), "version_caption", ["blob_sha256"], unique=False)
    op.add_column("part", sa.Column("depth", sa.Integer(), nullable=False, server_default="0"))
