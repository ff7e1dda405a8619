"""parameters"""

import sqlalchemy as sa
from alembic import op

from tenants.base import UtcInstant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "parameter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_name", sa.Text(), nullable=False),
        sa.Column("proposed_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_name", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_parameter_two_people")),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_parameter_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter")),
    )
    op.create_index(
        "uq_parameter_in_force",
        "parameter",
        ["bureau_id", "key", "effective_from"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )


def downgrade() -> None:
    op.drop_index("uq_parameter_in_force", table_name="parameter", postgresql_where=sa.text("state = 'approved'"))
    op.drop_table("parameter")
