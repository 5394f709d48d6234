"""More that people say of a material: topic, type, duration, version, requirements, and whose it is until when."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("topic", sa.String(length=300)),
        ("resource_type", sa.String(length=24)),
        ("edition_name", sa.String(length=64)),
        ("requirements", sa.Text()),
        ("licence_source", sa.String(length=500)),
    ):
        op.add_column("material", sa.Column(name, kind, nullable=False, server_default=""))
    op.add_column("material", sa.Column("duration_minutes", sa.Integer(), nullable=True))
    op.add_column("material", sa.Column("licence_expires_on", sa.Date(), nullable=True))
    op.create_index("ix_material_licence_expires_on", "material", ["licence_expires_on"], unique=False)
