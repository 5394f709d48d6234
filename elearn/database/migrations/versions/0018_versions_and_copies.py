"""Versions that wait for a reviewer, places that keep to a version, and which versions are like others."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _say_where_versions_stand()
    _keep_courses_to_what_they_show()
    op.create_table(
        "version_sketch",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("least", sa.LargeBinary(), nullable=False),
        sa.Column("compared_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_version_sketch_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_sketch")),
    )
    due = sa.text("compared_at IS NULL")
    op.create_index("ix_version_sketch_due", "version_sketch", ["version_id"], sqlite_where=due, postgresql_where=due)
    op.create_table(
        "version_likeness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["material_version.id"], name=op.f("fk_version_likeness_other_id")),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_version_likeness_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_likeness")),
        sa.UniqueConstraint("version_id", "other_id", name=op.f("uq_version_likeness_version_id_other_id")),
    )
    op.create_index(op.f("ix_version_likeness_other_id"), "version_likeness", ["other_id"], unique=False)


def _say_where_versions_stand() -> None:
    table, waits = "material_version", sa.text("state = 'waiting'")
    op.add_column(table, sa.Column("state", sa.String(length=16), server_default="taken", nullable=False))
    op.add_column(table, sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column(table, sa.Column("released_at", UtcDateTime(), nullable=True))
    op.add_column(table, sa.Column("restored_from", sa.Integer(), nullable=True))
    op.create_index("ix_material_version_waiting", table, ["state"], sqlite_where=waits, postgresql_where=waits)
    op.execute(
        "UPDATE material_version SET released_at = "
        "(SELECT published_at FROM material WHERE material.id = material_version.material_id) WHERE is_current"
    )


def _keep_courses_to_what_they_show() -> None:
    # Written out, because SQLite takes a foreign key only with the column itself.
    op.execute(
        "ALTER TABLE placement ADD COLUMN version_id INTEGER "
        "CONSTRAINT fk_placement_version_id REFERENCES material_version (id)"
    )
    op.execute(
        "UPDATE placement SET version_id = (SELECT version.id FROM material_version AS version "
        "WHERE version.material_id = placement.material_id AND version.is_current) WHERE kind = 'course_item'"
    )
