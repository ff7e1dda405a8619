"""operators and the door to the cloud"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("secret_digest", sa.Text(), nullable=False),
        sa.Column("old_secret_digest", sa.Text(), nullable=True),
        sa.Column("old_until", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_api_client_subscriber_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("subscriber_id", name=op.f("uq_api_client_subscriber_id")),
    )
    op.create_table(
        "notice",
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_notice_subscriber_id")),
        sa.PrimaryKeyConstraint("subscriber_id", "name", name=op.f("pk_notice")),
    )
    op.create_table(
        "operator_post",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_operator_post_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_operator_post")),
    )
    op.create_table(
        "ticket_message",
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_ticket_message_subscriber_id")),
        sa.PrimaryKeyConstraint("subscriber_id", "message_id", name=op.f("pk_ticket_message")),
    )
    op.create_table(
        "api_token",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("expires_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["api_client.id"], name=op.f("fk_api_token_client_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_api_token")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_hard", sa.Boolean(), nullable=False),
        sa.Column("received_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ended_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_ticket_bureau_id")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_ticket_firm_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("number", name=op.f("uq_ticket_number")),
    )
    op.create_index("ix_ticket_bureau", "ticket", ["bureau_id"], unique=False)
    op.create_index("ix_ticket_firm", "ticket", ["firm_id"], unique=False)
    op.create_table(
        "ticket_event",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_event_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "id", name=op.f("pk_ticket_event")),
    )
    op.create_table(
        "ticket_reference",
        sa.Column("subscriber_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=op.f("fk_ticket_reference_subscriber_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_reference_ticket_id")),
        sa.PrimaryKeyConstraint("subscriber_id", "reference", name=op.f("pk_ticket_reference")),
    )
    op.create_index(op.f("ix_ticket_reference_ticket_id"), "ticket_reference", ["ticket_id"], unique=False)
    op.add_column("subscriber", sa.Column("source", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("subscriber", "source")
    op.drop_index(op.f("ix_ticket_reference_ticket_id"), table_name="ticket_reference")
    op.drop_table("ticket_reference")
    op.drop_table("ticket_event")
    op.drop_index("ix_ticket_firm", table_name="ticket")
    op.drop_index("ix_ticket_bureau", table_name="ticket")
    op.drop_table("ticket")
    op.drop_table("api_token")
    op.drop_table("ticket_message")
    op.drop_table("operator_post")
    op.drop_table("notice")
    op.drop_table("api_client")
