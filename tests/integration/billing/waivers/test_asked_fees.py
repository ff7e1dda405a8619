"""A body asks its price for a matter in its hands; the certificate lets off, the books balance."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from billing.books.fee_accounts import accept_fee, decline_fee
from billing.books.ledger import firm_balances
from billing.fees.asked import ask_fee, find_asked, sum_up_body
from billing.fees.catalogue import get_catalogue
from billing.waivers.fee_effects import apply_to_fee, let_off_today
from billing.waivers.follow_up import revoke
from billing.waivers.models import Waiver
from billing.waivers.sums import add_up, sum_up
from checkup.referrals.moving import get_referral
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid
from tenants.models import Provider
from tests.bodies import find_body, scope_of
from tests.factories import make_case, make_waiver, officer_scope, owner_scope, worker_scope
from tests.referring import CHIEF, refer, take_steps


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


@pytest.fixture
def referral_id(settings, case):
    made = refer(settings, case)
    take_steps(settings, made, "accept")
    return made


def ask(referral_id, service="mediate-commercial", given="40000"):
    with unit_of_work(scope_of(CHIEF)) as session:
        row = get_referral(session, referral_id, lock=True)
        told = {"slug": find_body("和商").slug, "service_id": service, "given": given, "actor": "方主任"}
        return ask_fee(session, row, catalogue=get_catalogue(), now=now(), **told)


def accept(case, fee):
    with unit_of_work(owner_scope(case)) as session:
        apply_to_fee(session, fee=accept_fee(session, fee_id=fee.id, now=now()), now=now())


def seen_by(scope, referral_id):
    with unit_of_work(scope) as session:
        return find_asked(session, get_referral(session, referral_id))


def let_off_in_the_year():
    with unit_of_work(officer_scope()) as session:
        return add_up(sum_up(session, year=city_day(now()).year).waived["district"]).used_minor


def test_what_her_certificate_lets_off_stands_in_the_books_and_in_the_bureaus_sums(settings, case, referral_id):
    make_waiver(settings, case, "granted")
    before, year = let_off_in_the_year(), city_day(now()).replace(month=1, day=1)
    fee = ask(referral_id)
    with unit_of_work(owner_scope(case)) as session:
        promised = let_off_today(session, fee, today=city_day(now()))
    accept(case, fee)
    seen = seen_by(scope_of(CHIEF), referral_id)
    assert (seen.fee.amount_minor, seen.let_off) == (50_000, promised)
    assert 0 < seen.let_off.amount_minor <= 50_000
    assert seen.owed == seen.fee.amount - seen.let_off
    with unit_of_work(worker_scope(case)) as session:
        balance = firm_balances(session, firm_id=case.firm_id, provider_id=fee.provider_id)
        assert sum(balance.values()) == 0
    assert let_off_in_the_year() - before == seen.let_off.amount_minor
    with unit_of_work(scope_of(CHIEF)) as session:
        own = sum_up_body(session, year, year.replace(year=year.year + 1))
    assert own.charged == own.let_off + own.owed + own.received


def test_a_body_that_is_not_on_the_panel_lets_nothing_off(settings, case, referral_id):
    make_waiver(settings, case, "granted")
    fee, body = ask(referral_id), find_body("和商")
    bureau = Scope(Audience.BUREAU, bureau_id=body.bureau_id)
    with unit_of_work(bureau) as session:
        session.get_one(Provider, body.id).takes_certificates = False
    try:
        accept(case, fee)
    finally:
        with unit_of_work(bureau) as session:
            session.get_one(Provider, body.id).takes_certificates = True
    assert not seen_by(owner_scope(case), referral_id).let_off


def test_a_certificate_that_is_revoked_between_lets_nothing_off(settings, case, referral_id):
    waiver_id = make_waiver(settings, case, "granted")
    fee, by = ask(referral_id), Actor(officer_scope().person_id, "李科长")
    with unit_of_work(officer_scope()) as session:
        version = session.scalars(select(Waiver.version).where(Waiver.id == waiver_id)).one()
        revoke(session, waiver_id=waiver_id, version=version, reason="changed", by=by, now=now())
    accept(case, fee)
    assert seen_by(owner_scope(case), referral_id).owed == fee.amount


def test_one_fee_is_asked_at_a_time_and_anew_once_it_was_declined(case, referral_id):
    fee = ask(referral_id)
    with pytest.raises(Conflict):
        ask(referral_id)
    with unit_of_work(owner_scope(case)) as session:
        decline_fee(session, fee_id=fee.id)
    assert ask(referral_id, given="200000").amount_minor == 100_000


def test_nothing_is_asked_before_the_matter_is_taken_nor_for_anothers_service(settings, case, referral_id):
    with pytest.raises(Invalid):
        ask(referral_id, service="notarise-evidence", given="")
    with pytest.raises(Conflict):
        ask(refer(settings, case, topic="own:lease"))


def test_in_sql_a_body_asks_of_the_owner_of_its_matter_alone(settings, case, referral_id):
    fee, other = ask(referral_id), make_case(settings, "signed", seed=8)
    stolen = (
        "INSERT INTO fee (firm_id, id, checkup_id, business_id, owner_id, provider_id, referral_id, number, kind, "
        "service, amount_minor, currency, lines, state, plans, offered_at) SELECT firm_id, gen_random_uuid(), :case, "
        "business_id, owner_id, provider_id, referral_id, 'FY-x', kind, service, 1, currency, lines, 'offered', 0, "
        "offered_at FROM fee WHERE id = :fee"
    )
    with pytest.raises(ProgrammingError, match="row-level"), unit_of_work(scope_of(CHIEF)) as session:
        session.execute(text(stolen), {"case": other.checkup_id, "fee": fee.id})


def test_behind_a_mailed_link_no_fee_is_read(referral_id):
    fee = ask(referral_id)
    link = Scope(Audience.PROVIDER, provider_id=fee.provider_id, token=str(referral_id))
    assert seen_by(link, referral_id) is None
