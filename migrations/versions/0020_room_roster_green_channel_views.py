"""room roster green channel views"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "capacity",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("a_month", sa.SmallInteger(), nullable=False),
        sa.Column("domains", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("from_hour", sa.SmallInteger(), nullable=False),
        sa.Column("to_hour", sa.SmallInteger(), nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("changed_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_capacity_firm_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_capacity_person_id")),
        sa.PrimaryKeyConstraint("firm_id", "person_id", name=op.f("pk_capacity")),
    )
    op.create_table(
        "on_call",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_on_call_firm_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_on_call_person_id")),
        sa.PrimaryKeyConstraint("firm_id", "day", "place", name=op.f("pk_on_call")),
    )
    op.create_table(
        "queue_view",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_queue_view_firm_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_queue_view_person_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_queue_view")),
    )
    op.create_table(
        "green_call",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_name", sa.Text(), nullable=False),
        sa.Column("rung", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("due_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.Column("ended_at", tenants.base.UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_green_call_firm_id_checkup_id")
        ),
        sa.ForeignKeyConstraint(["responsible_id"], ["person.id"], name=op.f("fk_green_call_responsible_id")),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_green_call")),
    )


def downgrade() -> None:
    op.drop_table("green_call")
    op.drop_table("queue_view")
    op.drop_table("on_call")
    op.drop_table("capacity")
