"""Sessions of owners: the log-in path begins one, its holder is let in, its owner sees and ends hers, nobody else."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from tenants.base import new_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import OwnerSession
from tenants.login.owner_sessions import begin_session, end_devices, find_session, list_devices
from tests.factories import make_case

ADDED = (
    "INSERT INTO owner_session (digest, id, person_id, device, began_at, seen_at) "
    "VALUES (:digest, :id, :person, '', :at, :at)"
)


@pytest.fixture(scope="module")
def owners(settings):
    """Two owners, each with a token: {person: token}."""
    found = {}
    for seed in (81, 82):
        person = make_case(settings, "answering", seed=seed).owner_id
        with unit_of_work(Scope(Audience.AUTH, person_id=person)) as work:
            found[person] = begin_session(work, person_id=person, device="x", now=now())
    return found


def try_in(audience, statement, me, **values):
    with unit_of_work(Scope(audience, None, me)) as work:
        return work.execute(text(statement), values)


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience is not Audience.AUTH])
def test_no_other_role_begins_a_session_of_an_owner(owners, audience):
    mine = next(iter(owners))
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_in(audience, ADDED, mine, digest="x", id=new_id(), person=mine, at=now())


def test_the_log_in_path_begins_one_for_its_own_person_alone(owners):
    mine, other = owners
    with pytest.raises(ProgrammingError, match="row-level security"):
        try_in(Audience.AUTH, ADDED, mine, digest="x", id=new_id(), person=other, at=now())


def test_an_owner_reads_her_own_sessions_alone(owners):
    mine, _ = owners
    with unit_of_work(Scope(Audience.SELF, person_id=mine)) as work:
        assert len(list_devices(work, now())) == 1
        assert work.scalars(select(OwnerSession.person_id)).all() == [mine]


def test_an_owner_ends_her_own_sessions_alone(owners):
    mine, other = owners
    with unit_of_work(Scope(Audience.SELF, person_id=mine)) as work:
        end_devices(work)
    assert [find_session(owners[one], now()) is not None for one in (mine, other)] == [False, True]


def test_who_holds_one_token_finds_no_other_session(owners):
    with unit_of_work(Scope(Audience.PUBLIC, token="x")) as work:  # noqa: S106 - of nobody
        assert work.scalars(select(OwnerSession)).all() == []


@pytest.mark.parametrize("column", ["person_id", "began_at", "device"])
def test_who_holds_a_token_does_not_widen_the_session(owners, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_in(Audience.PUBLIC, f"UPDATE owner_session SET {column} = NULL", None)


@pytest.mark.parametrize(
    "audience", [Audience.OWNER, Audience.FIRM, Audience.BUREAU, Audience.OPERATOR, Audience.CLIENT]
)
def test_nobody_else_reads_on_which_phones_an_owner_is(owners, audience):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_in(audience, "SELECT person_id FROM owner_session", next(iter(owners)))


def test_lines_that_died_meanwhile_log_nobody_out(owners, admin_rows):
    *_, token = owners.values()
    find_session(token, now())
    admin_rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'famai_login'")
    assert find_session(token, now()) is not None
