"""`famai migrate --check` names each thing in which a database differs from the code, and never writes."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection

from migrations import revision
from webapp import migrating
from webapp.settings import Settings

# What a drafted revision can also mend, and what it leaves to Alembic or to a person.
_MENDED = {
    "ALTER POLICY owner_select ON checkup USING (true)": "different: policy checkup.owner_select",
    "DROP POLICY owner_select ON checkup": "missing: policy checkup.owner_select",
    "CREATE POLICY more ON checkup TO famai_owner USING (true)": "not declared: policy checkup.more",
    "REVOKE SELECT ON checkup FROM famai_owner": "different: grant checkup to famai_owner",
    "GRANT SELECT ON answers TO famai_public": "not declared: grant answers to famai_public",
    "ALTER TABLE checkup NO FORCE ROW LEVEL SECURITY": "different: table checkup",
    "CREATE OR REPLACE FUNCTION app_firm() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT NULL::uuid'": (
        "different: function app_firm()"
    ),
    "GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO PUBLIC": (
        "not declared: grant famai_defer(text,jsonb) to public"
    ),
    "DROP TRIGGER only_add ON posting": "missing: trigger posting.only_add",
}
_NAMED = {
    "ALTER TABLE posting DISABLE TRIGGER only_add": "different: trigger posting.only_add",
    "ALTER TABLE checkup DROP COLUMN channel": "missing: column checkup.channel",
    "ALTER TABLE invoice DROP CONSTRAINT ck_invoice_amount": "missing: constraint invoice.ck_invoice_amount",
    "DROP INDEX ix_share_digest": "missing: index share.ix_share_digest",
    "DROP TABLE procrastinate_events CASCADE": "missing: table procrastinate_events",
}


@contextmanager
def _empty_database(template_city: Settings) -> Iterator[str]:
    """On the server of the tests."""
    url, name = template_city.admin_database_url, f"empty_{uuid.uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def admin_url(template_city: Settings) -> Iterator[str]:
    with _empty_database(template_city) as url:
        yield url


@pytest.fixture(scope="module")
def migrated_url(template_city: Settings) -> Iterator[str]:
    with _empty_database(template_city) as url:
        migrating.migrate(url)
        yield url


@pytest.fixture
def migrated(migrated_url: str) -> Iterator[Connection]:
    """A line to a migrated database, in a transaction that is rolled back."""
    engine = migrating.admin_engine(migrated_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def test_an_empty_database_is_named_and_left_empty(admin_url: str) -> None:
    with pytest.raises(migrating.SchemaFault, match="revision: is none, should be 0001"):
        migrating.check(admin_url)
    with psycopg.connect(admin_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        assert tables.fetchone() == (0,)


def test_a_migrated_database_is_what_the_code_says(admin_url: str) -> None:
    migrating.migrate(admin_url)
    migrating.check(admin_url)


def test_an_unknown_revision_is_refused_in_words(admin_url: str) -> None:
    migrating.migrate(admin_url)
    _run(admin_url, "UPDATE alembic_version SET version_num = '0025'")
    with pytest.raises(migrating.SchemaFault, match="0025"):
        migrating.migrate(admin_url)


@pytest.mark.parametrize(("plant", "named"), (_MENDED | _NAMED).items())
def test_a_planted_difference_is_named(migrated: Connection, plant: str, named: str) -> None:
    migrated.exec_driver_sql(plant)
    assert [line for line in migrating.differences(migrated) if line.startswith(named)]


@pytest.mark.parametrize("plant", _MENDED)
def test_a_drafted_revision_mends_what_is_no_table(migrated: Connection, plant: str) -> None:
    migrated.exec_driver_sql(plant)
    changed = [line.split(": ")[1] for line in migrating.differences(migrated)]
    for statement in revision.statements(changed):
        migrated.exec_driver_sql(statement)
    assert migrating.differences(migrated) == []
