"""Reports at their edges: nothing found, very much found, long names, rare characters."""

import dataclasses
import datetime as dt
import io
import random
from dataclasses import replace

import pytest
from pypdf import PdfReader

from checkup.packs.catalogue import get_pack
from checkup.report.building import Signed, build_report
from checkup.report.html import render_body, render_verdict
from checkup.report.pdf import render_pdf
from checkup.report.redacting import redact
from checkup.scoring import simulation
from checkup.scoring.model import score
from checkup.scoring.opportunities import find_opportunities
from tests.reports import LETTERHEAD

PACK, TODAY = get_pack("cn-shanghai-msme"), dt.date(2026, 11, 24)
PROFILE = {"form": "individual", "trade": "catering", "staff": 6.0, "size": "micro", "district": "310113"}
LONG_NAME = "上海市宝山区友谊路街道䶮㛃和顺家常手工面馆暨外卖配送服务部（个体工商户）第二分店"


def make_report(care, *, name="王姐面馆", locale="zh-Hans", today=TODAY, answered=(), pack=PACK, express=False):
    rng = random.Random(3)
    answers = simulation.walk(PACK, PROFILE, simulation.Character(care, 0.0), rng, today=TODAY, express=express)
    answers |= dict(answered)
    return build_report(
        pack=pack,
        score=score(PACK, PROFILE, answers, today=TODAY, express=express),
        profile=PROFILE,
        answers=answers,
        is_express=express,
        locale=locale,
        business_name=name,
        letterhead=LETTERHEAD,
        rights=find_opportunities(PACK, PROFILE, answers),
        decided={},
        advice="",
        submitted_on=TODAY,
        signed=Signed("陈䶮㛃", None, 1, TODAY, "FM26ABCDEFGHJK"),
        public_url="https://famai.example",
        today=today,
    )


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_spotless_business_is_told_that_nothing_was_found():
    report = make_report(1.0)
    assert report.findings == ()
    assert "没有发现要处理的" in render_body(report)


@pytest.mark.parametrize(
    ("letter", "title"),
    [
        ("labour", "劳动仲裁"),
        ("court", "法院"),
        ("fine-notice", "罚"),
        ("fine", "罚"),
        ("taken", "扣"),
        ("frozen", "冻"),
        ("police", "冻"),
    ],
)
def test_a_letter_that_came_makes_an_express_report_red_and_is_said_first(letter, title):
    report = make_report(1.0, express=True, answered={"dis.letter": letter}.items())
    page = render_verdict(report)
    assert (report.light, "先问清这1件，不能等" in page, title in report.pressing[0].title) == ("red", True, True)
    assert "没有发现要处理的" not in render_body(report)
    assert redact(report, "bank").tally[0] == ("red", 1, 0)


def test_a_page_that_is_read_later_says_which_of_our_days_are_over():
    report = make_report(0.3)
    later = TODAY + dt.timedelta(days=8)
    for page in (render_body, render_verdict):
        assert "建议的日子过了" not in page(report, TODAY)
        assert "建议的日子过了" in page(report, later)


def test_what_is_to_be_done_first_is_not_said_to_wait_among_the_small_things():
    report = make_report(0.3)
    small = [entry for entry in report.findings if entry.is_minor]
    first = replace(report, findings=tuple(replace(entry, place=at) for at, entry in enumerate(small, 1)))
    later = replace(report, findings=tuple(replace(entry, place=at) for at, entry in enumerate(small, 4)))
    assert ["有空就改" in render_body(one) for one in (first, later)] == [False, True]
    assert "第1–3件先办，别的不急" in render_body(first)


def test_a_day_of_the_law_that_has_gone_by_since_asks_for_a_lawyer():
    report = make_report(0.3)
    due = min(entry.due for entry in report.findings if entry.due and not entry.is_past)
    then, since = (render_body(report, due + dt.timedelta(days=days)) for days in (0, 1))
    assert since.count("先问律师还能怎么办") > then.count("先问律师还能怎么办")


def test_a_report_of_many_findings_shows_every_one_in_the_pdf():
    report = make_report(0.3)
    assert len(report.findings) >= 40
    text = text_of(render_pdf(report)).replace("\n", "")
    missing = [entry.title for entry in report.findings if entry.title not in text]
    assert missing == []


def test_a_long_name_with_rare_characters_is_whole_in_the_pdf():
    assert LONG_NAME in text_of(render_pdf(make_report(1.0, name=LONG_NAME))).replace("\n", "")


def test_every_font_of_the_pdf_is_embedded():
    for page in PdfReader(io.BytesIO(render_pdf(make_report(1.0, name=LONG_NAME)))).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_report_gives_the_same_bytes():
    assert render_pdf(make_report(0.6)) == render_pdf(make_report(0.6))


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant", "en"])
def test_the_report_speaks_every_language(locale):
    words = {"zh-Hans": "先做什么", "zh-Hant": "先做什麼", "en": "What to do first"}
    assert words[locale] in render_body(make_report(0.3, locale=locale))


CLASH = {"ipr.name": "like"}


def test_reports_of_the_last_and_the_first_days_cite_the_trademark_law_of_their_day():
    old, new = (
        render_body(make_report(0.0, answered=CLASH, today=day)) for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 2))
    )
    assert "2019年11月1日起施行的文本" in old
    assert "2027年1月1日起施行的文本" in new
    assert "2027年1月1日起施行的文本" not in old


def test_a_law_that_has_lost_force_and_has_no_successor_in_the_pack_is_marked_until_somebody_has_looked():
    law = PACK.risk("saf.blocked-exits").basis[0].law
    ended = dataclasses.replace(PACK.laws[law], until=TODAY - dt.timedelta(days=1))
    pack = dataclasses.replace(PACK, hash=PACK.hash + "ended", laws={**PACK.laws, law: ended})
    assert "条文待核" not in render_body(make_report(0.0, answered={"saf.exits": "never"}))
    assert "条文待核" in render_body(make_report(0.0, answered={"saf.exits": "never"}, pack=pack))
