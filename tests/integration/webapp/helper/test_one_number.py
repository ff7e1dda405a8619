"""One number across web, phone and venue: what a slip says, the hotline opens, her page shows, and a firm keeps."""

import re

import pytest

from checkup.owner.resume_codes import issue_resume_code
from checkup.owner.transfer import move_to_firm
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import Case, make_case, owner_scope
from tests.helping import HELPER, SEAT, help_somebody
from tests.ticketing import number_of
from tests.visits import be_owner, log_in


@pytest.fixture(scope="module")
def seat(app):
    return log_in(app, SEAT)


def test_the_number_on_the_slip_opens_at_the_hotline_and_stands_on_her_page(app, settings, seat):
    helped = help_somebody(settings)
    slip = log_in(app, HELPER).post(f"/helper/clients/{helped.help_id}/slip").text
    number, code = re.search(r"SH\d\d-[2-9A-Z]{6}", slip)[0], re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", slip)[0]
    found = seat.post("/helper/hotline/number", data={"number": number, "code": code, "answered": "yes"})
    assert number in seat.get(found.location).text
    case = Case(helped.owner.firm_id, helped.checkup_id, helped.owner_id, None)
    assert number == helped.number
    assert number in be_owner(app, case).get(f"/checkup/{helped.checkup_id}/tickets").text


def test_it_is_hers_still_at_the_next_firm(app, settings, seat):
    case = make_case(settings, "in_review", seed=310)
    number, ids = number_of(case), {"checkup_id": case.checkup_id, "firm_id": case.firm_id}
    with unit_of_work(owner_scope(case)) as work:
        given = {"person_id": case.owner_id, "phone": "13800001111", "pepper": settings.pepper, "now": now()}
        code = issue_resume_code(work, **ids, **given)
    by = Actor(case.owner_id, "店主本人")
    with unit_of_work(owner_scope(case)) as work:
        row = move_to_firm(
            work, scope=owner_scope(case), checkup_id=case.checkup_id, to_firm=demo_id("jiangwan"), by=by,
            keys=settings.keyring(), now=now(),
        )  # fmt: skip
        moved = Case(row.firm_id, row.id, case.owner_id, None)
    found = seat.post("/helper/hotline/number", data={"number": number, "code": code, "answered": "yes"})
    assert number in seat.get(found.location).text
    with unit_of_work(Scope(Audience.OWNER, moved.firm_id, moved.owner_id)) as work:
        assert number_of(moved) == number
    assert number in be_owner(app, moved).get(f"/checkup/{moved.checkup_id}/mine").text
