"""emergencies lots standards"""

import sqlalchemy as sa
from alembic import op

from tenants.base import UtcInstant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "emergency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("banner", sa.Text(), nullable=False),
        sa.Column("banner_en", sa.Text(), nullable=False),
        sa.Column("relaxed", sa.Text(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=False),
        sa.Column("ended_at", UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint("begins_on <= ends_on", name=op.f("ck_emergency_days")),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_emergency_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
    )
    op.create_table(
        "lot",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_minor", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("settled_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.CheckConstraint("begins_on <= ends_on", name=op.f("ck_lot_days")),
        sa.CheckConstraint("unit_minor >= 0 AND units > 0", name=op.f("ck_lot_amounts")),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_lot_bureau_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_lot_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_lot")),
    )
    op.create_table(
        "standard_check",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_standard_check_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_standard_check")),
    )
    op.create_index("ix_standard_check_firm", "standard_check", ["firm_id", "standard", "at"], unique=False)
    op.create_table(
        "volunteer",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("emergency_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["emergency_id"], ["emergency.id"], name=op.f("fk_volunteer_emergency_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_volunteer_firm_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_volunteer_person_id")),
        sa.PrimaryKeyConstraint("firm_id", "emergency_id", "person_id", name=op.f("pk_volunteer")),
    )
    op.create_table(
        "lot_unit",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("entry_number", sa.Integer(), nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.Column("unit_minor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "lot_id"], ["lot.firm_id", "lot.id"], name=op.f("fk_lot_unit_firm_id_lot_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_lot_unit")),
        sa.UniqueConstraint("firm_id", "entry_number", name=op.f("uq_lot_unit_firm_id_entry_number")),
    )


def downgrade() -> None:
    op.drop_table("lot_unit")
    op.drop_table("volunteer")
    op.drop_index("ix_standard_check_firm", table_name="standard_check")
    op.drop_table("standard_check")
    op.drop_table("lot")
    op.drop_table("emergency")
