"""What a body's role may touch in the database, by hand-written SQL."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Provider
from tenants.providers.directory import list_serving
from tests.bodies import scope_of

pytestmark = pytest.mark.usefixtures("settings")
OWN, OTHER = "chief@heshang.example", "chief@baojiang.example"


def rows_of(scope, table):
    with unit_of_work(scope) as work:
        return work.execute(text(f"SELECT * FROM {table}")).mappings().all()


@pytest.mark.parametrize("table", ["provider_event", "provider_person", "provider_post", "post_event"])
def test_a_body_reads_its_own_rows_alone(table):
    mine = scope_of(OWN)
    assert {row["provider_id"] for row in rows_of(mine, table)} == {mine.provider_id}


@pytest.mark.parametrize("table", ["answers", "finding", "case_key", "checkup", "business", "firm", "message"])
def test_a_body_has_no_grant_on_cases(table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        rows_of(scope_of(OWN), table)


def test_a_body_reads_no_fee_but_those_of_its_own_matters():
    mine = scope_of(OWN)
    held = rows_of(mine, "fee")
    assert {(row["provider_id"], row["referral_id"] is None) for row in held} <= {(mine.provider_id, False)}


def test_a_body_cannot_change_another(settings):
    other = scope_of(OTHER).provider_id
    with unit_of_work(scope_of(OWN)) as work:
        changed = work.execute(text("UPDATE provider SET phone = '1' WHERE id = :id"), {"id": other})
        assert changed.rowcount == 0


@pytest.mark.parametrize("column", ["name", "state", "takes_certificates", "bureau_id", "stripe_account"])
def test_what_its_bureau_says_a_body_cannot_change(column):
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(scope_of(OWN)) as work:
        work.execute(text(f"UPDATE provider SET {column} = {column}"))


def test_a_body_makes_nobody_an_officer():
    mine = scope_of(OWN)
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(mine) as work:
        work.execute(
            text("INSERT INTO provider_post VALUES (:provider, :person, 'chief')"),
            {"provider": mine.provider_id, "person": mine.person_id},
        )


def test_a_clerk_invites_nobody(settings):
    mine = scope_of(OWN)
    clerk = Scope(Audience.PROVIDER, person_id=scope_of(OTHER).person_id, provider_id=mine.provider_id)
    statement = text(
        "INSERT INTO invitation (digest, id, provider_id, place_name, email, role, invited_at, expires_at) "
        "VALUES ('d', gen_random_uuid(), :provider, '', 'x@x.example', 'chief', '2026-11-24', '2026-12-01')"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), unit_of_work(clerk) as work:
        work.execute(statement, {"provider": mine.provider_id})


def test_a_district_bureau_changes_no_body_of_the_city(settings):
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        district = work.execute(text("SELECT id FROM bureau WHERE district = '310113' LIMIT 1")).scalar_one()
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=district)) as work:
        changed = work.execute(text("UPDATE provider SET phone = '1' WHERE state = 'admitted'"))
        assert changed.rowcount == 0


def test_a_body_of_another_district_is_not_listed():
    with unit_of_work(Scope(Audience.PUBLIC)) as work:
        names = {row.name for row in list_serving(work, kind="mediation", district="310110")}
        everybody = set(work.scalars(select(Provider.name).where(Provider.kind == "mediation")))
    assert names == {name for name in everybody if "友谊路" not in name}
