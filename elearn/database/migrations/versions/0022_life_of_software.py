"""Renewals of licences of software, reminders that were sent, pictures of titles."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "software_renewal",
        sa.Column("licence_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["former_id"], ["software_licence.id"], name=op.f("fk_software_renewal_former_id")),
        sa.ForeignKeyConstraint(["licence_id"], ["software_licence.id"], name=op.f("fk_software_renewal_licence_id")),
        sa.PrimaryKeyConstraint("licence_id", name=op.f("pk_software_renewal")),
    )
    op.create_index(op.f("ix_software_renewal_former_id"), "software_renewal", ["former_id"], unique=False)
    op.create_table(
        "software_reminder",
        sa.Column("licence_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["licence_id"], ["software_licence.id"], name=op.f("fk_software_reminder_licence_id")),
        sa.PrimaryKeyConstraint("licence_id", "step", name=op.f("pk_software_reminder")),
    )
    op.create_table(
        "software_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=False),
        sa.Column("small_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["blob_sha256"], ["stored_blob.sha256"], name=op.f("fk_software_picture_blob_sha256")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_picture_created_by_id")),
        sa.ForeignKeyConstraint(
            ["small_sha256"], ["stored_blob.sha256"], name=op.f("fk_software_picture_small_sha256")
        ),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_picture_title_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_picture")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_picture_uid")),
    )
    op.create_index(op.f("ix_software_picture_blob_sha256"), "software_picture", ["blob_sha256"], unique=False)
    op.create_index(op.f("ix_software_picture_title_id"), "software_picture", ["title_id"], unique=False)
    op.create_index(op.f("ix_software_picture_small_sha256"), "software_picture", ["small_sha256"], unique=False)
