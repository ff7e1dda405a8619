"""reviews live and conflicts are checked"""

import sqlalchemy as sa
from alembic import op

import tenants.base

revision = "0019"
down_revision = "0018"

_OUTLINE = (
    ("urgent_count", sa.SmallInteger(), "0"),
    ("finding_count", sa.SmallInteger(), "0"),
    ("domains", sa.Text(), ""),
)
_OUTLINE_OF_FINDINGS = """
UPDATE checkup SET urgent_count = f.urgent, finding_count = f.found, next_due = f.due, domains = coalesce(f.domains, '')
FROM (
  SELECT firm_id, checkup_id, count(*) FILTER (WHERE urgent) AS urgent,
    count(*) FILTER (WHERE state = 'found') AS found,
    coalesce(min(due_on) FILTER (WHERE due_on >= current_date AND state = 'found'),
             max(due_on) FILTER (WHERE state = 'found')) AS due,
    (SELECT string_agg(d.domain, ' ' ORDER BY d.weight DESC, d.domain) FROM (
       SELECT g.domain, sum(g.priority) AS weight FROM finding g
       WHERE g.firm_id = finding.firm_id AND g.checkup_id = finding.checkup_id AND g.state = 'found' GROUP BY g.domain
     ) d) AS domains
  FROM finding GROUP BY firm_id, checkup_id
) f WHERE f.firm_id = checkup.firm_id AND f.checkup_id = checkup.id
"""
# Policies name the tables and columns that go; `famai migrate` writes them anew.
_DROP_POLICIES = """
DO $$ DECLARE p record; BEGIN
FOR p IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
  EXECUTE format('DROP POLICY %I ON %I', p.policyname, p.tablename);
END LOOP; END $$"""


def upgrade() -> None:
    op.create_table(
        "firm_party",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("added_at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_party_firm_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_firm_party")),
    )
    op.create_index("ix_firm_party_name", "firm_party", ["firm_id", "name"], unique=False)
    op.create_table(
        "case_parties",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_case_parties_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_case_parties")),
    )
    op.create_table(
        "conflict_check",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("hits", sa.SmallInteger(), nullable=False),
        sa.Column("parties_version", sa.Integer(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_conflict_check_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", "person_id", name=op.f("pk_conflict_check")),
    )
    op.create_index("ix_conflict_check_person", "conflict_check", ["firm_id", "person_id"], unique=False)
    op.create_table(
        "review_event",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", tenants.base.UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_review_event_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_review_event")),
    )
    op.create_index("ix_review_event_checkup", "review_event", ["firm_id", "checkup_id"], unique=False)
    op.add_column("case_key", sa.Column("opens", sa.Text(), nullable=False, server_default="facts"))
    op.alter_column("case_key", "opens", server_default=None)
    op.drop_constraint("pk_case_key", "case_key", type_="primary")
    op.create_primary_key("pk_case_key", "case_key", ["firm_id", "checkup_id", "opens"])
    for name, kind, empty in _OUTLINE:
        op.add_column("checkup", sa.Column(name, kind, nullable=False, server_default=empty))
    op.add_column("checkup", sa.Column("next_due", sa.Date(), nullable=True))
    op.execute(_OUTLINE_OF_FINDINGS)
    for name, _, _ in _OUTLINE:
        op.alter_column("checkup", name, server_default=None)
    op.add_column("review", sa.Column("state", sa.Text(), nullable=True))
    op.execute("UPDATE review SET state = CASE WHEN signed_at IS NULL THEN 'accepted' ELSE 'signed' END")
    op.alter_column("review", "state", nullable=False)
    op.add_column("review", sa.Column("offered_until", tenants.base.UtcInstant(timezone=True), nullable=True))
    op.add_column("review", sa.Column("offer_reasons", sa.Text(), nullable=False, server_default=""))
    op.alter_column("review", "offer_reasons", server_default=None)
    op.add_column("review", sa.Column("touched_at", tenants.base.UtcInstant(timezone=True), nullable=True))
    op.execute("UPDATE review SET touched_at = coalesce(signed_at, taken_at)")
    op.alter_column("review", "touched_at", nullable=False)
    op.add_column("review", sa.Column("warned_at", tenants.base.UtcInstant(timezone=True), nullable=True))
    op.alter_column("review", "lawyer_id", existing_type=sa.Uuid(), nullable=True)
    op.alter_column("review", "taken_at", existing_type=tenants.base.UtcInstant(timezone=True), nullable=True)
    op.create_index("ix_review_lawyer", "review", ["firm_id", "lawyer_id"], unique=False)


def downgrade() -> None:
    op.execute(_DROP_POLICIES)
    op.drop_index("ix_review_lawyer", table_name="review")
    op.execute("DELETE FROM review WHERE lawyer_id IS NULL OR taken_at IS NULL")
    op.alter_column("review", "taken_at", existing_type=tenants.base.UtcInstant(timezone=True), nullable=False)
    op.alter_column("review", "lawyer_id", existing_type=sa.Uuid(), nullable=False)
    for name in ("warned_at", "touched_at", "offer_reasons", "offered_until", "state"):
        op.drop_column("review", name)
    for name in ("domains", "next_due", "finding_count", "urgent_count"):
        op.drop_column("checkup", name)
    op.execute("DELETE FROM case_key WHERE opens <> 'facts'")
    op.drop_constraint("pk_case_key", "case_key", type_="primary")
    op.create_primary_key("pk_case_key", "case_key", ["firm_id", "checkup_id"])
    op.drop_column("case_key", "opens")
    op.drop_index("ix_review_event_checkup", table_name="review_event")
    op.drop_table("review_event")
    op.drop_index("ix_conflict_check_person", table_name="conflict_check")
    op.drop_table("conflict_check")
    op.drop_table("case_parties")
    op.drop_index("ix_firm_party_name", table_name="firm_party")
    op.drop_table("firm_party")
