"""pro bono hours"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.base import UtcInstant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # A range of exactly one value: lets an exclusion constraint compare keys without an extension.
    op.execute("CREATE TYPE uuid_range AS RANGE (subtype = uuid)")
    op.execute("CREATE TYPE text_range AS RANGE (subtype = text)")
    op.add_column("verification", sa.Column("kind", sa.Text(), server_default="report", nullable=False))
    op.add_column("verification", sa.Column("facts", sa.JSON(), server_default="{}", nullable=False))
    op.create_table(
        "assessor",
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("works_at", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("appointed_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("ended_at", UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_assessor_bureau_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessor_person_id")),
        sa.PrimaryKeyConstraint("bureau_id", "person_id", name=op.f("pk_assessor")),
    )
    op.create_table(
        "hour_category",
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", UtcInstant(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuid_range(bureau_id, bureau_id, '[]')"), "&&"),
            (sa.text("text_range(code, code, '[]')"), "&&"),
            (sa.text("daterange(from_on, until_on)"), "&&"),
            using="gist",
            name="one_at_a_time",
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_hour_category_period")),
        sa.CheckConstraint("weight BETWEEN 0 AND 300", name=op.f("ck_hour_category_weight_range")),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_hour_category_bureau_id")),
        sa.PrimaryKeyConstraint("bureau_id", "id", name=op.f("pk_hour_category")),
    )
    op.create_table(
        "sample_draw",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bureau_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("logs", sa.JSON(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_hash", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("drawn_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=False),
        sa.Column("closed_at", UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bureau_id"], ["bureau.id"], name=op.f("fk_sample_draw_bureau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_draw")),
        sa.UniqueConstraint("bureau_id", "period", name=op.f("uq_sample_draw_bureau_id_period")),
    )
    op.create_table(
        "hour_anomaly",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_name", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("found_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("settled_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("settled_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_hour_anomaly_firm_id")),
        sa.ForeignKeyConstraint(["lawyer_id"], ["person.id"], name=op.f("fk_hour_anomaly_lawyer_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_hour_anomaly")),
        sa.UniqueConstraint("firm_id", "kind", "key", name=op.f("uq_hour_anomaly_firm_id_kind_key")),
    )
    op.create_index("ix_hour_anomaly_lawyer", "hour_anomaly", ["lawyer_id"], unique=False)
    op.create_table(
        "hour_certificate",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_name", sa.String(length=200), nullable=False),
        sa.Column("firm_name", sa.String(length=200), nullable=False),
        sa.Column("bureau_name", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_hour_certificate_firm_id")),
        sa.ForeignKeyConstraint(["lawyer_id"], ["person.id"], name=op.f("fk_hour_certificate_lawyer_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_hour_certificate")),
    )
    op.create_index("ix_hour_certificate_lawyer", "hour_certificate", ["lawyer_id", "year"], unique=False)
    op.create_table(
        "published_hours",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("lawyer_name", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_published_hours_firm_id")),
        sa.ForeignKeyConstraint(["lawyer_id"], ["person.id"], name=op.f("fk_published_hours_lawyer_id")),
        sa.PrimaryKeyConstraint("firm_id", "lawyer_id", "year", name=op.f("pk_published_hours")),
    )
    op.create_table(
        "activity_day",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("beats", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.Column("saves", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_activity_day_firm_id_checkup_id"),
        ),
        sa.ForeignKeyConstraint(["lawyer_id"], ["person.id"], name=op.f("fk_activity_day_lawyer_id")),
        sa.PrimaryKeyConstraint("firm_id", "lawyer_id", "checkup_id", "day", name=op.f("pk_activity_day")),
    )
    op.create_table(
        "advice_print",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"],
            ["checkup.firm_id", "checkup.id"],
            name=op.f("fk_advice_print_firm_id_checkup_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "checkup_id", name=op.f("pk_advice_print")),
    )
    op.create_table(
        "hour_entry",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_name", sa.String(length=200), nullable=False),
        sa.Column("checkup_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("spans", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("credited", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.Column("credited_minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("witness", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("submitted_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("confirmed_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("settled_at", UtcInstant(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("uuid_range(firm_id, firm_id, '[]')"), "&&"),
            (sa.text("uuid_range(lawyer_id, lawyer_id, '[]')"), "&&"),
            (sa.text("credited"), "&&"),
            using="gist",
            name="credited_once",
        ),
        sa.CheckConstraint(
            "checkup_id IS NULL OR (place = '' AND witness = '' AND note = '')",
            name=op.f("ck_hour_entry_case_without_words"),
        ),
        sa.CheckConstraint("NOT isempty(spans)", name=op.f("ck_hour_entry_claims_something")),
        sa.CheckConstraint("credited <@ spans", name=op.f("ck_hour_entry_credits_what_is_claimed")),
        sa.ForeignKeyConstraint(
            ["firm_id", "checkup_id"], ["checkup.firm_id", "checkup.id"], name=op.f("fk_hour_entry_firm_id_checkup_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id", "corrects_id"],
            ["hour_entry.firm_id", "hour_entry.id"],
            name=op.f("fk_hour_entry_firm_id_corrects_id"),
        ),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_hour_entry_firm_id")),
        sa.ForeignKeyConstraint(["lawyer_id"], ["person.id"], name=op.f("fk_hour_entry_lawyer_id")),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_hour_entry")),
    )
    op.create_index("ix_hour_entry_case", "hour_entry", ["firm_id", "checkup_id"], unique=False)
    op.create_index("ix_hour_entry_lawyer", "hour_entry", ["lawyer_id", "day"], unique=False)
    op.create_index("ix_hour_entry_state", "hour_entry", ["firm_id", "state", "day"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_name", sa.String(length=200), nullable=False),
        sa.Column("packet", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("appointed_at", UtcInstant(timezone=True), nullable=False),
        sa.Column("submitted_at", UtcInstant(timezone=True), nullable=True),
        sa.Column("declined_at", UtcInstant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["sample_draw.id"], name=op.f("fk_assessment_draw_id")),
        sa.ForeignKeyConstraint(
            ["firm_id", "entry_id"],
            ["hour_entry.firm_id", "hour_entry.id"],
            name=op.f("fk_assessment_firm_id_entry_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "firm_id", "entry_id", "assessor_id", name=op.f("uq_assessment_firm_id_entry_id_assessor_id")
        ),
    )
    op.create_index("ix_assessment_assessor", "assessment", ["assessor_id"], unique=False)
    op.create_table(
        "hour_event",
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("lawyer_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id", "entry_id"],
            ["hour_entry.firm_id", "hour_entry.id"],
            name=op.f("fk_hour_event_firm_id_entry_id"),
        ),
        sa.PrimaryKeyConstraint("firm_id", "id", name=op.f("pk_hour_event")),
    )
    op.create_index("ix_hour_event_entry", "hour_event", ["firm_id", "entry_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_hour_event_entry", table_name="hour_event")
    op.drop_table("hour_event")
    op.drop_index("ix_assessment_assessor", table_name="assessment")
    op.drop_table("assessment")
    op.drop_index("ix_hour_entry_state", table_name="hour_entry")
    op.drop_index("ix_hour_entry_lawyer", table_name="hour_entry")
    op.drop_index("ix_hour_entry_case", table_name="hour_entry")
    op.drop_table("hour_entry")
    op.drop_table("advice_print")
    op.drop_table("activity_day")
    op.drop_table("published_hours")
    op.drop_index("ix_hour_certificate_lawyer", table_name="hour_certificate")
    op.drop_table("hour_certificate")
    op.drop_index("ix_hour_anomaly_lawyer", table_name="hour_anomaly")
    op.drop_table("hour_anomaly")
    op.drop_table("sample_draw")
    op.drop_table("hour_category")
    op.drop_table("assessor")
    op.drop_column("verification", "facts")
    op.drop_column("verification", "kind")
    op.execute("DROP TYPE text_range")
    op.execute("DROP TYPE uuid_range")
