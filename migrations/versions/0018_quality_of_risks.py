"""quality of risks"""

import sqlalchemy as sa
from alembic import op

from tenants.base import UtcInstant

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "risk_quality",
        sa.Column("pack_id", sa.Text(), nullable=False),
        sa.Column("pack_version", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("businesses", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.SmallInteger(), nullable=False),
        sa.Column("changed", sa.SmallInteger(), nullable=False),
        sa.Column("dismissed", sa.SmallInteger(), nullable=False),
        sa.Column("typical_change", sa.Double(), nullable=True),
        sa.Column("counted_at", UtcInstant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pack_id", "pack_version", "risk", name=op.f("pk_risk_quality")),
    )


def downgrade() -> None:
    op.drop_table("risk_quality")
