"""What follows a checkup is counted: its rating, its fixes, relief of fees and minutes, by jobs that changes leave."""

import re

import pytest
from sqlalchemy import create_engine, select, text

from bureau.hours.models import HourEntry
from checkup.cases.models import Checkup
from checkup.fixes.models import Fix
from checkup.owner import ratings
from checkup.owner.consents import set_consent
from cloud.cubes.aftermath import what_followed
from cloud.cubes.counting import count_business, recount, stored_counts
from cloud.cubes.models import Contribution, ContributionSum
from tenants.audit import SYSTEM
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import lawyer_scope, make_case, make_waiver, owner_scope, worker_scope
from webapp.tasks.statistics import TASKS


@pytest.fixture
def case(settings):
    """A signed checkup whose owner agreed to both purposes."""
    made = make_case(settings, "signed", seed=41)
    with unit_of_work(owner_scope(made)) as work:
        for purpose in ("statistics", "cloud"):
            set_consent(work, checkup_id=made.checkup_id, purpose=purpose, granted=True, by=SYSTEM, now=now())
    return made


def jobs_for(settings, case):
    """How many jobs wait to count this checkup again."""
    engine = create_engine(settings.admin_database_url)
    with engine.begin() as connection:
        counted = (
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'count_checkup' AND args->>'checkup_id' = :id"
        )
        query = text(counted)
        many = connection.execute(query, {"id": str(case.checkup_id)}).scalar_one()
    engine.dispose()
    return many


def followed(case):
    with unit_of_work(worker_scope(case)) as work:
        return what_followed(work, [work.get_one(Checkup, (case.firm_id, case.checkup_id))])


def items(settings, case):
    """What the business is counted under, after the job of its checkup."""
    TASKS["count_checkup"](settings, firm_id=str(case.firm_id), checkup_id=str(case.checkup_id))
    with unit_of_work(worker_scope(case)) as work:
        business_id = work.get_one(Checkup, (case.firm_id, case.checkup_id)).business_id
        row = work.scalars(select(Contribution).where(Contribution.business_id == business_id)).one()
        sums = work.scalars(select(ContributionSum).where(ContributionSum.business_id == business_id))
        return row.items, {one.measure: one.amount for one in sums}


def test_a_rating_is_counted_by_a_job_that_it_leaves(settings, case):
    before = jobs_for(settings, case)
    with unit_of_work(owner_scope(case)) as work:
        given = ratings.Given(5, 4, 5, "")
        ratings.rate(work, checkup_id=case.checkup_id, given=given, keys=settings.keyring(), now=now())
    assert jobs_for(settings, case) == before + 1
    assert re.search(r"stars\t5", items(settings, case)[0])


def open_fix(case, risk):
    with unit_of_work(lawyer_scope(case)) as work:
        work.add(
            Fix(firm_id=case.firm_id, checkup_id=case.checkup_id, owner_id=case.owner_id, risk=risk, place=90,
                colour="red", urgent=False, points=1.0, due_on=city_day(now()), due_by="plan", opened_at=now(),
                changed_at=now())
        )  # fmt: skip


def test_fixes_are_counted_as_open_then_part_then_all(settings, case):
    for risk in ("con.unwritten", "emp.unwritten"):
        open_fix(case, risk)
    assert followed(case).mended == "open"
    for most, expected in ((1, "part"), (None, "all")):
        with unit_of_work(lawyer_scope(case)) as work:
            rows = work.scalars(select(Fix).where(Fix.checkup_id == case.checkup_id).order_by(Fix.place)).all()
            for row in rows[:most]:
                row.state, row.changed_at = "confirmed", row.opened_at
        assert followed(case).mended == expected
        assert followed(case).pace == "d30"


def test_relief_is_counted_with_its_fen(settings, case):
    waiver_id = make_waiver(settings, case, "granted")
    with unit_of_work(worker_scope(case)) as work:
        work.execute(text("UPDATE waiver SET used_minor = 5000 WHERE id = :id"), {"id": waiver_id})
    after = followed(case)
    assert after.relief in ("waived", "reduced", "deferred")
    assert sum(after.amounts.get(name, 0) for name in ("waived_fen", "deferred_fen")) == 5000
    assert items(settings, case)[1]["checkups"] == 1


def test_only_minutes_that_count_are_summed(settings, case):
    with unit_of_work(worker_scope(case)) as work:
        entries = work.scalars(select(HourEntry).where(HourEntry.checkup_id == case.checkup_id)).all()
        expected = sum(one.credited_minutes for one in entries if one.state in ("confirmed", "sampled", "verified"))
    assert followed(case).amounts.get("minutes", 0) == expected


def test_counts_stay_whole_with_everything_that_follows(settings, case):
    with unit_of_work(worker_scope(case)) as work:
        business_id = work.get_one(Checkup, (case.firm_id, case.checkup_id)).business_id
        count_business(work, firm_id=case.firm_id, business_id=business_id)
    with unit_of_work(Scope(Audience.WORKER)) as work:
        assert {cell: n for cell, n in recount(work).items() if n} == stored_counts(work)
