"""contributions cells releases"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "cube_cell",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("turnover", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "block", "key", name=op.f("pk_cube_cell")),
    )
    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("made_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("manifest_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_release")),
    )
    op.create_table(
        "released_cell",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("turnover", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", "cell", name=op.f("pk_released_cell")),
    )
    op.create_table(
        "contribution",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "business_id"],
            ["business.firm_id", "business.id"],
            name=op.f("fk_contribution_firm_id_business_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "business_id", "period", name=op.f("pk_contribution")),
    )
    op.create_index("ix_contribution_period", "contribution", ["period"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_contribution_period", table_name="contribution")
    op.drop_table("contribution")
    op.drop_table("released_cell")
    op.drop_table("release")
    op.drop_table("cube_cell")
