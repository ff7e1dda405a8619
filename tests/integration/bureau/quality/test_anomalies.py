"""What stands out in hours and advice: found at night, explained by the lawyer, settled by the bureau."""

import datetime as dt

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from bureau.quality.anomalies import (
    list_anomalies,
    list_unprinted,
    print_report,
    reply_to_anomaly,
    settle_anomaly,
    watch_firm,
)
from bureau.quality.models import HourAnomaly
from checkup.cases.checkups import open_case
from checkup.cases.models import Checkup
from checkup.review.models import Review
from demo.city import demo_id
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tests.factories import make_case
from tests.hours import FIRM, clinic, new_lawyer

NOW = dt.datetime(2026, 11, 25, 4, 0, tzinfo=dt.UTC)
DISTRICT = Scope(Audience.BUREAU, None, demo_id("officer@baoshan.example"), demo_id("bureau:310113"))


def found_for(lawyer):
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        watch_firm(session, firm_id=FIRM, now=NOW)
    with unit_of_work(DISTRICT) as session:
        return [one for one in list_anomalies(session) if one.lawyer_id == lawyer.id]


def test_what_stands_out_is_explained_by_the_lawyer_and_settled_by_the_bureau(settings):
    lawyer = new_lawyer()
    for times in ("06:00-13:00", "12:30-20:00"):
        clinic(times, lawyer=lawyer, day=dt.date(2026, 11, 20))
    found = found_for(lawyer)
    assert sorted(one.kind for one in found) == ["long_day", "overlap"]
    assert {one.kind: dict(one.numbers) for one in found}["long_day"] == {"minutes": 840, "flag": 720}
    assert found_for(lawyer) != []
    assert len(found_for(lawyer)) == 2
    with unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        reply_to_anomaly(session, anomaly_id=found[0].id, lawyer_id=lawyer.id, words="整天在展会", now=NOW)
    with unit_of_work(DISTRICT) as session:
        settle_anomaly(session, anomaly_id=found[0].id, why="展会属实", now=NOW)
    with pytest.raises(Conflict), unit_of_work(Scope(Audience.FIRM, FIRM, lawyer.id)) as session:
        reply_to_anomaly(session, anomaly_id=found[0].id, lawyer_id=lawyer.id, words="再说", now=NOW)
    with pytest.raises(NotFound), unit_of_work(Scope(Audience.FIRM, FIRM, demo_id("hubin:1"))) as session:
        reply_to_anomaly(session, anomaly_id=found[1].id, lawyer_id=demo_id("hubin:1"), words="替她说", now=NOW)


def test_copied_advice_is_found_without_the_bureau_seeing_a_word(settings):
    lawyer_cases = [make_case(settings, "signed", lawyer=3, seed=seed, at=NOW) for seed in (41, 42, 43)]
    keys = settings.keyring()
    words = (
        "先把口头约定写成合同，写明价款、期限和违约责任，双方签字留底；"
        "再逐笔对账，请对方确认余额并写明还款日期，超过两年的尽快催收。"
    )
    with unit_of_work(Scope(Audience.WORKER, FIRM)) as session:
        for case in lawyer_cases:
            row = session.get_one(Checkup, (FIRM, case.checkup_id))
            review = session.get_one(Review, (FIRM, case.checkup_id))
            review.sealed_advice = open_case(session, row, keys).seal(words.encode())
        session.flush()
        for checkup_id in list_unprinted(session, firm_id=FIRM):
            print_report(session, checkup_id=checkup_id, keys=keys, pepper=settings.pepper)
        assert list_unprinted(session, firm_id=FIRM) == []
        watch_firm(session, firm_id=FIRM, now=NOW)
        found = session.scalars(select(HourAnomaly).where(HourAnomaly.kind == "copied")).all()
        assert [one.numbers["count"] for one in found if one.lawyer_id == demo_id("hubin:3")] == [3]
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work(DISTRICT) as session:
        session.execute(text("SELECT * FROM advice_print"))
