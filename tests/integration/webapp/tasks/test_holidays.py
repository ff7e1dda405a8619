"""A notice of holidays that comes with an upgrade moves the days that were counted without it, once."""

import datetime as dt

import psycopg
import pytest
from sqlalchemy import select, text

from bureau.complaints.models import Complaint
from checkup.cases.models import FindingRow
from checkup.correspondence.messages import ask_owner
from checkup.correspondence.models import CaseMessage
from checkup.fixes.models import Fix
from checkup.review.models import Review
from cloud.partners.models import Ticket
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tenants.working_days import (
    holidays,
    is_working_day,
    workdays,
    working_days_after,
    working_days_between,
)
from tests.factories import lawyer_scope, make_case, make_waiver, owner_scope, worker_scope
from tests.parties import FORM, OPERATOR, Party
from tests.visits import be_owner
from webapp.tasks.holidays import recount_days

DAY = dt.timedelta(days=1)
WAIVER = text("SELECT due_on FROM waiver WHERE checkup_id = :case")


def begin_today(settings):
    """An installation whose notices reach until today: nothing is counted again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("webapp.tasks.holidays.LAST_KNOWN", city_day(now()))
        return recount_days(settings)


def test_a_new_installation_has_nothing_to_count_again(settings):
    assert not begin_today(settings)


@pytest.fixture(scope="module")
def asked(settings):
    case = make_case(settings, "in_review", seed=401)
    with unit_of_work(lawyer_scope(case)) as session:
        ask_owner(
            session, checkup_id=case.checkup_id, risk=None, text="几个人？", lawyer_id=case.lawyer_id,
            lawyer_name="陈晓", keys=settings.keyring(), now=now(),
        )  # fmt: skip
    return case


@pytest.fixture(scope="module")
def written(app, settings):
    case = make_case(settings, "in_review", seed=402)
    be_owner(app, case).post(f"/checkup/{case.checkup_id}/messages", data={"text": "房东催我搬。"})
    be_owner(app, case).post(f"/checkup/{case.checkup_id}/complaint", data={"words": "三天没人回话。"})
    with psycopg.connect(settings.admin_database_url) as connection:
        connection.execute("UPDATE hardship_policy SET document = replace(document, 'natural', 'working')")
    make_waiver(settings, case)
    return case


@pytest.fixture(scope="module")
def ticket(app, settings):
    return Party(app, settings, "a party before the holidays").send({"reference": "H-1", **FORM}).json["number"]


@pytest.fixture(scope="module")
def signed(settings):
    """A signed case with a fix whose last day is the law's, and lies ahead."""
    for seed in range(420, 460):
        case = make_case(settings, "signed", seed=seed)
        with unit_of_work(worker_scope(case)) as session:
            query = select(Fix).where(Fix.checkup_id == case.checkup_id, Fix.due_by == "law")
            if session.scalars(query).first() is not None:
                return case
    raise AssertionError("no seed has one")


@pytest.fixture(scope="module")
def moved(settings, asked, written, ticket, signed):
    """Days before and after a notice by which tomorrow, and the law's last day, are off."""
    begin_today(settings)
    before = days(asked, written, ticket, signed)
    counted = {name: working_days_between(city_day(now()), day).days for name, day in before.items()}
    with pytest.MonkeyPatch.context() as patch:
        off = {city_day(now()) + DAY: "a notice", before["fix"]: "a notice"}
        patch.setattr("tenants.working_days.holidays", holidays | off)
        patch.setattr("tenants.working_days.workdays", {d: n for d, n in workdays.items() if d not in off})
        assert recount_days(settings)
        after = days(asked, written, ticket, signed)
        assert not recount_days(settings)
        assert days(asked, written, ticket, signed) == after
        yield before, after, {n: working_days_after(city_day(now()), count).day for n, count in counted.items()}


def days(asked, written, ticket, signed):
    with unit_of_work(worker_scope(asked)) as session:
        question = session.scalars(select(CaseMessage).filter_by(checkup_id=asked.checkup_id, kind="question")).one()
        found = {"question": question.due_on}
    with unit_of_work(owner_scope(written)) as session:
        (note,) = session.scalars(select(CaseMessage).filter_by(checkup_id=written.checkup_id))
        (complaint,) = session.scalars(select(Complaint).filter_by(checkup_id=written.checkup_id))
        found |= {"note": note.due_on, "complaint": complaint.due_on}
    with unit_of_work(worker_scope(written)) as session:
        found["reply"] = session.scalars(select(Review.reply_by).filter_by(checkup_id=written.checkup_id)).one()
        found["waiver"] = session.execute(WAIVER, {"case": written.checkup_id}).scalar_one()
    with unit_of_work(OPERATOR) as session:
        found["ticket"] = session.scalars(select(Ticket.due_on).where(Ticket.number == ticket)).one()
    with unit_of_work(worker_scope(signed)) as session:
        fix = session.scalars(select(Fix).filter_by(checkup_id=signed.checkup_id, due_by="law")).first()
        finding = session.scalars(select(FindingRow).filter_by(checkup_id=signed.checkup_id, risk=fix.risk)).one()
        found |= {"fix": fix.law_due_on, "her day": fix.due_on, "finding": finding.due_on}
    return found


@pytest.mark.parametrize("what", ["question", "note", "reply", "complaint", "waiver", "ticket"])
def test_as_many_working_days_as_before_are_left(moved, what):
    before, after, right = moved
    assert after[what] > before[what]
    assert after[what] == right[what]


def test_a_last_day_of_the_law_moves_with_its_finding_and_its_fix(moved):
    before, after, _ = moved
    assert after["fix"] > before["fix"]
    assert is_working_day(after["fix"])
    assert after["fix"] == after["finding"] == after["her day"]
