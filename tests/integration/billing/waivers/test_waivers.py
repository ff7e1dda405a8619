import datetime as dt

import pytest
from sqlalchemy import select

from billing.books.fee_accounts import accept_fee
from billing.books.invoicing import owed
from billing.books.models import Fee
from billing.hardship.budget import get_spend
from billing.hardship.policies import find_policy
from billing.waivers import decisions, follow_up, owner_steps
from billing.waivers.certificates import find_certificate, validity
from billing.waivers.content import get_waiver, open_waiver
from billing.waivers.decisions import Award, Step
from billing.waivers.erasure import finish_waivers
from billing.waivers.evidence import list_papers, open_paper
from billing.waivers.fee_effects import apply_to_fee, carry_out
from checkup.owner.erasure import erase_checkup
from demo.city import city_officers
from tenants.audit import Actor, list_entries
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.files import read_file
from tenants.models import Firm
from tests.factories import (
    lawyer_scope,
    make_case,
    make_fee,
    make_waiver,
    officer_scope,
    owner_scope,
    worker_scope,
)


@pytest.fixture
def case(settings):
    return make_case(settings, "signed")


def me(case):
    return Actor(case.owner_id, "店主本人")


def row_of(case, waiver_id):
    with unit_of_work(worker_scope(case)) as work:
        return get_waiver(work, waiver_id)


def decide(settings, waiver_id, move, outcome=None, *, officer="first", version=None, at=None, chance=99, cap=None):
    officers = city_officers()
    with unit_of_work(officer_scope(officer)) as work:
        row = get_waiver(work, waiver_id)
        return decisions.decide(
            work,
            waiver_id=waiver_id,
            step=Step(move, row.version if version is None else version, "看过了"),
            award=Award(outcome, cap) if outcome else None,
            chance=chance,
            keys=settings.keyring(),
            by=getattr(officers, officer),
            now=at or now(),
        )


def spent(policy_id):
    with unit_of_work(officer_scope()) as work:
        return get_spend(work, policy_id=policy_id, year=city_day(now()).year)


def test_a_granted_waiver_has_terms_a_certificate_and_its_cap_set_aside(settings, case):
    waiver_id = make_waiver(settings, case, "recommended")
    before = spent(row_of(case, waiver_id).policy_id)
    row = decide(settings, waiver_id, "grant", "half_price")
    assert (row.state, row.relief, row.basis_points, row.cap_minor) == ("granted", "reduce", 5000, 500_000)
    assert spent(row.policy_id)[0] - before[0] == 500_000
    with unit_of_work(worker_scope(case)) as work:
        entry = find_certificate(work, row)
    assert validity(entry, city_day(now())) == "valid"
    assert "ground" not in entry.facts
    assert validity(entry, row.valid_until + dt.timedelta(days=1)) == "expired"


def test_the_bureau_reads_what_was_written_only_while_it_decides(settings, case):
    waiver_id = make_waiver(settings, case, "recommended")
    with unit_of_work(officer_scope()) as work:
        opened = open_waiver(work, waiver_id=waiver_id, keys=settings.keyring())
        assert opened.content.facts["turnover_fall"] == 30
        assert len(list_papers(work, waiver_id)) == 1
    decide(settings, waiver_id, "grant", "half_price")
    with unit_of_work(officer_scope()) as work:
        assert get_waiver(work, waiver_id).relief == "reduce"
        assert list_papers(work, waiver_id) == []
        with pytest.raises(NotFound):
            open_waiver(work, waiver_id=waiver_id, keys=settings.keyring())


