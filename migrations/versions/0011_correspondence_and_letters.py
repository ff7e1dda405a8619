"""correspondence, scope letters, wishes for paid work, a firm's service times"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import tenants.base

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "case_message",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("replies_to", sa.Uuid(), nullable=True),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("settled_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(author = 'firm') = (kind = 'question') OR kind = 'note'", name=op.f("ck_case_message_author")
        ),
        sa.CheckConstraint("kind IN ('question', 'answer', 'note')", name=op.f("ck_case_message_kind")),
        sa.CheckConstraint("turn IN ('owner', 'firm', 'nobody')", name=op.f("ck_case_message_turn")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_case_message_firm_id_checkup_id"),
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "replies_to"],
            ["case_message.firm_id", "case_message.id"],
            name=op.f("fk_case_message_firm_id_replies_to"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_case_message")),
    )
    op.create_index("ix_case_message_checkup", "case_message", ["firm_id", "checkup_id", "at"], unique=False)
    op.create_table(
        "scope_letter",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("accepted_how", sa.Text(), nullable=False),
        sa.Column("accepted_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.CheckConstraint("accepted_how IN ('phone', 'code')", name=op.f("ck_scope_letter_accepted_how")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_scope_letter_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", "number", name=op.f("pk_scope_letter")),
    )
    op.create_table(
        "work_wish",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("listed", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("chosen_id", sa.Uuid(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.CheckConstraint("basis = 'own_wish' OR cardinality(listed) >= 3", name=op.f("ck_work_wish_at_least_three")),
        sa.CheckConstraint("basis IN ('list', 'own_wish')", name=op.f("ck_work_wish_basis")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_work_wish_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_work_wish")),
    )
    op.create_index("ix_work_wish_checkup", "work_wish", ["firm_id", "checkup_id"], unique=False)
    op.create_table(
        "case_file",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_case_file_firm_id_checkup_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "message_id"],
            ["case_message.firm_id", "case_message.id"],
            name=op.f("fk_case_file_firm_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_case_file")),
    )
    op.create_index("ix_case_file_checkup", "case_file", ["firm_id", "checkup_id"], unique=False)
    op.add_column("firm", sa.Column("take_days", sa.SmallInteger(), server_default="3", nullable=False))
    op.add_column("firm", sa.Column("review_days", sa.SmallInteger(), server_default="5", nullable=False))
    op.add_column("firm", sa.Column("reply_days", sa.SmallInteger(), server_default="2", nullable=False))
    op.add_column("firm", sa.Column("answer_days", sa.SmallInteger(), server_default="5", nullable=False))


def downgrade() -> None:
    op.drop_column("firm", "answer_days")
    op.drop_column("firm", "reply_days")
    op.drop_column("firm", "review_days")
    op.drop_column("firm", "take_days")
    op.drop_index("ix_case_file_checkup", table_name="case_file")
    op.drop_table("case_file")
    op.drop_index("ix_work_wish_checkup", table_name="work_wish")
    op.drop_table("work_wish")
    op.drop_table("scope_letter")
    op.drop_index("ix_case_message_checkup", table_name="case_message")
    op.drop_table("case_message")
