"""A last day that a notice of holidays may still move says so, to the owner, to her lawyer and to a party's machine."""

import datetime as dt

import pytest

from tenants.clock import CITY
from tenants.working_days import LAST_KNOWN
from tests.factories import make_case
from tests.parties import FORM, Party
from tests.visits import be_owner, log_in

SAID = "以国务院放假通知为准"
NOON = dt.datetime.combine(LAST_KNOWN, dt.time(12), CITY)


@pytest.fixture(params=[60, 0], ids=["far from the end", "at the end"])
def says_so(request, clock_at):
    """The clock stands so many days before the last day that is known; whether a week from then may move."""
    clock_at(NOON - dt.timedelta(days=request.param))
    return request.param == 0


def test_a_complaints_answer(app, settings, says_so):
    case = make_case(settings, "submitted", seed=411 + says_so)
    owner, url = be_owner(app, case), f"/checkup/{case.checkup_id}/complaint"
    owner.post(url, data={"words": "没人回话。"})
    assert (SAID in owner.get(url).text) == says_so


def test_a_lawyers_reply_on_both_sides(app, settings, says_so):
    case = make_case(settings, "in_review", seed=413 + says_so)
    owner, url = be_owner(app, case), f"/checkup/{case.checkup_id}/messages"
    owner.post(url, data={"text": "房东催我搬。"})
    assert (SAID in owner.get(url).text) == says_so
    page = log_in(app, "lawyer1@hubin.example").get(f"/lawyer/checkups/{case.checkup_id}/messages").text
    assert (SAID in page) == says_so


def test_a_ticket(app, settings, says_so):
    party = Party(app, settings, f"a party {says_so}")
    assert party.send({"reference": "P-1", **FORM}).json["due_may_move"] == says_so
