"""The signed report on paper: a firm's face, one page that says it all, at most eight pages, the law by links."""

import dataclasses
import io
import re
from functools import cache

import pytest
from pypdf import PdfReader

from checkup.report.pdf import render_pdf
from tests.reports import LETTERHEAD, NOODLES, golden_report

LOCALES = ("zh-Hans", "zh-Hant", "en")
MOST_PAGES = 8
DROWNING = "noodle-drowning"


@cache
def paper(name=DROWNING, locale="zh-Hans"):
    return PdfReader(io.BytesIO(render_pdf(golden_report(name, locale))))


def text_of(page):
    """As it is read: where a line breaks is no matter."""
    return re.sub(r"\s", "", page.extract_text())


@pytest.mark.parametrize("name", NOODLES)
def test_the_report_of_a_noodle_shop_has_at_most_eight_pages(name):
    assert len(paper(name).pages) <= MOST_PAGES


def test_in_english_the_longest_of_them_has_no_more():
    assert len(paper(locale="en").pages) <= MOST_PAGES


def test_what_stays_open_is_told_by_area_and_does_not_fill_pages():
    many = tuple((f"方面{area}", tuple(f"第{area}之{n}件还没弄清的事" for n in range(52))) for area in range(16))
    report = dataclasses.replace(golden_report(DROWNING), findings=(), to_clarify=many)
    pages = PdfReader(io.BytesIO(render_pdf(report))).pages
    read = "".join(map(text_of, pages))
    assert len(pages) <= 4
    assert [area for area in range(16) if f"方面{area}（52）第{area}之0件" not in read] == []
    assert "第7之3件" not in read


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_page_holds_the_three_things_the_days_whom_to_call_and_who_signed(locale):
    report, first = golden_report(DROWNING, locale), text_of(paper(locale=locale).pages[0])
    wanted = [entry.title for entry in report.findings[:3]] + [entry.remedy for entry in report.findings[:3]]
    wanted += [LETTERHEAD.phone, "12348", "陈晓", "周敏", LETTERHEAD.licence_number, LETTERHEAD.address]
    assert [words for words in wanted if re.sub(r"\s", "", words) not in first] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_page_ends_with_the_summary(locale):
    assert golden_report(DROWNING, locale).findings[3].remedy[:12] not in paper(locale=locale).pages[0].extract_text()
    assert LETTERHEAD.phone not in text_of(paper(locale=locale).pages[1])


def test_every_day_of_the_report_stands_on_its_first_page():
    first = text_of(paper().pages[0])
    days = golden_report(DROWNING).days
    assert len(days) == 4
    assert all(f"{day.on.year}年{day.on.month}月{day.on.day}日" in first for day in days)


def test_no_number_stands_beside_a_grade():
    report, numbers = "".join(text_of(page) for page in paper().pages).split("分数和范围")
    assert "等级E" in report
    assert "/100" not in report
    assert "得分26/100" in numbers


def test_the_numbers_of_machines_are_the_last_line():
    last = text_of(paper().pages[-1])
    assert re.search(r"技术信息：体检包\S+$", last.removesuffix(f"{len(paper().pages)}/{len(paper().pages)}"))


def links(reader):
    """(page, target) of every link: where it leads inside, or its address."""
    for number, page in enumerate(reader.pages):
        for annotation in page.get("/Annots", ()):
            made = annotation.get_object()
            yield number, made["/A"]["/URI"] if "/A" in made else made["/Dest"]


def test_each_finding_leads_to_its_law_and_back():
    reader, report = paper(), golden_report(DROWNING)
    targets = {target for _, target in links(reader)}
    named = set(reader.named_destinations)
    for entry in report.findings:
        assert {f"law-{entry.place}", f"item-{entry.place}"} <= targets & named


def test_phones_and_the_verification_page_can_be_tapped():
    targets = {target for _, target in links(paper())}
    assert {f"tel:{LETTERHEAD.phone}", "tel:12348", golden_report(DROWNING).verify_url} <= targets


def test_every_law_that_is_cited_stands_in_the_annex():
    whole = "".join(text_of(page) for page in paper().pages)
    laws = {law for entry in golden_report(DROWNING).findings for law in entry.laws}
    assert [law for law in laws if re.sub(r"\s", "", law) not in whole] == []


def fonts_of(page):
    return {font["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_seal_is_set_in_the_signs_of_the_mainland(locale):
    """沪 and 滨 have other forms in Japan, and a text without a face of its own gets those."""
    fonts = fonts_of(paper(locale=locale).pages[0])
    assert "Noto-Serif-CJK-SC-Bold" in fonts
    assert not [font for font in fonts if "-JP" in font]


def test_the_citys_reception_is_one_number_to_call_and_has_no_licence():
    face = dataclasses.replace(LETTERHEAD, name="宝山区公共法律服务中心", licence_number="", phone="12348")
    reader = PdfReader(
        io.BytesIO(render_pdf(dataclasses.replace(golden_report(DROWNING), letterhead=face, stage="automatic")))
    )
    first = text_of(reader.pages[0])
    assert ("执业许可证" in first, first.count("12348")) == (False, 2)  # in its head, and whom to call
