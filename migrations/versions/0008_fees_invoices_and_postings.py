"""fees invoices and postings"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0008"
down_revision = "0007"

# Whoever reaches the table, by whatever grant: what is in the books stays as it is.
_ONLY_ADD = """CREATE FUNCTION famai_only_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'postings are only added, never changed'; END $$"""


def upgrade() -> None:
    op.create_table(
        "provider",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("stripe_account", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("slug", name=op.f("uq_provider_slug")),
    )
    op.create_table(
        "fee",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=True),
        sa.Column("plans", sa.SmallInteger(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=True),
        sa.Column("offered_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("accepted_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_fee_amount")),
        sa.ForeignKeyConstraint(
            ["firm_id", "business_id"], ["business.firm_id", "business.id"], name=op.f("fk_fee_firm_id_business_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_fee_firm_id_checkup_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_fee_owner_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_fee_provider_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_fee")),
        sa.UniqueConstraint("firm_id", "number", name=op.f("uq_fee_firm_id_number")),
    )
    op.create_index("ix_fee_checkup", "fee", ["firm_id", "checkup_id"], unique=False)
    op.create_table(
        "invoice",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fee_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("parts", sa.SmallInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("planned_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("stripe_invoice", sa.Text(), nullable=True),
        sa.Column("stripe_payment", sa.Text(), nullable=True),
        sa.Column("pay_url", sa.Text(), nullable=True),
        sa.Column("paid_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_invoice_amount")),
        sa.ForeignKeyConstraint(
            ["firm_id", "fee_id"], ["fee.firm_id", "fee.id"], name=op.f("fk_invoice_firm_id_fee_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("firm_id", "stripe_invoice", name=op.f("uq_invoice_firm_id_stripe_invoice")),
    )
    op.create_index("ix_invoice_fee", "invoice", ["firm_id", "fee_id"], unique=False)
    op.create_index("ix_invoice_state", "invoice", ["state"], unique=False)
    op.create_table(
        "posting",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fee_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("debit", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_posting_amount")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_posting_two_accounts")),
        sa.ForeignKeyConstraint(
            ["firm_id", "fee_id"], ["fee.firm_id", "fee.id"], name=op.f("fk_posting_firm_id_fee_id")
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_posting_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_posting")),
        sa.UniqueConstraint("firm_id", "key", name=op.f("uq_posting_firm_id_key")),
    )
    op.create_index("ix_posting_fee", "posting", ["firm_id", "fee_id"], unique=False)
    op.execute(_ONLY_ADD)
    op.execute(
        "CREATE TRIGGER only_add BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION famai_only_add()"
    )
    op.create_table(
        "refund",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("fee_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("stripe_refund", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("done_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refund_amount")),
        sa.ForeignKeyConstraint(
            ["firm_id", "fee_id"], ["fee.firm_id", "fee.id"], name=op.f("fk_refund_firm_id_fee_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "invoice_id"], ["invoice.firm_id", "invoice.id"], name=op.f("fk_refund_firm_id_invoice_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_refund")),
        sa.UniqueConstraint("firm_id", "stripe_refund", name=op.f("uq_refund_firm_id_stripe_refund")),
    )
    op.create_index("ix_refund_invoice", "refund", ["firm_id", "invoice_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_refund_invoice", table_name="refund")
    op.drop_table("refund")
    op.drop_index("ix_posting_fee", table_name="posting")
    op.drop_table("posting")
    op.execute("DROP FUNCTION famai_only_add()")
    op.drop_index("ix_invoice_state", table_name="invoice")
    op.drop_index("ix_invoice_fee", table_name="invoice")
    op.drop_table("invoice")
    op.drop_index("ix_fee_checkup", table_name="fee")
    op.drop_table("fee")
    op.drop_table("provider")
