"""signatures, editions, text blocks

Reasons move into the sealed words of a finding; nothing was released while they stood open, so none are carried.
"""

import sqlalchemy as sa
from alembic import op

from tenants.base import UtcInstant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "text_block",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("law", sa.Text(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("retired_at", UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_text_block_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_text_block")),
    )
    op.create_table(
        "edition",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_name", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("partner_name", sa.Text(), nullable=True),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_why", sa.LargeBinary(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("verify_number", sa.Text(), nullable=False),
        sa.Column("signed_at", UtcInstant(timezone=True), nullable=False),
        sa.CheckConstraint("partner_id <> lawyer_id", name=op.f("ck_edition_two_people")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_edition_firm_id_checkup_id")
        ),
        sa.ForeignKeyConstraint(["lawyer_id"], ["person.id"], name=op.f("fk_edition_lawyer_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["person.id"], name=op.f("fk_edition_partner_id")),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", "number", name=op.f("pk_edition")),
    )
    op.create_table(
        "signing",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.SmallInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_why", sa.LargeBinary(), nullable=True),
        sa.Column("at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_signing_firm_id_checkup_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signing_person_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_signing")),
    )
    op.create_index("ix_signing_checkup", "signing", ["firm_id", "checkup_id"], unique=False)
    op.add_column("document", sa.Column("edition", sa.SmallInteger(), server_default="0", nullable=False))
    op.alter_column("document", "edition", server_default=None)
    op.execute("UPDATE document SET edition = 1 WHERE kind = 'signed'")
    op.drop_constraint("pk_document", "document")
    op.create_primary_key("pk_document", "document", ["firm_id", "checkup_id", "kind", "locale", "edition"])
    op.add_column("finding", sa.Column("sealed_words", sa.LargeBinary(), nullable=True))
    op.drop_column("finding", "lawyer_reason")
    op.add_column("membership", sa.Column("is_junior", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("review", sa.Column("edition", sa.SmallInteger(), server_default="1", nullable=False))
    op.alter_column("review", "edition", server_default=None)
    op.add_column("review", sa.Column("sealed_why", sa.LargeBinary(), nullable=True))
    op.add_column("review", sa.Column("first_signed_at", UtcInstant(timezone=True), nullable=True))
    op.drop_column("review", "content_hash")
    op.add_column("verification", sa.Column("replaced_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("verification", "replaced_by")
    op.add_column("review", sa.Column("content_hash", sa.TEXT(), autoincrement=False, nullable=True))
    op.drop_column("review", "first_signed_at")
    op.drop_column("review", "sealed_why")
    op.drop_column("review", "edition")
    op.drop_column("membership", "is_junior")
    op.add_column("finding", sa.Column("lawyer_reason", sa.TEXT(), autoincrement=False, nullable=True))
    op.drop_column("finding", "sealed_words")
    op.execute("DELETE FROM document WHERE edition > 1")
    op.drop_constraint("pk_document", "document")
    op.create_primary_key("pk_document", "document", ["firm_id", "checkup_id", "kind", "locale"])
    op.drop_column("document", "edition")
    op.drop_index("ix_signing_checkup", table_name="signing")
    op.drop_table("signing")
    op.drop_table("edition")
    op.drop_table("text_block")
