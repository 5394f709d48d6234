"""The catalogue of teaching software."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "software_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("levels", Json, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("ck_software_quota_span")),
        sa.CheckConstraint("target > 0", name=op.f("ck_software_quota_target")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_quota_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_quota")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_quota_uid")),
    )
    op.create_index(op.f("ix_software_quota_unit_id"), "software_quota", ["unit_id"], unique=False)
    op.create_table(
        "software_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_software_decision_account_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_decision_title_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_decision_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_decision")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_decision_uid")),
    )
    op.create_index("ix_software_decision_title", "software_decision", ["title_id", "decided_on"], unique=False)
    op.create_index("ix_software_decision_unit", "software_decision", ["unit_id", "decided_on"], unique=False)
    op.create_table(
        "software_guide",
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_software_guide_material_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_guide_title_id")),
        sa.PrimaryKeyConstraint("title_id", "material_id", name=op.f("pk_software_guide")),
    )
    op.create_index(op.f("ix_software_guide_material_id"), "software_guide", ["material_id"], unique=False)
    op.create_table(
        "software_licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("cost_per_year", sa.BigInteger(), nullable=False),
        sa.Column("money", sa.String(length=16), nullable=True),
        sa.Column("contract_number", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("expires_on IS NULL OR expires_on >= starts_on", name=op.f("ck_software_licence_span")),
        sa.CheckConstraint("seats IS NULL OR seats > 0", name=op.f("ck_software_licence_seats")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_licence_created_by_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_licence_title_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_licence_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_licence")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_licence_uid")),
    )
    op.create_index("ix_software_licence_expiry", "software_licence", ["expires_on"], unique=False)
    op.create_index(op.f("ix_software_licence_title_id"), "software_licence", ["title_id"], unique=False)
    op.create_index("ix_software_licence_unit", "software_licence", ["unit_id", "starts_on"], unique=False)
    op.create_table(
        "software_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("is_supported", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_release_created_by_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_release_title_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_release")),
        sa.UniqueConstraint("title_id", "version", name=op.f("uq_software_release_title_id_version")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_release_uid")),
    )
    op.create_table(
        "software_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("architecture", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("blob_sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("findings", Json, nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["blob_sha256"], ["stored_blob.sha256"], name=op.f("fk_software_file_blob_sha256")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_file_created_by_id")),
        sa.ForeignKeyConstraint(["release_id"], ["software_release.id"], name=op.f("fk_software_file_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_file")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_file_uid")),
    )
    op.create_index(op.f("ix_software_file_blob_sha256"), "software_file", ["blob_sha256"], unique=False)
    op.create_index(op.f("ix_software_file_release_id"), "software_file", ["release_id"], unique=False)
    op.add_column("software_detail", sa.Column("maker_url", sa.String(length=500), server_default="", nullable=False))
    op.add_column("software_detail", sa.Column("contact", sa.String(length=300), server_default="", nullable=False))
