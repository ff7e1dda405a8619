"""Bands: a band's lower end answers every comparison for the whole band, of the official table and of the questions."""

import pytest

from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.conditions import compares
from tenants.bands import BANDED, MOST, bands_of, find_band
from tenants.business_details import describe, with_told
from tenants.sizes import TRADES, size_class

TRADED = [(field, trade) for field in BANDED for trade in TRADES]


@pytest.mark.parametrize(("field", "trade"), TRADED)
def test_bands_leave_no_gap(field, trade):
    bands = bands_of(field, trade)
    assert (bands[0].low, bands[-1].high) == (0, MOST[field])
    assert all(one.high == following.low for one, following in zip(bands, bands[1:], strict=False))


@pytest.mark.parametrize("trade", TRADES)
def test_no_limit_of_the_official_table_lies_within_a_band(trade):
    for limits in (TRADES[trade].small, TRADES[trade].medium, TRADES[trade].large):
        for field, limit in limits.items():
            assert any(band.low == limit for band in bands_of(field, trade)), (field, limit)


def conditions_of(pack):
    yield from (question.ask for question in pack.questions)
    for risk in pack.risks:
        yield from (risk.applies, risk.exists)
    yield from (one.when for one in pack.opportunities)


def test_whatever_the_questions_compare_with_opens_a_band():
    """`ge` and `lt` split at the figure itself, `gt` and `le` just above it."""
    seen = 0
    for condition in conditions_of(get_pack(PACK)):
        for one in compares(condition) if condition is not None else ():
            field = one.ref.removeprefix("profile.")
            if field not in BANDED:
                continue
            seen += 1
            edges = [band.low for band in bands_of(field, "other")]
            splits = one.operand if one.operator in ("ge", "lt") else one.operand + 0.01
            assert splits in edges, one
    assert seen > 50


def test_a_band_is_found_by_its_id_and_nothing_else_is():
    band = bands_of("staff", "catering")[2]
    assert find_band("staff", "catering", band.id) == band
    assert find_band("staff", "catering", "7-9") is None


def test_who_would_rather_not_say_her_money_is_classed_by_her_people():
    assert size_class("catering", 6, None, None) == "micro"
    assert size_class("catering", 25, None, None) == "small"
    assert size_class("construction", 25, None, None) == "micro"


def test_nobody_is_classed_before_it_is_known_how_many_work_there():
    shop = describe(trade="catering")
    assert (shop.size, shop.turns_on_money) == ("", ())
    assert with_told(shop, staff=6).turns_on_money == ()
    assert with_told(shop, staff=12).turns_on_money == ("revenue",)


def test_what_is_not_known_is_no_fact_for_the_questions():
    assert describe(trade="catering").profile() == {"trade": "catering", "section": "H"}
