"""A colleague who recused herself, on every route of a firm with this case's ids: process alone."""

import uuid

import pytest
from sqlalchemy import create_engine, select, text

from billing.waivers.evidence import list_papers
from checkup.correspondence.models import CaseMessage
from checkup.desk.conflict_step import settle_check
from demo.city import demo_id
from tenants.audit import Actor
from tenants.base import Base
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import Business
from tests.factories import lawyer_scope, make_case, make_fee, make_waiver, worker_scope
from tests.visits import log_in

PARTNER, THREE = (demo_id(f"hubin:{number}") for number in (2, 3))
COLLEAGUES = {"lawyer3@hubin.example": THREE, "lawyer2@hubin.example": PARTNER}
FILLED = {"risk": "con.unwritten", "firm_step": "recommend", "number": 1, "campaign_step": "open"}
# Her own process, which names nothing of the case: the page of names says that she recused herself.
PROCESS = {"conflict.names", "conflict.settle"}


def routes(app):
    """(rule, method) of every route that a firm's people reach."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if getattr(app.view_functions[rule.endpoint], "audience", None) is Audience.FIRM:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule, method


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "signed", seed=91)


@pytest.fixture(scope="module")
def ids(settings, case):
    """Everything of the case that an address can name."""
    waiver_id = make_waiver(settings, case, "recommended")
    with unit_of_work(lawyer_scope(case)) as work:
        fee_id = make_fee(work, case).id
    with unit_of_work(worker_scope(case)) as work:
        messages = work.scalars(select(CaseMessage.id).where(CaseMessage.checkup_id == case.checkup_id)).all()
    with unit_of_work(lawyer_scope(case)) as work:
        paper_id = list_papers(work, waiver_id)[0].id
    for person_id in COLLEAGUES.values():
        with unit_of_work(Scope(Audience.FIRM, case.firm_id, person_id)) as work:
            settle_check(
                work, checkup_id=case.checkup_id, by=Actor(person_id, "某律师"), outcome="recuse", reason="",
                parties_version=0, takes_case=False, keys=settings.keyring(), now=now(),
            )  # fmt: skip
    made = {"checkup_id": case.checkup_id, "waiver_id": waiver_id, "fee_id": fee_id, "paper_id": paper_id}
    return made | {"message_id": messages[0] if messages else uuid.uuid4()}


@pytest.fixture(scope="module")
def name(case):
    with unit_of_work(worker_scope(case)) as work:
        return work.scalars(select(Business.name).where(Business.owner_id == case.owner_id)).first()


def addresses(app, ids):
    for rule, method in routes(app):
        values = {one: FILLED.get(one) or ids.get(one) or uuid.uuid4() for one in rule.arguments}
        yield rule, method, rule.build(values)[1]


def of_case(rule):
    return bool({"checkup_id", "waiver_id"} & rule.arguments)


def rows_of(settings, case):
    """A fingerprint of every row of the case, but of her own check and of the log."""
    engine, found = create_engine(settings.admin_database_url), {}
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if "checkup_id" in table.columns and table.name not in ("conflict_check", "audit_entry", "activity_day"):
                query = (
                    f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table.name} t WHERE checkup_id = :id"
                )
                found[table.name] = connection.scalar(text(query), {"id": case.checkup_id})
    engine.dispose()
    return found


@pytest.mark.parametrize("email", list(COLLEAGUES))
def test_no_route_opens_the_case_to_who_recused_herself(app, settings, case, ids, name, email):
    client, before, wrong = log_in(app, email), rows_of(settings, case), []
    for rule, method, path in addresses(app, ids):
        answer = client.open(path, method=method)
        shown = f"{method} {rule.rule}: {answer.status_code}"
        if answer.status_code >= 500 or (
            name in answer.get_data(as_text=False).decode("utf-8", "replace") and rule.endpoint not in PROCESS
        ):
            wrong.append(shown)
        if of_case(rule) and answer.status_code == 200 and rule.endpoint not in PROCESS:
            wrong.append(shown)
    assert wrong == []
    assert rows_of(settings, case) == before
