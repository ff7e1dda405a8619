"""Legal aid before anybody is asked: what answers come to by the terms of a district, and data without a fault."""

import datetime as dt
from dataclasses import replace

import pytest

from checkup.aid.loading import find_aid, find_faults
from checkup.aid.values import INCOMES, NO, TRIAL, YES, Told, judge
from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Basis
from tenants.errors import NotFound

AID, SHOWN, DAY, BAOSHAN = find_aid(PACK), get_pack(PACK), dt.date(2026, 11, 30), "310113"
TERMS = AID.terms_on(BAOSHAN, DAY)
MATTERS = {one.id: one for one in AID.matters}


def told(matter, side="claim", income="below", days=None):
    return Told(MATTERS[matter], side, income, DAY + dt.timedelta(days) if days is not None else None)


def verdict(business=TRIAL, **answers):
    return judge(told(**answers), replace(TERMS, business=business), DAY)


@pytest.mark.parametrize(
    ("answers", "result", "reason"),
    [
        ({"matter": "wages"}, "may", "below_line"),
        ({"matter": "benefits", "income": "exempt"}, "may", "exempt"),
        ({"matter": "benefits", "income": "between"}, "look", "near_line"),
        ({"matter": "benefits", "income": "unsaid"}, "look", "income_unsaid"),
        ({"matter": "benefits", "income": "above"}, "out", "above_line"),
        ({"matter": "wages", "income": "above"}, "look", "some_without_line"),
        ({"matter": "crime", "side": "sued", "income": "above"}, "look", "some_without_line"),
        ({"matter": "penalty", "side": "sued"}, "look", "not_plain"),
        ({"matter": "money"}, "look", "business_trial"),
        ({"matter": "rent", "side": "sued", "income": "exempt"}, "look", "business_trial"),
        ({"matter": "staff", "side": "sued", "income": "above"}, "out", "above_line"),
        ({"matter": "injury", "side": "sued"}, "look", "business_trial"),
        ({"matter": "money", "business": NO}, "out", "business_not_yet"),
        ({"matter": "money", "business": YES}, "may", "below_line"),
        ({"matter": "injury", "side": "sued", "income": "above", "business": YES}, "out", "above_line"),
    ],
)
def test_a_matter_is_placed_by_who_asks_what_for_and_the_income(answers, result, reason):
    found = verdict(**answers)
    assert (found.result, found.reason) == (result, reason)


@pytest.mark.parametrize("income", INCOMES)
def test_what_is_no_dispute_is_out_of_scope_whatever_the_income(income):
    assert verdict(matter="paperwork", income=income).reason == "no_dispute"


@pytest.mark.parametrize("side", ["claim", "sued"])
def test_a_business_is_never_promised_aid_while_it_is_on_trial(side):
    of_a_shop = [one for one in AID.matters if getattr(one, side) == "business"]
    assert of_a_shop
    assert {judge(Told(one, side, income, None), TERMS, DAY).result for one in of_a_shop for income in INCOMES} == {
        "look",
        "out",
    }


@pytest.mark.parametrize(("days", "acts"), [(None, False), (8, False), (7, True), (0, True), (-1, True)])
def test_she_acts_first_with_a_week_or_less_to_her_limit(days, acts):
    assert verdict(matter="wages", days=days).acts_first is acts


def test_the_newest_terms_that_name_a_district_go_before_those_for_all():
    tried = replace(TERMS, districts=(BAOSHAN,), business=YES, from_on=dt.date(2026, 6, 1))
    later = replace(TERMS, line=2000, ask=4000, from_on=dt.date(2026, 9, 1))
    aid = replace(AID, terms=(tried, TERMS, later))
    assert aid.terms_on(BAOSHAN, DAY) == tried
    assert aid.terms_on("310101", DAY) == later
    assert aid.terms_on(BAOSHAN, dt.date(2026, 5, 31)) == TERMS
    with pytest.raises(NotFound):
        aid.terms_on(BAOSHAN, dt.date(2025, 12, 31))


def test_a_certificate_takes_the_place_of_a_proof_of_income():
    held, earned = (AID.papers_for(told("wages", income=income)) for income in ("exempt", "below"))
    assert AID.papers["exempt"][0] in held
    assert AID.papers["income"][0] in earned
    assert AID.papers["income"][0] not in held


def test_the_data_is_without_a_fault():
    assert find_faults(AID, SHOWN) == []


def test_what_is_wrong_is_named():
    bad_terms = replace(
        TERMS, districts=("999999",), business="maybe", line=9, ask=9, source={"zh-Hans": "有", "en": ""}
    )
    wages = replace(MATTERS["wages"], claim="all", over="no", basis=(Basis("no-law", ("1",), DAY),), papers=())
    nothing = replace(MATTERS["money"], basis=())
    bad = replace(AID, terms=(bad_terms, bad_terms), matters=(wages, nothing, nothing), papers={"all": ()})
    assert find_faults(bad, SHOWN) == [
        "a text is missing",
        "money: no law",
        "money: there are two",
        "no terms for all districts when the pack begins",
        "papers: none under all",
        "papers: none under exempt",
        "papers: none under income",
        "terms from 2026-01-01: business is yes, trial or no",
        "terms from 2026-01-01: no district 999999",
        "terms from 2026-01-01: the line lies above nothing and below what is asked",
        "two terms for 999999 from 2026-01-01",
        "wages: no papers to bring",
        "wages: no-law without articles, or not in force when the pack begins",
        "wages: over is look or out",
        "wages: reaches person, business, look, none",
        "wages: the pack knows no no-law",
    ]
