"""hardship policies and waivers"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from tenants.base import UtcInstant

revision = "0014"
down_revision = "0013"
_RUNNING = sa.text("state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')")


def upgrade() -> None:
    op.create_table(
        "hardship_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_name", sa.Text(), nullable=False),
        sa.Column("proposed_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("simulation", JSONB(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_name", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_hardship_policy_two_people")),
        sa.CheckConstraint("effective_until >= effective_from", name=op.f("ck_hardship_policy_range")),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_hardship_policy_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hardship_policy")),
    )
    op.create_index(
        "uq_hardship_policy_in_force",
        "hardship_policy",
        ["bureau_id", "effective_from"],
        unique=True,
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_table(
        "hardship_spend",
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waive_minor", sa.BigInteger(), nullable=False),
        sa.Column("defer_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("waive_minor >= 0 AND defer_minor >= 0", name=op.f("ck_hardship_spend_not_negative")),
        sa.ForeignKeyConstraint(["policy_id"], ["hardship_policy.id"], name=op.f("fk_hardship_spend_policy_id")),
        sa.PrimaryKeyConstraint("policy_id", "year", name=op.f("pk_hardship_spend")),
    )
    op.create_table(
        "part_key",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_part_key_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "part_id", name=op.f("pk_part_key")),
    )
    op.create_table(
        "waiver",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("is_declared", sa.Boolean(), nullable=False),
        sa.Column("spot_check", sa.Text(), nullable=False),
        sa.Column("applied_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_name", sa.Text(), nullable=False),
        sa.Column("appeal_by", sa.Uuid(), nullable=True),
        sa.Column("appeal_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("relief", sa.Text(), nullable=True),
        sa.Column("fee_kinds", sa.Text(), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("instalments", sa.Integer(), nullable=False),
        sa.Column("cap_minor", sa.BigInteger(), nullable=True),
        sa.Column("used_minor", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("resets", sa.Integer(), nullable=False),
        sa.Column("certificate_number", sa.Text(), nullable=True),
        sa.Column("revoked_for", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("appeal_by <> decided_by", name=op.f("ck_waiver_another_person")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_waiver_firm_id_checkup_id"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_waiver_owner_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["hardship_policy.id"], name=op.f("fk_waiver_policy_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_waiver")),
    )
    op.create_index("ix_waiver_checkup", "waiver", ["firm_id", "checkup_id"], unique=False)
    op.create_index("ix_waiver_state", "waiver", ["state", "due_on"], unique=False)
    op.create_index(
        "uq_waiver_running",
        "waiver",
        ["firm_id", "checkup_id"],
        unique=True,
        postgresql_where=_RUNNING,
    )
    op.create_table(
        "waiver_content",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("waiver_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "waiver_id"],
            ["waiver.firm_id", "waiver.id"],
            name=op.f("fk_waiver_content_firm_id_waiver_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "waiver_id", name=op.f("pk_waiver_content")),
    )
    op.create_table(
        "waiver_event",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("waiver_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("move", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "waiver_id"],
            ["waiver.firm_id", "waiver.id"],
            name=op.f("fk_waiver_event_firm_id_waiver_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_waiver_event")),
    )
    op.create_table(
        "waiver_evidence",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("waiver_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "waiver_id"],
            ["waiver.firm_id", "waiver.id"],
            name=op.f("fk_waiver_evidence_firm_id_waiver_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_waiver_evidence")),
    )


def downgrade() -> None:
    op.drop_table("waiver_evidence")
    op.drop_table("waiver_event")
    op.drop_table("waiver_content")
    op.drop_index(
        "uq_waiver_running",
        table_name="waiver",
        postgresql_where=_RUNNING,
    )
    op.drop_index("ix_waiver_state", table_name="waiver")
    op.drop_index("ix_waiver_checkup", table_name="waiver")
    op.drop_table("waiver")
    op.drop_table("part_key")
    op.drop_table("hardship_spend")
    op.drop_index(
        "uq_hardship_policy_in_force", table_name="hardship_policy", postgresql_where=sa.text("state = 'approved'")
    )
    op.drop_table("hardship_policy")
