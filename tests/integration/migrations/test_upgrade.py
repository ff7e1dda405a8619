"""A revision that an open city bears: the code before goes on working on what it made, and no index keeps anybody."""

from pathlib import Path

import psycopg
import pytest
from alembic import command

import migrations
from tenants.base import Base
from tests.factories import make_case, make_waiver
from tests.visits import be_owner, log_in
from tests.walking import LOGGED_IN
from tests.working_off import work_but_papers
from webapp import migrating
from webapp.worker_loop import run_worker

EXPANDS = """
from alembic import op
import sqlalchemy as sa

revision, down_revision = "9001", "{head}"


def upgrade():
    op.create_table("of_the_next", sa.Column("id", sa.Integer(), primary_key=True))
    for table in {tables}:
        op.add_column(table, sa.Column("of_the_next", sa.Text(), server_default="x"))
"""
INDEXES = """
from alembic import op

revision, down_revision = "9002", "9001"


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_checkup_of_the_next")
        op.create_index("ix_checkup_of_the_next", "checkup", ["of_the_next"], postgresql_concurrently=True)
"""
FAILS = """
from alembic import op

revision, down_revision = "9003", "9002"


def upgrade():
    op.execute("CREATE TABLE half_done (id int)")
    op.execute("SELECT 1 / 0")
"""


def upgrade_with(admin_url, folder, *sources):
    """Bring the database to revisions that the code of today does not know."""
    given = {"head": migrating.head_revision(), "tables": sorted(Base.metadata.tables)}
    for number, source in enumerate(sources):
        filled = source.format(**given) if number == 0 else source
        (folder / f"9{number}.py").write_text(filled, encoding="utf-8")
    engine = migrating.admin_engine(admin_url)
    try:
        with engine.connect() as connection:
            config = migrating.config(connection)
            config.set_main_option("path_separator", "os")
            config.set_main_option("version_locations", f"{Path(migrations.__path__[0]) / 'versions'}:{folder}")
            command.upgrade(config, "head")
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def expanded(settings, tmp_path_factory):
    """The demo city's tables as the next release would leave them: a column more in each, a table and an index more."""
    upgrade_with(settings.admin_database_url, tmp_path_factory.mktemp("next"), EXPANDS, INDEXES)
    return settings


def rows(settings, query):
    with psycopg.connect(settings.admin_database_url) as connection:
        return connection.execute(query).fetchall()


def test_an_index_that_a_revision_builds_beside_people_who_write_is_whole(expanded):
    query = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_checkup_of_the_next'::regclass"
    assert rows(expanded, query) == [(True,)]


def test_a_revision_that_fails_leaves_nothing_of_itself_and_all_of_those_before(expanded, tmp_path):
    with pytest.raises(Exception, match="division by zero"):
        upgrade_with(expanded.admin_database_url, tmp_path, EXPANDS, INDEXES, FAILS)
    assert rows(expanded, "SELECT to_regclass('half_done'), version_num FROM alembic_version") == [(None, "9002")]


@pytest.mark.parametrize("state", ["answering", "submitted", "in_review", "signed"])
def test_a_checkup_goes_its_whole_way_in_tables_of_the_next_release(expanded, app, state):
    case = make_case(expanded, state, seed=77)
    assert be_owner(app, case).get(f"/checkup/{case.checkup_id}", follow_redirects=True).status_code == 200


def test_a_report_is_rendered_and_a_fee_relieved_in_tables_of_the_next_release(expanded, app):
    work_but_papers(expanded)  # those of the cases before
    case = make_case(expanded, "signed", seed=78)
    make_waiver(expanded, case)
    run_worker(expanded, wait=False)
    assert be_owner(app, case).get(f"/checkup/{case.checkup_id}/report.pdf").data.startswith(b"%PDF")


def test_the_code_before_serves_on_while_the_tables_are_ahead_of_it(expanded, app):
    assert app.test_client().get("/readyz").get_json()["migrations"] == "ok"


@pytest.mark.parametrize("asking", LOGGED_IN)
def test_every_page_of_staff_opens_in_tables_of_the_next_release(expanded, app, asking):
    client, fell = log_in(app, LOGGED_IN[asking]), []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments:
            answer = client.get(rule.rule)
            fell += [(rule.rule, answer.status_code)] * (answer.status_code >= 500)
    assert fell == []
