"""A city whose database is older than its keys: what was erased, ended or logged out since then is so again."""

import pytest

from checkup.cases.share_ending import end_links
from checkup.owner.share_links import Wanted, make_link
from checkup.owner.transfer import move_to_firm
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.models import SIGN_IN_PROVIDERS, SUISHENBAN, WECHAT
from tenants.login.sign_ins import link, list_links, unlink
from tests.erased import erase_in_full, finish, left_of
from tests.factories import make_case, owner_scope
from tests.own_city import answer, instant, own_city, start


@pytest.fixture(scope="module")
def city(tmp_path_factory, settings):
    """A city of its own that may be thrown away and brought back: (settings, run famai …, admin SQL)."""
    with own_city(tmp_path_factory.mktemp("city"), settings) as made:
        yield made


@pytest.fixture
def famai(city, tmp_path):
    """Run `backup --keys` or `erase-again` with one folder; returns what it says."""

    def run(*words):
        result = city[1](*words, str(tmp_path))
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.fixture
def case(city):
    return make_case(city[0], "signed")


def test_a_case_that_was_erased_since_the_instant_is_erased_in_full(city, famai, case):
    settings, _, sql = city
    with instant(settings) as come_back:
        erase_in_full(case)
        famai("backup", "--keys")
        come_back()
    assert len(left_of(settings, case, sql)) > 1
    assert "1 cases erased again" in famai("erase-again")
    finish(settings, case)
    assert left_of(settings, case, sql) == []


def test_its_receipt_keeps_its_day_and_its_reason(city, famai, case):
    settings, _, sql = city
    query = "SELECT at, asked_by FROM erasure WHERE checkup_id = :id"
    with instant(settings) as come_back:
        erase_in_full(case)
        told = sql(query, id=case.checkup_id)
        famai("backup", "--keys")
        come_back()
    famai("erase-again")
    assert sql(query, id=case.checkup_id) == told


def test_a_record_that_moved_since_then_opens_where_it_was(city, famai):
    settings = city[0]
    _, scope, checkup_id = start(settings)
    with instant(settings) as come_back:
        to = {"to_firm": demo_id("jiangwan"), "by": Actor(scope.person_id, "店主本人"), "keys": settings.keyring()}
        with unit_of_work(scope) as work:
            move_to_firm(work, scope=scope, checkup_id=checkup_id, **to, now=now())
        famai("backup", "--keys")
        come_back()
    assert "0 destroyed again; 0 cases" in famai("erase-again")
    assert answer(settings, scope, checkup_id) == "few"


def test_a_link_that_ended_since_then_has_ended(city, famai, case):
    settings, _, sql = city
    of_case = {"firm_id": case.firm_id, "checkup_id": case.checkup_id}
    with unit_of_work(owner_scope(case)) as work:
        make_link(work, checkup_id=case.checkup_id, wanted=Wanted("bank", 7, "银行"), public_url="https://x",
                  keys=settings.keyring(), now=now())  # fmt: skip
    with instant(settings) as come_back:
        with unit_of_work(owner_scope(case)) as work:
            end_links(work, **of_case, now=now())
        famai("backup", "--keys")
        come_back()
    assert "1 links ended" in famai("erase-again")
    assert sql("SELECT ended_at IS NULL, length(sealed) FROM share WHERE checkup_id = :checkup_id "
               "AND firm_id = :firm_id", **of_case) == [(False, 0)]  # fmt: skip


def test_a_browser_that_was_logged_out_since_then_stays_out(city, famai):
    settings = city[0]
    client, _, checkup_id = start(settings)
    page = f"/checkup/{checkup_id}/mine"
    held = client.get_cookie("session")
    with instant(settings) as come_back:
        client.post("/me/leave")
        famai("backup", "--keys")
        come_back()
    client.set_cookie("session", held.value)
    assert client.get(page).status_code == 200
    famai("erase-again")
    assert client.get(page).status_code == 404


def test_what_an_owner_signed_in_with_and_ended_since_then_leads_nowhere(city, famai, case):
    mine, of_mine = Scope(Audience.AUTH, person_id=case.owner_id), {"person_id": case.owner_id}
    for provider in SIGN_IN_PROVIDERS:
        with unit_of_work(mine) as work:
            link(work, **of_mine, provider=provider, digest=provider, now=now())
    with instant(city[0]) as come_back:
        with unit_of_work(mine) as work:
            unlink(work, **of_mine, only=WECHAT)
        famai("backup", "--keys")
        come_back()
    famai("erase-again")
    with unit_of_work(mine) as work:
        assert [one.provider for one in list_links(work, case.owner_id)] == [SUISHENBAN]


def test_a_database_that_is_no_older_keeps_its_keys(city, famai):
    settings = city[0]
    famai("backup", "--keys")
    _, scope, later = start(settings)
    assert "no older" in famai("erase-again")
    assert answer(settings, scope, later) == "few"


def test_erasing_again_twice_changes_nothing(city, famai, case):
    with instant(city[0]) as come_back:
        erase_in_full(case)
        famai("backup", "--keys")
        come_back()
    famai("erase-again")
    assert "no older" in famai("erase-again")


def test_row_security_holds_the_owner_of_the_tables_again_afterwards(city, famai, case):
    settings, _, sql = city
    query = "SELECT count(*) FROM pg_class WHERE relforcerowsecurity"
    before = sql(query)
    with instant(settings) as come_back:
        famai("backup", "--keys")
        come_back()
    famai("erase-again")
    assert sql(query) == before


def test_a_folder_without_keys_is_refused_in_words(city, tmp_path):
    result = city[1]("erase-again", str(tmp_path))
    assert (result.exit_code, "keys.tar is missing" in result.output) == (1, True)