def test_papers_are_sealed_where_they_are_stored(settings, case):
    waiver_id = make_waiver(settings, case)
    with unit_of_work(lawyer_scope(case)) as work:
        paper = list_papers(work, waiver_id)[0]
        stored = read_file(settings.files_url, paper.path)
        kind, paper_file = open_paper(
            work, waiver_id=waiver_id, paper_id=paper.id, keys=settings.keyring(), files_url=settings.files_url
        )
    content = paper_file.read()
    assert (kind, content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert content[:64] not in stored


def test_of_two_decisions_at_once_the_second_is_refused_and_sets_nothing_aside(settings, case):
    waiver_id = make_waiver(settings, case, "recommended")
    version = row_of(case, waiver_id).version
    decide(settings, waiver_id, "grant", "half_price", version=version)
    before = spent(row_of(case, waiver_id).policy_id)
    with pytest.raises(Conflict) as refused:
        decide(settings, waiver_id, "refuse", officer="second", version=version)
    assert refused.value.code == "stale"
    assert spent(row_of(case, waiver_id).policy_id) == before


def test_an_appeal_is_decided_by_another_person(settings, case):
    waiver_id = make_waiver(settings, case, "appealed")
    with pytest.raises(Conflict) as refused:
        decide(settings, waiver_id, "uphold")
    assert refused.value.code == "same_person"
    row = decide(settings, waiver_id, "allow", "six_parts", officer="second")
    assert (row.state, row.instalments) == ("granted", 6)


def test_nobody_is_decided_on_before_the_firm_could_recommend(settings, case):
    waiver_id = make_waiver(settings, case)
    with pytest.raises(Conflict) as refused:
        decide(settings, waiver_id, "grant", "half_price")
    assert refused.value.code == "too_early"
    later = now() + dt.timedelta(days=15)
    assert decide(settings, waiver_id, "grant", "half_price", at=later).state == "granted"


@pytest.mark.parametrize(
    ("outcome", "cap", "code"), [("gift", None, "unknown_option"), ("half_price", 10**9, "too_large")]
)
def test_an_officer_grants_only_what_the_policy_has(settings, case, outcome, cap, code):
    waiver_id = make_waiver(settings, case, "recommended")
    with pytest.raises(Invalid) as refused:
        decide(settings, waiver_id, "grant", outcome, cap=cap)
    assert refused.value.faults[0].code == code
    assert row_of(case, waiver_id).state == "recommended"


def test_the_clock_stands_still_while_the_owner_is_asked(settings, case):
    at = dt.datetime(2026, 11, 2, 2, tzinfo=dt.UTC)  # a Monday
    waiver_id = make_waiver(settings, case, "more_asked", at=at)
    row = row_of(case, waiver_id)
    assert (row.due_on, row.days_left) == (dt.date(2026, 11, 9), 7)
    with unit_of_work(owner_scope(case)) as work:
        row = owner_steps.answer_more(
            work, waiver_id=waiver_id, text="拍好了", papers=(), keys=settings.keyring(),
            files_url=settings.files_url, by=me(case), now=at + dt.timedelta(days=20),
        )  # fmt: skip
    assert (row.state, row.due_on) == ("applied", dt.date(2026, 11, 30))  # the 29th is a Sunday


def test_a_second_application_waits_for_the_first(settings, case):
    make_waiver(settings, case)
    with pytest.raises(Conflict) as refused:
        make_waiver(settings, case)
    assert refused.value.code == "already_applied"


def test_an_application_needs_a_result_first(settings):
    with pytest.raises(Conflict) as refused:
        make_waiver(settings, make_case(settings, "answering"))
    assert refused.value.code == "not_now"


def test_a_declaration_is_drawn_for_a_check_by_the_policys_share(settings, case):
    waiver_id = make_waiver(settings, case, "recommended", papers=(), signed_name="陈老板")
    assert decide(settings, waiver_id, "grant", "half_price", chance=19).spot_check == "due"
    other = make_case(settings, "signed", seed=2)
    waiver_id = make_waiver(settings, other, "recommended", papers=(), signed_name="陈老板")
    assert decide(settings, waiver_id, "grant", "half_price", chance=20).spot_check == "none"


def test_a_false_statement_ends_the_certificate_and_frees_the_means(settings, case):
    waiver_id = make_waiver(settings, case, "granted")
    row = row_of(case, waiver_id)
    before = spent(row.policy_id)
    with unit_of_work(officer_scope()) as work:
        follow_up.revoke(
            work, waiver_id=waiver_id, version=row.version, reason="false_statement", by=city_officers().first,
            now=now(),
        )  # fmt: skip
    assert before[0] - spent(row.policy_id)[0] == row.cap_minor
    with unit_of_work(worker_scope(case)) as work:
        assert validity(find_certificate(work, row), city_day(now())) == "revoked"


def owed_fee(case, fen=120_000):
    with unit_of_work(lawyer_scope(case)) as work:
        fee = make_fee(work, case, fen=fen)
    with unit_of_work(owner_scope(case)) as work:
        return accept_fee(work, fee_id=fee.id, now=now())


def run(case, waiver_id, what):
    with unit_of_work(worker_scope(case)) as work:
        carry_out(work, waiver_id=waiver_id, what=what, now=now())


def certificates_on(case):
    with unit_of_work(worker_scope(case)) as work:
        return [fee.certificate for fee in work.scalars(select(Fee).where(Fee.checkup_id == case.checkup_id))]


def test_a_grant_helps_the_fees_of_the_case_once(settings, case):
    owed_fee(case)
    waiver_id = make_waiver(settings, case, "granted")
    run(case, waiver_id, "granted")
    run(case, waiver_id, "granted")
    row = row_of(case, waiver_id)
    assert row.used_minor == 60_000
    assert certificates_on(case) == [row.certificate_number]


def test_a_fee_accepted_later_is_helped_up_to_the_cap(settings, case):
    waiver_id = make_waiver(settings, case, "granted")
    for fen in (900_000, 300_000):
        fee = owed_fee(case, fen)
        with unit_of_work(owner_scope(case)) as work:
            apply_to_fee(work, fee=work.get_one(Fee, (fee.firm_id, fee.id)), now=now())
    assert row_of(case, waiver_id).used_minor == 500_000  # 450,000 and what is left of the cap


def owed_now(case):
    with unit_of_work(worker_scope(case)) as work:
        fee = work.scalars(select(Fee).where(Fee.checkup_id == case.checkup_id)).one()
        return owed(work, fee).amount_minor


def test_money_let_off_by_a_false_statement_is_called_back_and_let_off_anew_after_an_appeal(settings, case):
    owed_fee(case)
    waiver_id = make_waiver(settings, case, "granted", signed_name="赵老板")
    run(case, waiver_id, "granted")
    assert owed_now(case) == 60_000
    with unit_of_work(officer_scope()) as work:
        version = get_waiver(work, waiver_id).version
        follow_up.revoke(
            work, waiver_id=waiver_id, version=version, reason="false_statement", by=city_officers().first, now=now()
        )
    run(case, waiver_id, "revoked")
    run(case, waiver_id, "revoked")
    assert owed_now(case) == 120_000
    with unit_of_work(owner_scope(case)) as work:
        owner_steps.appeal(work, waiver_id=waiver_id, text="是真的", keys=settings.keyring(), by=me(case), now=now())
    decide(settings, waiver_id, "allow", "half_price", officer="second")
    run(case, waiver_id, "granted")
    assert owed_now(case) == 60_000


def test_a_running_deferral_is_put_off_once_and_no_more(settings, case):
    waiver_id = make_waiver(settings, case, "reset_asked", outcome="three_months_later")
    officers = city_officers()
    with unit_of_work(officer_scope()) as work:
        row = get_waiver(work, waiver_id)
        decisions.decide_reset(
            work, waiver_id=waiver_id, step=Step("reset", row.version, "可以"), keys=settings.keyring(),
            by=officers.first, now=now(),
        )  # fmt: skip
    row = row_of(case, waiver_id)
    assert (row.state, row.months, row.resets) == ("granted", 6, 1)
    with unit_of_work(owner_scope(case)) as work, pytest.raises(Conflict) as refused:
        owner_steps.ask_reset(
            work, waiver_id=waiver_id, text="还是付不出", keys=settings.keyring(), by=me(case), now=now()
        )
    assert refused.value.code == "no_more_resets"


def test_what_is_let_off_for_good_cannot_be_put_off(settings, case):
    waiver_id = make_waiver(settings, case, "granted")
    with unit_of_work(owner_scope(case)) as work, pytest.raises(Conflict):
        owner_steps.ask_reset(work, waiver_id=waiver_id, text="难", keys=settings.keyring(), by=me(case), now=now())


@pytest.mark.parametrize(("asked_by", "state", "has_name"), [("owner", "erased", False), ("moved", "valid", True)])
def test_erasing_a_case_closes_its_waiver_and_takes_the_name_off_the_certificate(
    settings, case, asked_by, state, has_name
):
    waiver_id = make_waiver(settings, case, "granted")
    with unit_of_work(owner_scope(case)) as work:
        erase_checkup(work, checkup_id=case.checkup_id, asked_by=asked_by, by=me(case), now=now())
    with unit_of_work(owner_scope(case)) as work, pytest.raises(NotFound):
        open_waiver(work, waiver_id=waiver_id, keys=settings.keyring())
    with unit_of_work(worker_scope(case)) as work:
        paths = finish_waivers(work, checkup_id=case.checkup_id, asked_by=asked_by, now=now())
        entry = find_certificate(work, get_waiver(work, waiver_id))
    assert len(paths) == 1
    assert (entry.state, bool(entry.facts["holder"])) == (state, has_name)


def test_every_step_is_in_the_firms_log_for_the_owner(settings, case):
    make_waiver(settings, case, "granted")
    with unit_of_work(owner_scope(case)) as work:
        acts = [one.act for one in list_entries(work, firm_id=case.firm_id, owner_id=case.owner_id)]
    assert {"waiver.applied", "waiver.recommend", "waiver.grant"} <= set(acts)


def test_a_district_without_its_own_policy_follows_the_citys(settings, case):
    with unit_of_work(owner_scope(case)) as work:
        bureau_id = work.get_one(Firm, case.firm_id).bureau_id
        row = find_policy(work, bureau_id=bureau_id, on=city_day(now()))
    assert bureau_id != row.bureau_id == city_officers().bureau_id
