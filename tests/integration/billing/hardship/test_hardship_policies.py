import datetime as dt
import threading

import pytest
import yaml

from billing.hardship.budget import get_spend, has_means, promise
from billing.hardship.models import HardshipPolicy
from billing.hardship.policies import decide_policy, find_policy, policy_of, propose_policy
from billing.hardship.policy_reader import PolicyFaults, read_policy, read_shipped
from billing.waivers import policy_simulation, steps
from demo.city import city_officers, demo_id
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tests.factories import make_case, make_waiver, officer_scope, owner_scope
from webapp.tasks.relief import TASKS

TODAY = dt.date(2026, 6, 1)


def document(version, first, last=None, **changes):
    changed = {**yaml.load(read_shipped(), Loader=yaml.CSafeLoader), **changes}
    changed |= {"version": version, "effective_from": first, "effective_until": last}
    return yaml.dump(changed, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)


def propose(text, *, today=TODAY, why="调整"):
    officers = city_officers()
    with unit_of_work(officer_scope()) as work:
        return propose_policy(
            work, bureau_id=officers.bureau_id, document=text, why=why, by=officers.first, today=today, now=now()
        )


def decide(policy_id, decision="approve", *, officer="second", today=TODAY):
    officers = city_officers()
    with unit_of_work(officer_scope(officer)) as work:
        return decide_policy(
            work, bureau_id=officers.bureau_id, policy_id=policy_id, decision=decision,
            by=getattr(officers, officer), today=today, now=now(),
        )  # fmt: skip


def simulate(settings, row):
    TASKS["simulate_policy"](settings, policy_id=str(row.id))
    with unit_of_work(officer_scope()) as work:
        return work.get_one(HardshipPolicy, row.id).simulation


def approve(settings, text, *, today=TODAY):
    row = propose(text, today=today)
    simulate(settings, row)
    return decide(row.id, today=today)


def refused_code(call):
    with pytest.raises((Invalid, Conflict)) as refused:
        call()
    error = refused.value
    return error.code if isinstance(error, Conflict) else error.faults[0].code


def test_a_change_by_date_decides_new_applications_only(settings):
    first = dt.date(2041, 3, 1)
    stricter = yaml.load(read_shipped(), Loader=yaml.CSafeLoader)["rules"]
    stricter[4] |= {"when": {"ge": ["turnover_fall", 50]}, "near": {"ge": ["turnover_fall", 40]}}
    eve, day = dt.datetime(2041, 2, 27, 4, tzinfo=dt.UTC), dt.datetime(2041, 3, 1, 4, tzinfo=dt.UTC)
    before = make_case(settings, "signed")
    old_id = make_waiver(settings, before, at=eve, facts={"turnover_fall": 30})
    new = approve(settings, document("2041", first, dt.date(2041, 12, 31), rules=stricter))
    after = make_case(settings, "signed", seed=3)
    new_id = make_waiver(settings, after, at=day, facts={"turnover_fall": 30})
    rows = []
    for case, waiver_id in ((before, old_id), (after, new_id)):
        with unit_of_work(owner_scope(case)) as work:
            rows.append(steps.get_own(work, checkup_id=case.checkup_id, waiver_id=waiver_id))
    assert [row.policy_id == new.id for row in rows] == [False, True]
    assert [row.answer for row in rows] == ["yes", "no"]


def test_an_approved_version_ends_the_one_without_an_end_the_day_before(settings):
    bureau_id = city_officers().bureau_id
    later = approve(settings, document("2070", dt.date(2070, 1, 1)))
    newest = approve(settings, document("2075", dt.date(2075, 1, 1)))
    with unit_of_work(officer_scope()) as work:
        assert work.get_one(HardshipPolicy, later.id).effective_until == dt.date(2074, 12, 31)
        assert find_policy(work, bureau_id=bureau_id, on=dt.date(2075, 1, 1)).id == newest.id


def test_the_one_who_proposes_does_not_approve(settings):
    row = propose(document("two", dt.date(2050, 1, 1), dt.date(2050, 6, 30)))
    simulate(settings, row)
    assert refused_code(lambda: decide(row.id, officer="first")) == "two_people"


def test_nothing_is_approved_unseen(settings):
    row = propose(document("unseen", dt.date(2051, 1, 1), dt.date(2051, 6, 30)))
    assert refused_code(lambda: decide(row.id)) == "not_simulated"


def test_a_policy_cannot_begin_in_the_past(settings):
    assert refused_code(lambda: propose(document("past", TODAY, dt.date(2026, 12, 31)))) == "not_in_future"
    row = propose(document("late", dt.date(2052, 1, 1), dt.date(2052, 6, 30)))
    simulate(settings, row)
    assert refused_code(lambda: decide(row.id, today=dt.date(2052, 1, 1))) == "too_late"


def test_ranges_that_share_a_day_are_refused_when_proposed_and_when_approved(settings):
    first = document("a", dt.date(2053, 1, 1), dt.date(2053, 6, 30))
    second = document("b", dt.date(2053, 6, 30), dt.date(2053, 12, 31))
    waiting = propose(second)
    simulate(settings, waiting)
    approve(settings, first)
    assert refused_code(lambda: propose(second)) == "overlaps"
    assert refused_code(lambda: decide(waiting.id)) == "overlaps"


