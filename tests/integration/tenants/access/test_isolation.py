import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError

from checkup.cases.models import Checkup, FindingRow
from tenants.access.matrix import MATRIX
from tenants.base import Base
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Business, Firm

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def two_firms(settings):
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        return [
            firm.id
            for firm in session.scalars(select(Firm).where(Firm.slug.in_(("hubin", "jiangwan"))).order_by(Firm.slug))
        ]


@pytest.mark.parametrize("model", [Checkup, FindingRow, Business])
def test_a_query_without_filter_sees_no_foreign_row(two_firms, model):
    with unit_of_work(Scope(Audience.WORKER, two_firms[0])) as session:
        assert set(session.scalars(select(model.firm_id))) == {two_firms[0]}


@pytest.mark.parametrize("audience", [Audience.FIRM, Audience.OWNER, Audience.WORKER])
def test_a_session_without_ids_sees_nothing(audience):
    with unit_of_work(Scope(audience)) as session:
        assert session.scalar(select(func.count()).select_from(Checkup)) == 0


@pytest.mark.parametrize("table", ["answers", "finding", "message", "document", "business", "checkup", "review"])
def test_the_bureau_cannot_read_content(two_firms, table):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(Scope(Audience.BUREAU)) as session:
        session.execute(text(f"SELECT * FROM {table}"))


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.WORKER])
def test_a_login_role_alone_reads_nothing(settings, audience):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(Scope(audience)) as session:
        session.execute(text("RESET ROLE"))
        session.execute(text("SELECT * FROM firm"))


def test_every_table_is_in_the_matrix():
    assert set(Base.metadata.tables) == set(MATRIX)


def test_row_security_is_forced_on_every_table(settings):
    with unit_of_work(Scope(Audience.PUBLIC)) as session:
        forced = text("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relrowsecurity")
        assert set(MATRIX) <= set(session.scalars(forced))


def test_a_firm_cannot_write_into_another(two_firms):
    mine, other = two_firms
    with unit_of_work(Scope(Audience.FIRM, mine)) as session:
        changed = session.execute(text("UPDATE checkup SET case_number = 'X' WHERE firm_id = :other"), {"other": other})
        assert changed.rowcount == 0
