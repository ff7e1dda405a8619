"""payers plans notices differences"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "money_difference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stripe_id", sa.Text(), nullable=False),
        sa.Column("ours_minor", sa.BigInteger(), nullable=True),
        sa.Column("theirs_minor", sa.BigInteger(), nullable=True),
        sa.Column("found_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("solved_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_difference")),
        sa.UniqueConstraint("kind", "stripe_id", name=op.f("uq_money_difference_kind_stripe_id")),
    )
    op.create_index("ix_money_difference_firm", "money_difference", ["firm_id"], unique=False)
    op.create_table(
        "stripe_notice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("received_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_notice")),
    )
    op.create_index("ix_stripe_notice_state", "stripe_notice", ["state", "received_at"], unique=False)
    op.create_table(
        "firm_plan",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("stripe_customer", sa.Text(), nullable=False),
        sa.Column("stripe_subscription", sa.Text(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("ends_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.Column("is_ending", sa.Boolean(), nullable=False),
        sa.Column("seen_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_plan_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", name=op.f("pk_firm_plan")),
    )
    op.create_table(
        "plan_visit",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_plan_visit_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_plan_visit")),
    )
    op.create_index("ix_plan_visit_state", "plan_visit", ["state"], unique=False)
    op.create_table(
        "payer",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("stripe_customer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "business_id"], ["business.firm_id", "business.id"], name=op.f("fk_payer_firm_id_business_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "business_id", name=op.f("pk_payer")),
    )


def downgrade() -> None:
    op.drop_table("payer")
    op.drop_index("ix_plan_visit_state", table_name="plan_visit")
    op.drop_table("plan_visit")
    op.drop_table("firm_plan")
    op.drop_index("ix_stripe_notice_state", table_name="stripe_notice")
    op.drop_table("stripe_notice")
    op.drop_index("ix_money_difference_firm", table_name="money_difference")
    op.drop_table("money_difference")
