"""Subject groups and countersignatures; requests for titles of software, their trials and ratings."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json, UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subject_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("subject_codes", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_subject_group_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_group")),
        sa.UniqueConstraint("uid", name=op.f("uq_subject_group_uid")),
    )
    op.create_index(op.f("ix_subject_group_unit_id"), "subject_group", ["unit_id"], unique=False)
    op.create_table(
        "group_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_group_seat_span")),
        sa.ForeignKeyConstraint(["group_id"], ["subject_group.id"], name=op.f("fk_group_seat_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_seat")),
        sa.UniqueConstraint("uid", name=op.f("uq_group_seat_uid")),
    )
    op.create_index(op.f("ix_group_seat_group_id"), "group_seat", ["group_id"], unique=False)
    op.create_index(op.f("ix_group_seat_person_id"), "group_seat", ["person_id"], unique=False)
    op.create_table(
        "software_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rated_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_software_rating_stars")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_software_rating_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_software_rating_person_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_rating_title_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_rating")),
        sa.UniqueConstraint("title_id", "person_id", name=op.f("uq_software_rating_title_id_person_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_rating_uid")),
    )
    op.create_index(op.f("ix_software_rating_person_id"), "software_rating", ["person_id"], unique=False)
    op.create_table(
        "software_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.String(length=300), nullable=False),
        sa.Column("maker", sa.String(length=200), nullable=False),
        sa.Column("maker_url", sa.String(length=500), nullable=False),
        sa.Column("levels", Json, nullable=False),
        sa.Column("subjects", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decider_id"], ["unit.id"], name=op.f("fk_software_request_decider_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["software_request.id"], name=op.f("fk_software_request_merged_into_id")
        ),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_request_title_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_request_uid")),
    )
    op.create_index("ix_software_request_decider", "software_request", ["decider_id", "state"], unique=False)
    op.create_index("ix_software_request_folded", "software_request", ["decider_id", "folded"], unique=False)
    op.create_index(op.f("ix_software_request_title_id"), "software_request", ["title_id"], unique=False)
    op.create_table(
        "software_trial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_software_trial_span")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_software_trial_created_by_id")),
        sa.ForeignKeyConstraint(["title_id"], ["material.id"], name=op.f("fk_software_trial_title_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_trial_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_trial")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_trial_uid")),
    )
    op.create_index(op.f("ix_software_trial_title_id"), "software_trial", ["title_id"], unique=False)
    op.create_index(op.f("ix_software_trial_unit_id"), "software_trial", ["unit_id"], unique=False)
    op.create_table(
        "software_request_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_software_request_event_account_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["software_request.id"], name=op.f("fk_software_request_event_request_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_request_event_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_request_event")),
    )
    op.create_index(
        op.f("ix_software_request_event_request_id"), "software_request_event", ["request_id"], unique=False
    )
    op.create_table(
        "software_request_voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_software_request_voice_account_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["software_request.id"], name=op.f("fk_software_request_voice_request_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_request_voice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_request_voice")),
        sa.UniqueConstraint("request_id", "account_id", name=op.f("uq_software_request_voice_request_id_account_id")),
    )
    op.create_index(
        op.f("ix_software_request_voice_account_id"), "software_request_voice", ["account_id"], unique=False
    )
    op.create_index("ix_software_request_voice_unit", "software_request_voice", ["unit_id"], unique=False)
    op.create_table(
        "software_trial_school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("trial_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("scores", Json, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reported_by_id"], ["account.id"], name=op.f("fk_software_trial_school_reported_by_id")
        ),
        sa.ForeignKeyConstraint(["trial_id"], ["software_trial.id"], name=op.f("fk_software_trial_school_trial_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_software_trial_school_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_trial_school")),
        sa.UniqueConstraint("trial_id", "unit_id", name=op.f("uq_software_trial_school_trial_id_unit_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_software_trial_school_uid")),
    )
    op.create_index(op.f("ix_software_trial_school_unit_id"), "software_trial_school", ["unit_id"], unique=False)
    op.create_table(
        "usage_sign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_usage_sign_account_id")),
        sa.ForeignKeyConstraint(["act_id"], ["usage_act.id"], name=op.f("fk_usage_sign_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_sign")),
        sa.UniqueConstraint("uid", name=op.f("uq_usage_sign_uid")),
    )
    op.create_index(op.f("ix_usage_sign_act_id"), "usage_sign", ["act_id"], unique=False)
