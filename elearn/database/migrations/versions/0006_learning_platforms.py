"""Learning platforms by LTI 1.3: keys, registrations, launches, contexts, links, sessions, grades to send."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lti_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("private_pem", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("signs_from", UtcDateTime(), nullable=False),
        sa.Column("published_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_key")),
    )
    op.create_table(
        "lti_platform",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("authorization_endpoint", sa.String(length=2048), nullable=False),
        sa.Column("token_endpoint", sa.String(length=2048), nullable=False),
        sa.Column("token_audience", sa.String(length=2048), nullable=False),
        sa.Column("keyset_url", sa.String(length=2048), nullable=False),
        sa.Column("keyset", Json, nullable=True),
        sa.Column("keyset_at", UtcDateTime(), nullable=True),
        sa.Column("product", sa.String(length=64), nullable=False),
        sa.Column("product_version", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_lti_platform_created_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_lti_platform_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_platform")),
        sa.UniqueConstraint("issuer", "client_id", name=op.f("uq_lti_platform_issuer_client_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_lti_platform_uid")),
    )
    op.create_index(op.f("ix_lti_platform_unit_id"), "lti_platform", ["unit_id"], unique=False)
    op.create_table(
        "lti_connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("session_digest", sa.String(length=64), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("answer_digest", sa.String(length=64), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lti_connection_account_id")),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_lti_connection_identity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_connection")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_lti_connection_code_digest")),
    )
    op.create_index(op.f("ix_lti_connection_identity_id"), "lti_connection", ["identity_id"], unique=False)
    op.create_table(
        "lti_consumer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("secret", sa.String(length=255), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platform.id"], name=op.f("fk_lti_consumer_platform_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_lti_consumer_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_consumer")),
        sa.UniqueConstraint("key", name=op.f("uq_lti_consumer_key")),
    )
    op.create_index(op.f("ix_lti_consumer_unit_id"), "lti_consumer", ["unit_id"], unique=False)
    op.create_table(
        "lti_deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("first_seen_at", UtcDateTime(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["account.id"], name=op.f("fk_lti_deployment_accepted_by_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platform.id"], name=op.f("fk_lti_deployment_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_deployment")),
        sa.UniqueConstraint("platform_id", "name", name=op.f("uq_lti_deployment_platform_id_name")),
    )
    op.create_table(
        "lti_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("deployment", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lti_event_account_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platform.id"], name=op.f("fk_lti_event_platform_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_event")),
    )
    op.create_index(op.f("ix_lti_event_at"), "lti_event", ["at"], unique=False)
    op.create_index("ix_lti_event_platform", "lti_event", ["platform_id", "at"], unique=False)
    op.create_table(
        "lti_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("platform_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_lti_invitation_created_by_id")),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platform.id"], name=op.f("fk_lti_invitation_platform_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_lti_invitation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_lti_invitation_token_digest")),
    )
    op.create_index(op.f("ix_lti_invitation_unit_id"), "lti_invitation", ["unit_id"], unique=False)
    op.create_table(
        "lti_login",
        sa.Column("state_digest", sa.String(length=64), nullable=False),
        sa.Column("binding_digest", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("platform_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=2048), nullable=False),
        sa.Column("storage_target", sa.String(length=255), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("claims", Json, nullable=True),
        sa.Column("confirm_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["platform_id"], ["lti_platform.id"], name=op.f("fk_lti_login_platform_id")),
        sa.PrimaryKeyConstraint("state_digest", name=op.f("pk_lti_login")),
        sa.UniqueConstraint("confirm_digest", name=op.f("uq_lti_login_confirm_digest")),
    )
    op.create_index(op.f("ix_lti_login_expires_at"), "lti_login", ["expires_at"], unique=False)
    op.create_index(op.f("ix_lti_login_platform_id"), "lti_login", ["platform_id"], unique=False)
    op.create_table(
        "lti_context",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("mapped_by_id", sa.Integer(), nullable=True),
        sa.Column("mapped_at", UtcDateTime(), nullable=True),
        sa.Column("roster_url", sa.String(length=2048), nullable=False),
        sa.Column("roster_at", UtcDateTime(), nullable=True),
        sa.Column("roster_code", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_lti_context_class_id")),
        sa.ForeignKeyConstraint(["deployment_id"], ["lti_deployment.id"], name=op.f("fk_lti_context_deployment_id")),
        sa.ForeignKeyConstraint(["mapped_by_id"], ["account.id"], name=op.f("fk_lti_context_mapped_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_context")),
        sa.UniqueConstraint("deployment_id", "name", name=op.f("uq_lti_context_deployment_id_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_lti_context_uid")),
    )
    op.create_index(op.f("ix_lti_context_class_id"), "lti_context", ["class_id"], unique=False)
    op.create_table(
        "lti_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=255), nullable=False),
        sa.Column("line_item", sa.String(length=2048), nullable=False),
        sa.Column("line_items", sa.String(length=2048), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("maximum", sa.Double(), nullable=False),
        sa.Column("tag", sa.String(length=255), nullable=False),
        sa.Column("policy", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["lti_context.id"], name=op.f("fk_lti_link_context_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_lti_link_course_id")),
        sa.ForeignKeyConstraint(["deployment_id"], ["lti_deployment.id"], name=op.f("fk_lti_link_deployment_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_lti_link_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_link")),
        sa.UniqueConstraint("deployment_id", "name", name=op.f("uq_lti_link_deployment_id_name")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_lti_link_placement_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_lti_link_uid")),
    )
    op.create_index(op.f("ix_lti_link_context_id"), "lti_link", ["context_id"], unique=False)
    op.create_index(op.f("ix_lti_link_course_id"), "lti_link", ["course_id"], unique=False)
    op.create_table(
        "lti_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("display_name", sa.String(length=300), nullable=False),
        sa.Column("roles", Json, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("listed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lti_member_account_id")),
        sa.ForeignKeyConstraint(["context_id"], ["lti_context.id"], name=op.f("fk_lti_member_context_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_member")),
        sa.UniqueConstraint("context_id", "subject", name=op.f("uq_lti_member_context_id_subject")),
    )
    op.create_index(op.f("ix_lti_member_account_id"), "lti_member", ["account_id"], unique=False)
    op.create_table(
        "lti_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("activity", sa.String(length=16), nullable=False),
        sa.Column("grading", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent_number", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("is_graded", sa.Boolean(), nullable=False),
        sa.Column("last_moment", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lti_grade_account_id")),
        sa.ForeignKeyConstraint(["link_id"], ["lti_link.id"], name=op.f("fk_lti_grade_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lti_grade")),
        sa.UniqueConstraint("link_id", "account_id", name=op.f("uq_lti_grade_link_id_account_id")),
    )
    op.create_index(op.f("ix_lti_grade_account_id"), "lti_grade", ["account_id"], unique=False)
    op.create_index(op.f("ix_lti_grade_next_at"), "lti_grade", ["next_at"], unique=False)
    op.create_index(op.f("ix_lti_grade_refused_at"), "lti_grade", ["refused_at"], unique=False)
    op.create_table(
        "lti_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("is_teaching", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("return_url", sa.String(length=2048), nullable=False),
        sa.Column("picking", Json, nullable=True),
        sa.Column("picked_at", UtcDateTime(), nullable=True),
        sa.Column("for_subject", sa.String(length=255), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_lti_session_account_id")),
        sa.ForeignKeyConstraint(["context_id"], ["lti_context.id"], name=op.f("fk_lti_session_context_id")),
        sa.ForeignKeyConstraint(["deployment_id"], ["lti_deployment.id"], name=op.f("fk_lti_session_deployment_id")),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_lti_session_identity_id")),
        sa.ForeignKeyConstraint(["link_id"], ["lti_link.id"], name=op.f("fk_lti_session_link_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_lti_session")),
    )
    op.create_index(op.f("ix_lti_session_account_id"), "lti_session", ["account_id"], unique=False)
    op.create_index(op.f("ix_lti_session_deployment_id"), "lti_session", ["deployment_id"], unique=False)
    op.create_index(op.f("ix_lti_session_expires_at"), "lti_session", ["expires_at"], unique=False)
    op.create_index(op.f("ix_lti_session_identity_id"), "lti_session", ["identity_id"], unique=False)
