"""What opens the doors of staff is read by the log-in path alone, and nobody lets herself in by another way."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from demo.city import demo_id
from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.credentials import authenticate
from tenants.login.models import Credential, LoginSession, Passkey
from tenants.models import Membership, Person

FIRM, ME, COLLEAGUE = demo_id("hubin"), demo_id("hubin:1"), demo_id("hubin:2")
MY_EMAIL = "lawyer1@hubin.example"
OTHERS = [audience for audience in Audience if audience is not Audience.AUTH]

pytestmark = pytest.mark.usefixtures("settings")


def try_sql(audience, statement, **values):
    """As a role with every id of a member of the firm."""
    with unit_of_work(Scope(audience, FIRM, ME, demo_id("bureau"))) as work:
        return work.execute(text(statement), values)


@pytest.mark.parametrize("column", [column.name for column in Credential.__table__.columns])
@pytest.mark.parametrize("audience", OTHERS)
def test_no_other_role_reads_what_opens_a_door(audience, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_sql(audience, f"SELECT {column} FROM credential")


@pytest.mark.parametrize("table", ["credential", "passkey"])
@pytest.mark.parametrize("audience", OTHERS)
def test_no_other_role_changes_what_opens_a_door(audience, table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_sql(audience, f"UPDATE {table} SET person_id = :me", me=ME)


def test_a_person_has_nothing_secret_in_the_row_that_colleagues_read():
    with unit_of_work(Scope(Audience.FIRM, FIRM, ME)) as work:
        read = work.execute(text("SELECT * FROM person WHERE id = :id"), {"id": COLLEAGUE}).mappings().one()
    assert set(read) == {"id", "kind", "name", "email", "phone_digest", "weekly_mail", "locale", "created_at"}


def test_the_log_in_path_reads_the_credential_of_the_person_it_is_for_alone():
    with unit_of_work(Scope(Audience.AUTH, FIRM, ME)) as work:
        assert work.scalars(select(Credential.person_id)).all() == [ME]


def test_the_log_in_path_finds_a_credential_by_the_e_mail_that_was_typed():
    with unit_of_work(Scope(Audience.AUTH, token=MY_EMAIL)) as work:
        assert work.scalars(select(Credential.person_id)).all() == [ME]


@pytest.mark.parametrize("model", [Credential, Passkey, Person, Membership, LoginSession])
def test_the_log_in_path_without_a_person_sees_nobody(model):
    with unit_of_work(Scope(Audience.AUTH)) as work:
        assert work.scalars(select(model)).all() == []


def test_a_credential_that_is_not_ones_own_is_not_changed_by_knowing_the_e_mail():
    with unit_of_work(Scope(Audience.AUTH, person_id=COLLEAGUE, token=MY_EMAIL)) as work:
        changed = work.execute(text("UPDATE credential SET password_hash = 'x' WHERE person_id = :id"), {"id": ME})
        assert changed.rowcount == 0
    with unit_of_work(Scope(Audience.AUTH, token=MY_EMAIL)) as work:
        assert authenticate(work, MY_EMAIL, "famai-demo-2026").id == ME


@pytest.mark.parametrize("audience", [Audience.FIRM, Audience.OPERATOR, Audience.BUREAU, Audience.WORKER])
def test_no_role_makes_anybody_a_member(audience):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_sql(audience, "INSERT INTO membership VALUES (:firm, :me, 'firm_admin')", firm=FIRM, me=ME)


def test_without_an_invitation_in_hand_the_log_in_path_makes_nobody_a_member():
    with pytest.raises(ProgrammingError, match="row-level security"):
        try_sql(Audience.AUTH, "INSERT INTO membership VALUES (:firm, :me, 'partner')", firm=FIRM, me=ME)


def session_of(person_id, roles):
    return {"digest": new_id().hex, "id": new_id(), "person": person_id, "roles": roles, "at": now()}


NEW_SESSION = (
    "INSERT INTO login_session (digest, id, person_id, roles, person_name, is_strong, device, network, began_at, "
    "seen_at) VALUES (:digest, :id, :person, :roles, 'x', true, '', '', :at, :at)"
)


@pytest.mark.parametrize("audience", OTHERS)
def test_no_other_role_begins_a_session(audience):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_sql(audience, NEW_SESSION, **session_of(ME, "firm_admin"))


def test_the_log_in_path_begins_a_session_for_its_person_alone():
    with pytest.raises(ProgrammingError, match="row-level security"):
        try_sql(Audience.AUTH, NEW_SESSION, **session_of(COLLEAGUE, "partner"))


@pytest.mark.parametrize("column", ["roles", "firm_id", "person_id", "is_strong", "began_at"])
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.FIRM])
def test_nobody_widens_a_session_that_runs(audience, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_sql(audience, f"UPDATE login_session SET {column} = NULL WHERE firm_id = :firm", firm=FIRM)
