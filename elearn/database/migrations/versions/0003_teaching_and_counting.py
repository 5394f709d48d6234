"""Teaching and counting."""

import sqlalchemy as sa
from alembic import op

from elearn.database.types import Json, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ruleset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rules", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruleset")),
        sa.UniqueConstraint("code", name=op.f("uq_ruleset_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_ruleset_uid")),
    )
    op.create_table(
        "search_removal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_removal")),
    )
    op.create_table(
        "count_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_count_state_period_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_count_state_ruleset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_state")),
        sa.UniqueConstraint("ruleset_id", "period_id", name=op.f("uq_count_state_ruleset_id_period_id")),
    )
    op.create_table(
        "leave_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_leave_record_span")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leave_record_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_record")),
    )
    with op.batch_alter_table("leave_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leave_record_leave_id"), ["leave_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leave_record_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leave_record_recorded_at"), ["recorded_at"], unique=False)

    op.create_table(
        "person_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ruleset_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("subject_code", sa.String(length=16), nullable=True),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("fte", sa.Numeric(precision=4, scale=3, asdecimal=False), nullable=False),
        sa.Column("acts_a", sa.Integer(), nullable=False),
        sa.Column("acts_b", sa.Integer(), nullable=False),
        sa.Column("acts_c", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_person_count_period_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_count_person_id")),
        sa.ForeignKeyConstraint(["ruleset_id"], ["ruleset.id"], name=op.f("fk_person_count_ruleset_id")),
        sa.ForeignKeyConstraint(["subject_code"], ["subject.code"], name=op.f("fk_person_count_subject_code")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_count_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_count")),
        sa.UniqueConstraint(
            "ruleset_id", "period_id", "person_id", name=op.f("uq_person_count_ruleset_id_period_id_person_id")
        ),
    )
    with op.batch_alter_table("person_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_count_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_person_count_unit", ["period_id", "ruleset_id", "unit_id"], unique=False)

    op.create_table(
        "post_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("contract", sa.String(length=16), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=True),
        sa.Column("subject_code", sa.String(length=16), nullable=True),
        sa.Column("fte", sa.Numeric(precision=4, scale=3, asdecimal=False), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_post_record_span")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_post_record_person_id")),
        sa.ForeignKeyConstraint(["subject_code"], ["subject.code"], name=op.f("fk_post_record_subject_code")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_post_record_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_record")),
    )
    with op.batch_alter_table("post_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_record_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_record_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_post_record_recorded_at"), ["recorded_at"], unique=False)

    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("subject_code", sa.String(length=16), nullable=True),
        sa.Column("grade_code", sa.String(length=8), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["grade_code"], ["grade.code"], name=op.f("fk_course_grade_code")),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name=op.f("fk_course_owner_id")),
        sa.ForeignKeyConstraint(["subject_code"], ["subject.code"], name=op.f("fk_course_subject_code")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_course_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("uid", name=op.f("uq_course_uid")),
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index("ix_course_unit_status", ["unit_id", "status"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_invitation_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitation_token_digest")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_account_id"), ["account_id"], unique=False)

    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_search_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_search_uid")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_account_id"), ["account_id"], unique=False)

    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["from_unit_id"], ["unit.id"], name=op.f("fk_transfer_from_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_transfer_person_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_transfer_post_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_transfer_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("uid", name=op.f("uq_transfer_uid")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_from_unit_id"), ["from_unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_post_id"), ["post_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_to_unit_id"), ["to_unit_id"], unique=False)

    op.create_table(
        "version_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_version_print_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_print")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_version_print_version_id_key")),
    )
    with op.batch_alter_table("version_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_print_key"), ["key"], unique=False)

    op.create_table(
        "co_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["material_id"], ["material.id"], name=op.f("fk_co_author_material_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_co_author_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_author")),
        sa.UniqueConstraint("material_id", "person_id", name=op.f("uq_co_author_material_id_person_id")),
    )
    with op.batch_alter_table("co_author", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_co_author_person_id"), ["person_id"], unique=False)

    op.create_table(
        "count_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_count_change_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_count_change_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_change")),
    )
    with op.batch_alter_table("count_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_change_person_id"), ["person_id"], unique=False)

    op.create_table(
        "course_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_course_opening_class_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_opening_course_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["account.id"], name=op.f("fk_course_opening_opened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_opening")),
        sa.UniqueConstraint("course_id", "class_id", name=op.f("uq_course_opening_course_id_class_id")),
    )
    with op.batch_alter_table("course_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_opening_class_id"), ["class_id"], unique=False)

    op.create_table(
        "course_teacher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_course_teacher_account_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_teacher_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_teacher")),
        sa.UniqueConstraint("course_id", "account_id", name=op.f("uq_course_teacher_course_id_account_id")),
    )
    with op.batch_alter_table("course_teacher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_teacher_account_id"), ["account_id"], unique=False)

    op.create_table(
        "course_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_item_course_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_course_item_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_item")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_course_item_placement_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_course_item_uid")),
    )
    with op.batch_alter_table("course_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_item_course_id"), ["course_id"], unique=False)

    op.create_table(
        "teach_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("lesson_period", sa.Integer(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=False),
        sa.Column("active_seconds", sa.Double(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("end", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_teach_session_account_id")),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_teach_session_class_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_teach_session_course_id")),
        sa.ForeignKeyConstraint(["version_id"], ["material_version.id"], name=op.f("fk_teach_session_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teach_session")),
        sa.UniqueConstraint("uid", name=op.f("uq_teach_session_uid")),
    )
    with op.batch_alter_table("teach_session", schema=None) as batch_op:
        batch_op.create_index("ix_teach_session_account", ["account_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_teach_session_class_id"), ["class_id"], unique=False)
        batch_op.create_index("ix_teach_session_open", ["ended_at", "beat_at"], unique=False)

    op.create_table(
        "course_feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("score_scaled", sa.Double(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["course_item.id"], name=op.f("fk_course_feedback_item_id")),
        sa.ForeignKeyConstraint(["learner_id"], ["account.id"], name=op.f("fk_course_feedback_learner_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["account.id"], name=op.f("fk_course_feedback_teacher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_feedback")),
        sa.UniqueConstraint("uid", name=op.f("uq_course_feedback_uid")),
    )
    with op.batch_alter_table("course_feedback", schema=None) as batch_op:
        batch_op.create_index("ix_course_feedback_item_learner", ["item_id", "learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_feedback_learner_id"), ["learner_id"], unique=False)

    with op.batch_alter_table("play_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser_digest", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("launched_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("credited", sa.Double(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f("ix_play_session_browser_digest"), ["browser_digest"], unique=False)

    with op.batch_alter_table("review_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changes", Json, nullable=True))

    with op.batch_alter_table("stored_blob", schema=None) as batch_op:
        batch_op.add_column(sa.Column("orphaned_at", UtcDateTime(), nullable=True))

    with op.batch_alter_table("usage_act", schema=None) as batch_op:
        batch_op.add_column(sa.Column("class_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("placement_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("key", sa.String(length=160), nullable=True))
        batch_op.create_index("ix_usage_act_course", ["course_id", "kind", "act_date"], unique=False)
        batch_op.create_index("ix_usage_act_placement", ["placement_id", "kind", "act_date"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_usage_act_key"), ["key"])
        batch_op.create_foreign_key(batch_op.f("fk_usage_act_placement_id"), "placement", ["placement_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_usage_act_course_id"), "course", ["course_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_usage_act_class_id"), "school_class", ["class_id"], ["id"])
