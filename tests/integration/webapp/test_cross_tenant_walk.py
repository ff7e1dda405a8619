"""Nobody reaches what is not theirs: by any route, in any database role, even if a developer forgets a filter."""

import re

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import ProgrammingError

from demo import city as demo_city
from tenants.access.cells import READ
from tenants.access.matrix import MATRIX
from tenants.base import Base
from tenants.database import Audience, Scope, configure, list_engines, unit_of_work
from tenants.models import Firm
from tests.reading import Browser
from tests.telling import tell
from tests.walking import walk
from webapp import migrating
from webapp.app import create_app
from webapp.commands.access import render_access
from webapp.settings import Settings

FILTER = re.compile(r"\b\w+\.(firm_id|owner_id|person_id) = %\(\w+\)s(::UUID)?")
# That a message did not arrive, and why: what the operator's desk shows. Whom it is for and what it says stay shut.
DELIVERY = {
    "firm_id", "id", "channel", "template", "queued_at", "delivered_at", "tries", "fault", "failed_at", "instead_of"
}  # fmt: skip
CONTENT = ("answers", "case_key", "finding", "review", "message", "document", "business", "consent", "checkup")


def test_every_route_declares_its_audience_and_staff_routes_a_permission(app):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint == "static":
            continue
        assert isinstance(getattr(view, "audience", None), Audience), rule.rule
        if view.audience in (Audience.FIRM, Audience.BUREAU, Audience.HELPER, Audience.OPERATOR, Audience.CLIENT):
            assert view.permission, rule.rule


def test_no_route_lets_anybody_reach_what_is_not_theirs(app, capsys):
    done = walk(app)
    with capsys.disabled():
        tell(f"cross-tenant walk: {done.tried.total()} requests {dict(done.tried)}")
    assert done.wrong == []


def test_the_database_alone_holds_when_every_firm_filter_is_forgotten(app, capsys):
    forgotten = []

    def forget(connection, cursor, statement, parameters, context, executemany):
        changed, count = FILTER.subn("true", statement)
        forgotten.append(count)
        return changed, parameters

    for engine in list_engines():
        event.listen(engine, "before_cursor_execute", forget, retval=True)
    try:
        done = walk(app)
    finally:
        for engine in list_engines():
            event.remove(engine, "before_cursor_execute", forget)
    assert sum(forgotten) > 50
    assert done.wrong == []


@pytest.fixture
def unguarded(tmp_path, settings):
    """A scratch city whose tables have no row security."""
    made = Settings.from_env({"FAMAI_DATA_DIR": str(tmp_path / "city"), "FAMAI_DOOR_LIMIT": "2000/minute"})
    migrating.migrate(made.admin_database_url)
    admin = create_engine(made.admin_database_url)
    with admin.begin() as connection:
        for table in MATRIX:
            connection.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
            connection.execute(text(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
    admin.dispose()
    configure(made.lines)
    demo_city.open_city(made)
    scratch = create_app(made)
    scratch.test_client_class = Browser
    scratch.config.update(WTF_CSRF_ENABLED=False)
    yield scratch
    configure(settings.lines)


def test_without_row_security_the_walk_fails(unguarded):
    assert walk(unguarded, stops=True).wrong != []


@pytest.fixture
def firms(settings):
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        return {firm.slug: (firm.id, firm.bureau_id) for firm in work.query(Firm)}


def foreign_firms(scope, table, own):
    """Firms other than one's own whose rows the scope reads from the table; None when the table is refused."""
    column = "id" if table == "firm" else "firm_id"
    query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
    try:
        with unit_of_work(scope) as work:
            return {row[0] for row in work.execute(text(query))} - {own}
    except ProgrammingError:
        return None


def tables_with_firms():
    return [name for name, table in Base.metadata.tables.items() if name == "firm" or "firm_id" in table.columns]


@pytest.mark.parametrize("table", tables_with_firms())
def test_no_tenant_role_reads_a_foreign_row(firms, table):
    own, bureau = firms["hubin"]
    for audience in (Audience.OWNER, Audience.FIRM, Audience.HELPER, Audience.WORKER, Audience.BUREAU):
        scope = Scope(audience, own, None, bureau if audience is Audience.BUREAU else None)
        seen = foreign_firms(scope, table, own)
        if table == "firm" and audience is Audience.OWNER:
            continue  # an owner may read of every serving firm, to move there
        assert not seen or (audience is Audience.BUREAU and firms["jiangwan"][0] not in seen), (audience, table)


@pytest.mark.parametrize("table", [name for name in tables_with_firms() if name not in ("firm", "upload")])
def test_without_a_scope_no_role_reads_a_row(settings, table):
    for audience in set(Audience) - {Audience.OPERATOR}:
        assert not foreign_firms(Scope(audience), table, None), (audience, table)


@pytest.mark.parametrize("table", CONTENT)
def test_operator_and_bureau_have_no_grant_on_content(table):
    told = {"message": DELIVERY}.get(table, set())
    granted = {
        access.audience
        for access in MATRIX[table]
        if READ in access.verbs and not (access.columns and set(access.columns) <= told)
    }
    assert not granted & {Audience.OPERATOR, Audience.BUREAU, Audience.PUBLIC}


def test_the_access_page_is_the_matrix(app):
    with open("docs/access.md", encoding="utf-8") as page:
        assert page.read() == render_access(app), "write it anew: famai access > docs/access.md"
