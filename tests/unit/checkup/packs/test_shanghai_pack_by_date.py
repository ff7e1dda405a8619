"""The Shanghai pack on both sides of 1 January 2027, when the Trade Mark Law of 2026 takes force."""

import datetime as dt

import pytest

from checkup.packs.catalogue import get_pack

PACK = get_pack("cn-shanghai-msme")
BEFORE, AFTER = dt.date(2026, 12, 31), dt.date(2027, 1, 2)
OF_MARKS = [risk for risk in PACK.risks if any(basis.law == "trademark-law" for basis in risk.basis)]


def laws(risk, day):
    return {basis.law for basis in risk.on(day).basis}


def test_seven_risks_rest_on_the_trade_mark_law():
    assert len(OF_MARKS) == 7


@pytest.mark.parametrize("risk", OF_MARKS, ids=lambda risk: risk.id)
def test_a_risk_of_marks_cites_the_law_of_its_day(risk):
    assert "trademark-law" in laws(risk, BEFORE)
    assert "trademark-law-2026" not in laws(risk, BEFORE)
    assert "trademark-law-2026" in laws(risk, AFTER)
    assert "trademark-law" not in laws(risk, AFTER)


def test_the_time_to_oppose_a_mark_falls_from_three_months_to_two():
    grabbed = PACK.risk("ipr.grabbed")
    assert (grabbed.on(BEFORE).clock.amount, grabbed.on(AFTER).clock.amount) == (3, 2)
    assert "三个月" in grabbed.on(BEFORE).consequence["zh-Hans"]
    assert "两个月" in grabbed.on(AFTER).consequence["zh-Hans"]


def test_misleading_use_of_a_mark_has_its_own_article_from_2027():
    risk = PACK.risk("ipr.misleading-mark")
    articles = {
        article for basis in risk.on(AFTER).basis if basis.law == "trademark-law-2026" for article in basis.articles
    }
    assert "56" in articles
    assert "trademark-law-2026" not in laws(risk, BEFORE)
