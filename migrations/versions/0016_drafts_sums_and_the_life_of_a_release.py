"""drafts sums and the life of a release"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "release_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_draft")),
    )
    op.create_table(
        "draft_cell",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("turnover", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["release_draft.id"], name=op.f("fk_draft_cell_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "cell", name=op.f("pk_draft_cell")),
    )
    op.create_table(
        "noise_spent",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("epsilon", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["release_draft.id"], name=op.f("fk_noise_spent_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_noise_spent")),
    )
    op.create_table(
        "release_event",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["release_draft.id"], name=op.f("fk_release_event_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "id", name=op.f("pk_release_event")),
    )
    op.create_table(
        "contribution_sum",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "business_id"],
            ["business.firm_id", "business.id"],
            name=op.f("fk_contribution_sum_firm_id_business_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "business_id", "period", "measure", name=op.f("pk_contribution_sum")),
    )
    op.create_index(
        "ix_contribution_sum_largest", "contribution_sum", ["period", "measure", "district", "amount"], unique=False
    )
    op.add_column("checkup", sa.Column("channel", sa.Text(), server_default="web", nullable=False))
    # Counts are kept by other dimensions now: `famai cloud rebuild` counts them anew from the checkups.
    op.execute("DELETE FROM cube_cell")
    op.execute("DELETE FROM contribution")
    op.add_column("contribution", sa.Column("touched", sa.Text(), nullable=False))
    op.add_column("contribution", sa.Column("epoch", sa.Integer(), nullable=False))
    op.alter_column("cube_cell", "count", existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=False)
    op.add_column("released_cell", sa.Column("is_primary", sa.Boolean(), server_default="false", nullable=False))
    op.alter_column("released_cell", "is_primary", server_default=None)
    op.alter_column("released_cell", "count", existing_type=sa.INTEGER(), type_=sa.BigInteger(), existing_nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM cube_cell")
    op.execute("DELETE FROM contribution")
    op.alter_column("released_cell", "count", existing_type=sa.BigInteger(), type_=sa.INTEGER(), existing_nullable=True)
    op.drop_column("released_cell", "is_primary")
    op.alter_column("cube_cell", "count", existing_type=sa.BigInteger(), type_=sa.INTEGER(), existing_nullable=False)
    op.drop_column("contribution", "epoch")
    op.drop_column("contribution", "touched")
    op.drop_column("checkup", "channel")
    op.drop_index("ix_contribution_sum_largest", table_name="contribution_sum")
    op.drop_table("contribution_sum")
    op.drop_table("release_event")
    op.drop_table("noise_spent")
    op.drop_table("draft_cell")
    op.drop_table("release_draft")
