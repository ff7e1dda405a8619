"""tenants people and trail"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("wrong", sa.SmallInteger(), nullable=False),
        sa.Column("sends", sa.SmallInteger(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("seeded_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.Column("counted_from", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("locked_until", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_table(
        "bureau_post",
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_bureau_post_bureau_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bureau_post_person_id")),
        sa.PrimaryKeyConstraint("bureau_id", "person_id", name=op.f("pk_bureau_post")),
    )
    op.create_table(
        "passkey",
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("added_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_passkey")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_audit_entry_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "number", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_owner", "audit_entry", ["firm_id", "owner_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_audit_head_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "break_glass",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_name", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("allowed_by", sa.Uuid(), nullable=True),
        sa.Column("allowed_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.Column("ends_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_break_glass_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_break_glass")),
    )
    op.create_table(
        "erasure",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_erasure_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "firm_event",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_event_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_firm_event")),
    )
    op.create_table(
        "invitation",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("firm_name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("invited_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("expires_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("used_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_invitation_firm_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitation")),
    )
    op.create_table(
        "login_session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=True),
        sa.Column("bureau_id", sa.Uuid(), nullable=True),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("is_strong", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("began_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("seen_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("ended_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_login_session_bureau_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_login_session_firm_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_login_session")),
    )
    op.create_index("ix_login_session_person", "login_session", ["person_id"], unique=False)
    op.create_table(
        "upload",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_upload_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_upload")),
    )
    op.create_table(
        "case_key",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_case_key_firm_id_checkup_id")
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_case_key")),
    )
    op.execute(
        "INSERT INTO case_key (firm_id, checkup_id, owner_id, wrapped_key) "
        "SELECT firm_id, checkup_id, owner_id, wrapped_key FROM answers"
    )
    op.drop_column("answers", "wrapped_key")
    op.add_column("firm", sa.Column("hours", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("firm", sa.Column("waiting_days", sa.Integer(), nullable=True))
    op.add_column("firm", sa.Column("languages", sa.Text(), nullable=False, server_default=sa.text("'zh-Hans'")))
    op.add_column("firm", sa.Column("logo_id", sa.Uuid(), nullable=True))
    op.add_column("firm", sa.Column("contact_name", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("firm", sa.Column("contact_email", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("firm", sa.Column("keep_days", sa.Integer(), nullable=False, server_default=sa.text("'180'")))
    op.add_column("person", sa.Column("phone_digest", sa.Text(), nullable=True))
    op.add_column("person", sa.Column("sealed_totp", sa.LargeBinary(), nullable=True))
    op.add_column("person", sa.Column("totp_step", sa.Integer(), nullable=False, server_default=sa.text("'0'")))
    op.add_column("person", sa.Column("recovery_digests", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_unique_constraint(op.f("uq_person_phone_digest"), "person", ["phone_digest"])
    op.drop_column("person", "phone")
    op.alter_column("firm", "hours", server_default=None)
    op.alter_column("firm", "languages", server_default=None)
    op.alter_column("firm", "contact_name", server_default=None)
    op.alter_column("firm", "contact_email", server_default=None)
    op.alter_column("firm", "keep_days", server_default=None)
    op.alter_column("person", "totp_step", server_default=None)
    op.alter_column("person", "recovery_digests", server_default=None)


def downgrade() -> None:
    op.add_column("person", sa.Column("phone", sa.TEXT(), autoincrement=False, nullable=True))
    op.drop_constraint(op.f("uq_person_phone_digest"), "person", type_="unique")
    op.drop_column("person", "recovery_digests")
    op.drop_column("person", "totp_step")
    op.drop_column("person", "sealed_totp")
    op.drop_column("person", "phone_digest")
    op.drop_column("firm", "keep_days")
    op.drop_column("firm", "contact_email")
    op.drop_column("firm", "contact_name")
    op.drop_column("firm", "logo_id")
    op.drop_column("firm", "languages")
    op.drop_column("firm", "waiting_days")
    op.drop_column("firm", "hours")
    op.add_column("answers", sa.Column("wrapped_key", sa.LargeBinary(), nullable=True))
    op.execute(
        "UPDATE answers SET wrapped_key = case_key.wrapped_key FROM case_key "
        "WHERE case_key.firm_id = answers.firm_id AND case_key.checkup_id = answers.checkup_id"
    )
    op.drop_table("case_key")
    op.drop_table("upload")
    op.drop_index("ix_login_session_person", table_name="login_session")
    op.drop_table("login_session")
    op.drop_table("invitation")
    op.drop_table("firm_event")
    op.drop_table("erasure")
    op.drop_table("break_glass")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entry_owner", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("passkey")
    op.drop_table("bureau_post")
    op.drop_table("attempt")
