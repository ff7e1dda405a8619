"""indicators editions figures progress"""

import sqlalchemy as sa
from alembic import op

from tenants.base import UtcInstant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "bureau_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("frozen_by", sa.Text(), nullable=False),
        sa.Column("frozen_at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_bureau_edition_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bureau_edition")),
        sa.UniqueConstraint("bureau_id", "period", "number", name=op.f("uq_bureau_edition_bureau_id_period_number")),
    )
    op.create_table(
        "figure",
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("counted_at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_figure_bureau_id")),
        sa.PrimaryKeyConstraint("bureau_id", "key", name=op.f("pk_figure")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("formula", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_indicator_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("bureau_id", "key", "version", name=op.f("uq_indicator_bureau_id_key_version")),
    )
    op.create_table(
        "progress",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("review_wanted", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("signed_at", UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_progress_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_progress")),
    )
    op.create_index("ix_progress_signed", "progress", ["firm_id", "signed_at"], unique=False)
    op.execute("ALTER TABLE checkup NO FORCE ROW LEVEL SECURITY")  # forced again with the access matrix
    op.execute(
        "INSERT INTO progress (firm_id, checkup_id, owner_id, state, review_wanted, submitted_at, signed_at) "
        "SELECT firm_id, id, owner_id, state, review_wanted, submitted_at, signed_at FROM checkup"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER IF EXISTS keep_progress ON checkup")
    op.drop_index("ix_progress_signed", table_name="progress")
    op.drop_table("progress")
    op.drop_table("indicator")
    op.drop_table("figure")
    op.drop_table("bureau_edition")
