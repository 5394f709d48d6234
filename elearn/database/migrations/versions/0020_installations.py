"""What is installed at schools, tokens of inventory agents, further names of titles, and mirrors."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "software_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_token_created_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_token_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_software_token_digest")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_token_uid")),
    )
    op.create_index(op.f("ix_software_token_unit_id"), "software_token", ["unit_id"], unique=False)
    op.create_table(
        "software_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_alias_created_by_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_alias_title_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_alias")),
        sa.UniqueConstraint("title_id", "name_key", name=op.f("uq_software_alias_title_id_name_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_alias_uid")),
    )
    op.create_index(op.f("ix_software_alias_name_key"), "software_alias", ["name_key"], unique=False)
    op.create_table(
        "software_installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("age", sa.String(length=16), nullable=False),
        sa.Column("room", sa.String(length=100), nullable=False),
        sa.Column("machines", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("via", sa.String(length=16), nullable=False),
        sa.Column("proof", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("machines >= 0", name=op.f("ck_software_installation_machines")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_software_installation_account_id")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["software_release.id"], name=op.f("fk_software_installation_release_id")
        ),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_installation_title_id")),
        sa.ForeignKeyConstraint(["token_id"], ["software_token.id"], name=op.f("fk_software_installation_token_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_installation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_installation")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_installation_uid")),
    )
    op.create_index(
        "ix_software_installation_here",
        "software_installation",
        ["unit_id"],
        unique=False,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(op.f("ix_software_installation_release_id"), "software_installation", ["release_id"], unique=False)
    op.create_index(
        "ix_software_installation_standing",
        "software_installation",
        ["title_id", "unit_id", "machines", "age"],
        unique=False,
        sqlite_where=sa.text("is_current = 1"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(
        "ix_software_installation_unit", "software_installation", ["unit_id", "title_id", "reported_on"], unique=False
    )
    op.create_table(
        "software_mirror",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_mirror_created_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["software_file.id"], name=op.f("fk_software_mirror_file_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_mirror_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_mirror")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_mirror_uid")),
    )
    op.create_index(op.f("ix_software_mirror_file_id"), "software_mirror", ["file_id"], unique=False)
