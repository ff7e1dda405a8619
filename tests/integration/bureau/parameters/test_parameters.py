"""A bureau's parameters: two officers, future days, and what a value would have meant."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bureau.complaints.complaints import Said, open_complaint
from bureau.dashboard.parameter_simulation import simulate_value
from bureau.parameters.in_force import decide_value, get_value, propose_value
from bureau.parameters.models import Parameter
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tenants.working_days import working_days_after
from tests.factories import make_case, owner_scope
from tests.parties import FORM, Party
from tests.visits import log_in

TODAY = dt.date(2026, 11, 25)
WANG, LI = Actor(uuid.uuid4(), "王科员"), Actor(uuid.uuid4(), "李科长")
BAOSHAN, YANGPU, OFFICE, CITY = (
    demo_id(one) for one in ("bureau:310113", "bureau:310110", "bureau:310113:1", "bureau")
)


def as_bureau(bureau_id=BAOSHAN):
    return unit_of_work(Scope(Audience.BUREAU, person_id=WANG.id, bureau_id=bureau_id))


def propose(session, day, value=7, by=WANG, bureau_id=BAOSHAN):
    values = {"key": "review_days", "value": value, "effective_from": day, "why": "春节前人手少"}
    return propose_value(session, bureau_id=bureau_id, by=by, now=now(), **values)


def decide(session, row, by=LI, bureau_id=BAOSHAN, today=TODAY):
    return decide_value(
        session, bureau_id=bureau_id, parameter_id=row.id, decision="approve", by=by, today=today, now=now()
    )


def value(session, day, bureau_id=BAOSHAN):
    return get_value(session, bureau_id=bureau_id, key="review_days", on=day)


def test_a_value_holds_only_after_a_second_officer_and_from_its_day(settings):
    day = dt.date(2027, 3, 1)
    with as_bureau() as session:
        row = propose(session, day)
        assert value(session, day) == 5
        with pytest.raises(Conflict, match="two_people"):
            decide(session, row, by=WANG)
        decide(session, row)
        assert (value(session, day - dt.timedelta(days=1)), value(session, day)) == (5, 7)
    with as_bureau(OFFICE) as session:
        assert value(session, day, OFFICE) == 7
    with as_bureau(YANGPU) as session:
        assert value(session, day, YANGPU) == 5


def test_a_value_is_never_put_in_force_for_the_past(settings):
    with as_bureau() as session:
        row = propose(session, dt.date(2027, 4, 1))
        with pytest.raises(Conflict, match="too_late"):
            decide(session, row, today=dt.date(2027, 4, 1))
        session.rollback()


def test_two_values_for_one_day_are_refused(settings):
    with as_bureau() as session:
        first, second = (propose(session, dt.date(2027, 5, 1), value=value) for value in (7, 9))
        decide(session, first)
        with pytest.raises(Conflict, match="same_day"):
            decide(session, second)
        session.rollback()


def test_a_bureau_cannot_decide_for_another(settings):
    with as_bureau(CITY) as session, pytest.raises(NotFound):
        decide(session, propose(session, dt.date(2027, 6, 1), bureau_id=CITY), bureau_id=BAOSHAN)
    with pytest.raises(ProgrammingError, match="row-level security"), as_bureau() as session:
        propose(session, dt.date(2027, 6, 1), bureau_id=CITY)


def test_a_simulation_counts_last_years_late_reviews(settings):
    make_case(settings, "signed", at=now() - dt.timedelta(days=2))
    with as_bureau() as session:
        effects = {one.what: one for one in simulate_value(session, key="review_days", was=5, would_be=1, now=now())}
        signed = session.execute(text("SELECT count(*) FROM progress WHERE signed_at IS NOT NULL")).scalar_one()
        waiting = "review_wanted AND signed_at IS NULL AND state IN ('submitted', 'in_review')"
        asked = session.execute(text(f"SELECT count(*) FROM progress WHERE {waiting}")).scalar_one()  # noqa: S608
    assert signed > 0
    assert effects["reviews"].was == effects["reviews"].would_be == signed + asked
    assert effects["late_reviews"].was <= effects["late_reviews"].would_be


def test_an_officer_proposes_on_the_page_and_another_one_approves(app, settings):
    client = log_in(app, "officer@baoshan.example")
    refused = client.post("/bureau/parameters", data={"key": "subsidy", "value": "-1", "effective_from": "x"})
    assert refused.status_code == 422
    assert "请填日期" in refused.text
    made = {"key": "subsidy", "value": "20000", "effective_from": "2099-01-01", "why": "政府购买服务"}
    assert client.post("/bureau/parameters", data=made).status_code == 302
    page = client.get("/bureau/parameters").text
    assert "等另一位同事批" in page
    assert "补贴合计" in page


def put_in_force(key, value):
    """As decided by two officers of Baoshan, with effect since yesterday."""
    with as_bureau() as session:
        session.add(
            Parameter(
                bureau_id=BAOSHAN, key=key, value=value, effective_from=city_day(now()) - dt.timedelta(days=1),
                why="试一试", state="approved", proposed_by=WANG.id, proposed_name=WANG.name, proposed_at=now(),
                decided_by=LI.id, decided_name=LI.name, decided_at=now(),
            )
        )  # fmt: skip


def test_the_clock_of_a_complaint_follows_the_parameter_of_the_firms_bureau(settings):
    put_in_force("complaint_days", 3)
    case = make_case(settings, "signed", seed=91)
    said = Said("律师三天没回话", "", False)
    with unit_of_work(owner_scope(case)) as session:
        row = open_complaint(session, checkup_id=case.checkup_id, said=said, keys=settings.keyring(), now=now())
    assert row.due_on == working_days_after(city_day(now()), 3).day


def test_the_clock_of_a_ticket_follows_the_parameter_of_its_bureau(app, settings, request):
    put_in_force("ticket_days", 2)
    answer = Party(app, settings, request.node.name).send({"reference": "P-1", **FORM})
    assert answer.json["due_on"] == working_days_after(city_day(now()), 2).day.isoformat()
