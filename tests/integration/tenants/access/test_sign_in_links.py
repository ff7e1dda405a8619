"""What an owner signs in with beside her phone: the log-in path's alone, found by whoever brings it, else hers."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.login.models import SUISHENBAN, WECHAT, SignInLink
from tenants.login.sign_ins import find_linked, link, list_links, subject_digest, unlink
from tests.factories import make_case

OTHERS = [audience for audience in Audience if audience is not Audience.AUTH]


@pytest.fixture(scope="module")
def people(settings):
    """Two owners; the first signs in with WeChat `one`, the second with `two`."""
    found = [make_case(settings, "answering", seed=seed).owner_id for seed in (83, 84)]
    for person, digest in zip(found, ("one", "two"), strict=True):
        add(person, digest)
    return found


def add(person, digest, provider=WECHAT):
    with unit_of_work(Scope(Audience.AUTH, person_id=person, token=digest)) as work:
        link(work, person_id=person, provider=provider, digest=digest, now=now())


def holder_of(digest):
    with unit_of_work(Scope(Audience.AUTH, token=digest)) as work:
        return find_linked(work, digest)


def try_in(audience, person, statement, **values):
    with unit_of_work(Scope(audience, None, person, token="one")) as work:  # noqa: S106 - a digest of the test
        return work.execute(text(statement), values)


@pytest.mark.parametrize("column", [column.name for column in SignInLink.__table__.columns])
@pytest.mark.parametrize("audience", OTHERS)
def test_no_other_role_reads_it(people, audience, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_in(audience, people[0], f"SELECT {column} FROM sign_in_link")


@pytest.mark.parametrize("audience", OTHERS)
def test_no_other_role_makes_or_ends_one(people, audience):
    added = "INSERT INTO sign_in_link (digest, person_id, provider, linked_at) VALUES ('x', :me, 'wechat', :at)"
    mine = {"me": people[0]}
    for statement, values in (
        (added, mine | {"at": now()}),
        ("DELETE FROM sign_in_link WHERE person_id = :me", mine),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            try_in(audience, people[0], statement, **values)


@pytest.mark.parametrize("audience", list(Audience))
def test_nobody_turns_one_to_somebody_else(people, audience):
    with pytest.raises(ProgrammingError, match="permission denied"):
        try_in(audience, people[0], "UPDATE sign_in_link SET person_id = :other", other=people[1])


def test_the_log_in_path_finds_whom_it_leads_to_by_what_was_brought_and_nothing_else(people):
    assert [holder_of(digest) for digest in ("one", "two", "three")] == [*people, None]
    with unit_of_work(Scope(Audience.AUTH)) as work:
        assert work.scalars(select(SignInLink)).all() == []


def test_it_is_made_for_oneself_alone(people):
    with pytest.raises(ProgrammingError, match="row-level security"):
        try_in(
            Audience.AUTH,
            people[0],
            "INSERT INTO sign_in_link (digest, person_id, provider, linked_at) VALUES ('x', :me, 'suishenban', :at)",
            me=people[1],
            at=now(),
        )


def test_by_what_somebody_else_has_brought_nothing_of_hers_is_ended(people):
    with unit_of_work(Scope(Audience.AUTH, person_id=people[1], token="one")) as work:  # noqa: S106 - as above
        assert work.execute(text("DELETE FROM sign_in_link WHERE digest = 'one'")).rowcount == 0
    assert holder_of("one") == people[0]


def test_it_leads_to_one_account(people):
    with pytest.raises(Conflict, match="leads_elsewhere"):
        add(people[1], "one")
    add(people[0], "one")
    with unit_of_work(Scope(Audience.AUTH, person_id=people[0])) as work:
        assert [one.digest for one in list_links(work, people[0])] == ["one"], "twice is once"


def test_a_second_of_the_same_provider_is_refused(people):
    with pytest.raises(Conflict, match="another_linked"):
        add(people[0], "one-more")


def test_a_provider_that_nobody_knows_is_refused_by_the_table(people):
    with pytest.raises(IntegrityError, match="provider"):
        add(people[0], "odd", provider="elsewhere")


def test_one_is_ended_and_the_other_stays(people):
    add(people[1], "card", provider=SUISHENBAN)
    with unit_of_work(Scope(Audience.AUTH, person_id=people[1])) as work:
        unlink(work, person_id=people[1], only=SUISHENBAN)
    assert (holder_of("card"), holder_of("two")) == (None, people[1])


def test_the_same_name_elsewhere_or_for_another_client_is_somebody_else():
    told = ((WECHAT, "a", "bc"), (WECHAT, "ab", "c"), (SUISHENBAN, "a", "bc"), (WECHAT, "a", "bd"))
    digests = {subject_digest(*one, b"pepper") for one in told}
    assert len(digests | {subject_digest(*told[0], b"another")}) == len(told) + 1