def test_an_empty_range_is_refused_by_name(settings):
    with pytest.raises(PolicyFaults, match="empty date range"):
        propose(document("empty", dt.date(2054, 2, 1), dt.date(2054, 1, 1)))


def test_a_decided_proposal_stays_decided(settings):
    row = propose(document("done", dt.date(2055, 1, 1), dt.date(2055, 6, 30)))
    decide(row.id, "reject")
    assert refused_code(lambda: decide(row.id)) == "not_now"


def test_an_officer_of_a_district_decides_nothing_of_the_citys(settings):
    row = propose(document("city", dt.date(2056, 1, 1), dt.date(2056, 6, 30)))
    district = Scope(Audience.BUREAU, demo_id("officer@baoshan.example"), bureau_id=demo_id("bureau:310113"))
    officers = city_officers()
    with unit_of_work(district) as work, pytest.raises(NotFound):
        decide_policy(
            work, bureau_id=demo_id("bureau:310113"), policy_id=row.id, decision="approve", by=officers.second,
            today=TODAY, now=now(),
        )  # fmt: skip


@pytest.fixture
def many_trials(monkeypatch):
    monkeypatch.setattr(policy_simulation, "MOST_IN_A_YEAR", 1000)


def harder(version, year):
    rules = yaml.load(read_shipped(), Loader=yaml.CSafeLoader)["rules"]
    rules[4] |= {"when": {"ge": ["turnover_fall", 90]}, "near": {"ge": ["turnover_fall", 80]}}
    return document(version, dt.date(year, 1, 1), dt.date(year, 6, 30), rules=rules)


def test_the_simulation_counts_whom_a_change_would_meet_and_its_money(settings, many_trials, monkeypatch):
    monkeypatch.setattr(policy_simulation, "discrete_laplace", lambda scale: 0)
    make_waiver(settings, make_case(settings, "signed", seed=5), facts={"turnover_fall": 30})
    seen = simulate(settings, propose(harder("much", 2057)))
    assert seen["cases"] >= 20
    assert sum(seen["answers"]["was"].values()) == sum(seen["answers"]["would_be"].values()) == seen["cases"]
    assert seen["answers"]["would_be"]["no"] > seen["answers"]["was"]["no"]
    assert seen["minor"]["was"]["waive"] > 0


def test_a_simulation_is_told_once_and_a_few_times_a_year(settings, many_trials, monkeypatch):
    first = propose(harder("once", 2058))
    assert simulate(settings, first) == simulate(settings, first), "a second count would take the noise away"
    monkeypatch.setattr(policy_simulation, "MOST_IN_A_YEAR", 1)
    second = propose(harder("twice", 2059))
    assert simulate(settings, second) == {"is_spent": True}
    decide(second.id, "reject")


@pytest.fixture
def tight(settings):
    """An approved policy with means for three reliefs of 1,000 yuan."""
    outcomes = [{**yaml.load(read_shipped(), Loader=yaml.CSafeLoader)["outcomes"][1], "cap_yuan": 1000}]
    first = dt.date(2060, 1, 1)
    budget = {"waive_yuan": 3000, "defer_yuan": 0}
    text = document("tight", first, dt.date(2060, 12, 31), outcomes=outcomes, budget=budget)
    with unit_of_work(officer_scope()) as work:
        known = find_policy(work, bureau_id=city_officers().bureau_id, on=first)
    return known if known is not None and known.version == "tight" else approve(settings, text)


def test_many_grants_at_once_never_promise_more_than_the_years_means(tight):
    policy = policy_of(tight.document)
    terms = policy.outcomes[0].terms(dt.date(2060, 2, 1))
    said = []

    def grant():
        try:
            with unit_of_work(officer_scope()) as work:
                promise(work, policy_id=tight.id, policy=policy, year=2060, terms=terms)
            said.append("granted")
        except Conflict as refused:
            said.append(refused.code)

    threads = [threading.Thread(target=grant) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["granted"] * 3 + ["no_means"] * 5
    with unit_of_work(officer_scope()) as work:
        assert get_spend(work, policy_id=tight.id, year=2060) == (300_000, 0)
        assert not has_means(work, policy_id=tight.id, policy=policy, year=2060)


def test_a_bureau_reads_nothing_of_anothers_proposals(settings):
    row = propose(document("secret", dt.date(2061, 1, 1), dt.date(2061, 6, 30)))
    district = Scope(Audience.BUREAU, demo_id("officer@baoshan.example"), bureau_id=demo_id("bureau:310113"))
    with unit_of_work(district) as work:
        assert work.get(HardshipPolicy, row.id) is None


def test_the_shipped_policy_is_in_force_in_the_demo_city(settings):
    with unit_of_work(officer_scope()) as work:
        row = find_policy(work, bureau_id=demo_id("bureau:310113"), on=city_day(now()))
    assert read_policy(row.document).version == "2026.1"
