"""No word of prison without a person beside it: where a report has one, a number to call stands in the same part."""

import dataclasses
import datetime as dt

import pytest

from checkup.packs.catalogue import PACK, get_pack
from checkup.report.frightening import is_frightening
from checkup.report.html import render_body, render_document, render_verdict
from checkup.report.values import Right
from tenants.languages import choose
from tests.reports import golden_report
from tests.telling_of_prison import left_alone

SHIPPED = get_pack(PACK)
TODAY = dt.date(2026, 11, 24)
LOCALES = ("zh-Hans", "zh-Hant", "en")


def texts_of(risk, locale):
    return {name: choose(getattr(risk, name), locale) for name in ("title", "remedy", "consequence")}


def report(locale, **changed):
    """A report of everything in the pack that speaks of prison, each as one thing that was found."""
    base = golden_report("noodle-drowning", locale)
    grave = [risk for risk in SHIPPED.risks if any(map(is_frightening, texts_of(risk, locale).values()))]
    found = tuple(
        dataclasses.replace(base.findings[0], place=place, risk=risk.id, **texts_of(risk, locale), **changed)
        for place, risk in enumerate(grave, 1)
    )
    assert len(found) > 30
    rights = tuple(
        Right(choose(one.title, locale), choose(one.text, locale), choose(one.step, locale), ())
        for one in SHIPPED.opportunities
    )
    return dataclasses.replace(base, findings=found, rights=rights, advice=found[0].consequence)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("changed", [{}, {"colour": "yellow", "urgent": False, "due": None}], ids=["grave", "minor"])
def test_where_a_page_or_a_paper_speaks_of_prison_a_number_to_call_is_beside_it(locale, changed):
    told = report(locale, **changed)
    for page in (render_verdict(told), render_body(told), render_document(told)):
        assert [*left_alone(f"<body>{page}</body>")] == []


def test_a_word_of_prison_with_nobody_beside_it_is_found():
    assert [*left_alone("<body><section><p>可能坐牢。</p></section></body>")] == ["可能坐牢。"]


@pytest.mark.parametrize(
    "text", ["重的坐牢。", "可能算犯罪", "人还可能拘留5到15天", "被關幾天，可能坐牢", "You may go to prison."]
)
def test_prison_is_known_in_every_language(text):
    assert is_frightening(text)


@pytest.mark.parametrize("text", ["可能罚5万元以内。", "You may be fined.", "Criminal Law, art. 134-1"])
def test_a_fine_is_not_prison(text):
    assert not is_frightening(text)
