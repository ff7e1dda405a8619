"""What a partner's role may touch in the database, by hand-written SQL."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tenants.access.matrix import MATRIX
from tenants.access.people import PEOPLE
from tenants.database import Audience, Scope, unit_of_work
from tests.parks import partner_scope

pytestmark = pytest.mark.usefixtures("settings")


def rows_of(scope, table):
    with unit_of_work(scope) as work:
        return work.execute(text(f"SELECT * FROM {table}")).mappings().all()


@pytest.mark.parametrize("table", ["partner_event", "partner_post"])
def test_a_partner_reads_its_own_rows_alone(table):
    mine = partner_scope()
    assert {row["partner_id"] for row in rows_of(mine, table)} == {mine.partner_id}


def test_a_partner_sees_no_other_partner():
    mine = partner_scope()
    assert [row["id"] for row in rows_of(mine, "partner")] == [mine.partner_id]


def test_no_table_with_a_checkup_or_a_firm_in_it_is_a_partners_to_read():
    """Whatever is of a case, or of a firm, has no cell for the role at all; a gathering at its place is everybody's."""
    beside = {"bureau", "login_session", "invitation", "person", "post_event"} & set(PEOPLE)
    seen = {table for table, cells in MATRIX.items() if any(one.audience is Audience.PARTNER for one in cells)}
    kept = {name for name in seen - beside if not name.startswith(("partner", "campaign", "gathering"))}
    assert kept == set()


def test_a_partner_makes_nobody_an_officer():
    mine = partner_scope()
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(mine) as work:
        work.execute(
            text("INSERT INTO partner_post VALUES (:partner, :person, 'principal')"),
            {"partner": mine.partner_id, "person": mine.person_id},
        )


@pytest.mark.parametrize("column", ["name", "state", "bureau_id", "district"])
def test_what_its_bureau_says_a_partner_cannot_change(column):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(partner_scope()) as work:
        work.execute(text(f"UPDATE partner SET {column} = {column}"))


def test_an_agent_invites_nobody():
    mine = partner_scope()
    agent = Scope(Audience.PARTNER, person_id=uuid.uuid4(), partner_id=mine.partner_id)
    statement = text(
        "INSERT INTO invitation (digest, id, partner_id, place_name, email, role, invited_at, expires_at) "
        "VALUES ('d', gen_random_uuid(), :partner, '', 'x@x.example', 'principal', '2026-11-24', '2026-12-01')"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(agent) as work:
        work.execute(statement, {"partner": mine.partner_id})


def test_a_stranger_reads_no_contact_of_a_partner():
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(Scope(Audience.PUBLIC)) as work:
        work.execute(text("SELECT contact_email FROM partner"))
