"""fixes shares ratings complaints"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "law_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_change")),
        sa.UniqueConstraint("law", "article", "changed_on", name=op.f("uq_law_change_law_article_changed_on")),
    )
    op.create_table(
        "complaint",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_phone", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_outcome", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_complaint_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_complaint")),
    )
    op.create_index("ix_complaint_checkup", "complaint", ["firm_id", "checkup_id"], unique=False)
    op.create_index("ix_complaint_due", "complaint", ["firm_id", "state", "due_on"], unique=False)
    op.create_table(
        "complaint_event",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "complaint_id"],
            ["complaint.firm_id", "complaint.id"],
            name=op.f("fk_complaint_event_firm_id_complaint_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_complaint_event")),
    )
    op.create_table(
        "complaint_key",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "complaint_id"],
            ["complaint.firm_id", "complaint.id"],
            name=op.f("fk_complaint_key_firm_id_complaint_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "complaint_id", name=op.f("pk_complaint_key")),
    )
    op.create_table(
        "fix",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_by", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_fix_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", "risk", name=op.f("pk_fix")),
    )
    op.create_index("ix_fix_due", "fix", ["firm_id", "state", "due_on"], unique=False)
    op.create_table(
        "law_flag",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["law_change.id"], name=op.f("fk_law_flag_change_id")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_law_flag_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", "change_id", name=op.f("pk_law_flag")),
    )
    op.create_table(
        "rating",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("useful", sa.SmallInteger(), nullable=False),
        sa.Column("clear", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.Column("wants_call", sa.Boolean(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "useful BETWEEN 1 AND 5 AND clear BETWEEN 1 AND 5 AND kind BETWEEN 1 AND 5",
            name=op.f("ck_rating_one_to_five"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_rating_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_rating")),
    )
    op.create_table(
        "reminder",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_reminder_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", "about", "due_on", name=op.f("pk_reminder")),
    )
    op.create_table(
        "reminder_wish",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("days_before", sa.SmallInteger(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_reminder_wish_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_reminder_wish")),
    )
    op.create_table(
        "share",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_label", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_share_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_share")),
        sa.UniqueConstraint("firm_id", "digest", name=op.f("uq_share_firm_id_digest")),
    )
    op.create_index("ix_share_checkup", "share", ["firm_id", "checkup_id"], unique=False)
    op.create_index("ix_share_digest", "share", ["digest"], unique=False)
    op.create_table(
        "fix_event",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("sealed_why", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id", "risk"],
            ["fix.firm_id", "fix.checkup_id", "fix.risk"],
            name=op.f("fk_fix_event_firm_id_checkup_id_risk"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_fix_event")),
    )
    op.create_index("ix_fix_event_checkup", "fix_event", ["firm_id", "checkup_id"], unique=False)
    op.create_table(
        "fix_proof",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_fix_proof_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_fix_proof")),
    )
    op.create_index("ix_fix_proof_checkup", "fix_proof", ["firm_id", "checkup_id"], unique=False)
    op.create_table(
        "share_key",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "share_id"], ["share.firm_id", "share.id"], name=op.f("fk_share_key_firm_id_share_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "share_id", name=op.f("pk_share_key")),
    )
    op.create_table(
        "share_opening",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "share_id"], ["share.firm_id", "share.id"], name=op.f("fk_share_opening_firm_id_share_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_share_opening")),
    )
    op.create_index("ix_share_opening_share", "share_opening", ["firm_id", "share_id"], unique=False)
    op.add_column("checkup", sa.Column("previous_id", sa.Uuid(), nullable=True))
    op.create_index("ix_checkup_business", "checkup", ["firm_id", "business_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_checkup_firm_id_previous_id"), "checkup", "checkup", ["firm_id", "previous_id"], ["firm_id", "id"]
    )
    op.add_column("firm", sa.Column("revisit_months", sa.Integer(), server_default="6", nullable=False))


def downgrade() -> None:
    op.drop_column("firm", "revisit_months")
    op.drop_constraint(op.f("fk_checkup_firm_id_previous_id"), "checkup", type_="foreignkey")
    op.drop_index("ix_checkup_business", table_name="checkup")
    op.drop_column("checkup", "previous_id")
    op.drop_index("ix_share_opening_share", table_name="share_opening")
    op.drop_table("share_opening")
    op.drop_table("share_key")
    op.drop_index("ix_fix_proof_checkup", table_name="fix_proof")
    op.drop_table("fix_proof")
    op.drop_index("ix_fix_event_checkup", table_name="fix_event")
    op.drop_table("fix_event")
    op.drop_index("ix_share_digest", table_name="share")
    op.drop_index("ix_share_checkup", table_name="share")
    op.drop_table("share")
    op.drop_table("reminder_wish")
    op.drop_table("reminder")
    op.drop_table("rating")
    op.drop_table("law_flag")
    op.drop_index("ix_fix_due", table_name="fix")
    op.drop_table("fix")
    op.drop_table("complaint_key")
    op.drop_table("complaint_event")
    op.drop_index("ix_complaint_due", table_name="complaint")
    op.drop_index("ix_complaint_checkup", table_name="complaint")
    op.drop_table("complaint")
    op.drop_table("law_change")
