import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest

from bureau.reports.edition_rules import Definition, Frozen, rate
from bureau.reports.files import make_files, render_page
from bureau.reports.manifest import make_manifest
from bureau.reports.measures import Measure, make_book
from bureau.reports.word_file import render_word
from bureau.reports.writing import Writer
from tests.papers import faults_of_accessibility

TOPICS = {"labour": "用工"}
EN = {"labour": "Staff"}


def measure(key, value, unit="count", withheld=False):
    return Measure(key, value, unit, "release 3", withheld)


def sample(**changed):
    values = {"businesses": 1234.0, "urgent": 56.0, "finding_labour": 410.0, "grade_A": 300.0,
              "businesses@310113": 80.0, "urgent@310113": None, "reviews_signed": 900.0,
              "reviews_due": 900.0,
              "reviews_on_time": 850.0, "review_days_median": 2.5, "relief_waived": 12.0, "waived_fen": 1234567.0,
              "deferred_fen": 50.0, **changed}  # fmt: skip
    book = make_book(measure(key, value, withheld=value is None, unit="fen" if key.endswith("_fen") else "count")
                     for key, value in values.items())  # fmt: skip
    names = {"zh-Hans": "按时率", "en": "On time"}
    on_time = Definition("on_time", 1, names, "reviews_on_time / reviews_signed * 100", "percent", 10, "", 95.0)
    place = {"zh-Hans": "上海市", "en": "Shanghai"}
    return Frozen("2026", place, book, rate([on_time], book), {"3": "ab" * 32}, 10)


@pytest.fixture(scope="module")
def files():
    return make_files(sample(), sample(reviews_on_time=700.0), {"zh-Hans": TOPICS, "en": EN})


class Reader(HTMLParser):
    """The text inside `data-figure` elements by key, and every text with a digit that stands outside of one."""

    def __init__(self):
        super().__init__()
        self.figures, self.stray, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        is_title = tag in ("title", "h1") or held.get("class") == "subtitle"
        if tag not in ("meta", "rect", "br"):
            self.open.append((tag, "title" if is_title else held.get("data-figure")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        key = next((key for _, key in reversed(self.open) if key), None)
        if key is None and re.search(r"[0-9]", data.replace("SHA-256", "")):
            self.stray.append(data)
        elif key not in (None, "title"):
            self.figures.append((key, data))


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_figure_traces_to_the_manifest(files, locale):
    reader = Reader()
    reader.feed(files[f"report.{locale}.html"].decode())
    manifest = json.loads(files["manifest.json"])
    assert len(reader.figures) > 50
    assert {key for key, _ in reader.figures} <= manifest.keys()
    assert reader.stray == []


def test_no_number_is_written_by_hand():
    for locale in ("zh-Hans", "en"):
        document = Writer(sample(), None, locale, TOPICS).document()
        texts = [part for section in document.sections for block in section.blocks if hasattr(block, "parts")
                 for part in block.parts if isinstance(part, str)]  # fmt: skip
        assert [text for text in texts if re.search("[0-9]", text) and "SHA-256" not in text] == []


def test_rebuilding_gives_the_same_bytes(files):
    assert make_files(sample(), sample(reviews_on_time=700.0), {"zh-Hans": TOPICS, "en": EN}) == files


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_the_paper_can_be_read_out(files, locale):
    assert faults_of_accessibility(files[f"report.{locale}.pdf"]) == []


def test_a_withheld_number_is_never_nought(files):
    page = files["report.zh-Hans.html"].decode()
    assert '<span data-figure="urgent@310113">不公开</span>' in page


def said(locale="zh-Hans", *, period="2026", **changed):
    """The first section of a report of these numbers, as one text."""
    edition = sample(**changed.pop("values", {}))
    document = Writer(replace(edition, period=period, **changed), None, locale, TOPICS).document()
    blocks = document.sections[0].blocks
    return "\n".join("".join(getattr(part, "text", part) for part in block.parts) for block in blocks)


def test_a_mark_never_says_less_than_ten_of_what_a_release_withholds():
    page = render_page(Writer(sample(businesses=None, urgent=None), None, "zh-Hans", TOPICS).document())
    assert "少于" not in page.split("方法")[0]
    assert "各季度相加：不公开；" in said(values={"businesses": None})


def test_a_year_says_how_often_and_how_many_businesses():
    assert "各季度相加：1,234家次" in said()
    assert "全年不重复的企业数，要等全年的统计发布以后才有" in said()
    assert "全年不重复的企业：1,100家" in said(values={"businesses_distinct": 1100.0})


def test_a_quarter_counts_each_business_once():
    assert "同意计入统计的企业：1,234家" in said(period="2026-Q3")
    assert "家次" not in said(period="2026-Q3")


def test_every_report_says_which_days_and_which_quarters_it_counts():
    first = said(covers=("2026-Q2", "2026-Q3"), as_of="2026-11-28")
    assert "2026-01-01至2026-11-28" in first
    assert "只含已经公布的2个季度（2026-Q2、2026-Q3）" in first


def test_a_period_that_runs_is_marked_provisional_and_not_compared():
    edition = replace(sample(), is_provisional=True, as_of="2026-11-28")
    document = Writer(edition, sample(reviews_on_time=700.0), "zh-Hans", TOPICS).document()
    assert "暂时的：截至2026-11-28" in document.subtitle
    assert any("时期没结束，不比较" in row for row in document.sections[1].blocks[0].rows)


def test_the_day_of_counting_alone_makes_no_other_edition():
    later = replace(sample(), as_of="2026-11-29")
    assert later.says_the_same(sample())
    assert not sample(urgent=57.0).says_the_same(sample())


def test_grades_stand_in_their_order():
    values = {"grade_A": 30.0, "grade_B": 5.0, "grade_C": 200.0}
    document = Writer(sample(**values), None, "en", EN).document()
    assert [bar.name for bar in document.sections[2].blocks[1].bars] == ["A", "B", "C"]


def test_money_is_shown_to_the_fen(files):
    assert "12,345.67" in files["report.zh-Hans.html"].decode()


def test_the_word_file_says_what_the_page_says(files):
    word = docx.Document(io.BytesIO(files["report.zh-Hans.docx"]))
    said = "".join(paragraph.text for paragraph in word.paragraphs)
    assert "同意计入统计的企业，各季度相加：1,234家次" in said
    assert any("12,345.67" in paragraph.text for paragraph in word.paragraphs)


def test_the_word_file_carries_no_clock():
    document = Writer(sample(), None, "en", EN).document()
    archive = zipfile.ZipFile(io.BytesIO(render_word(document)))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_edition_without_some_numbers_leaves_their_sentences_out():
    page = render_page(Writer(sample(), None, "zh-Hans", TOPICS).document())
    assert "公益工时共" not in page


def test_the_manifest_names_the_formula_of_an_indicator():
    assert make_manifest(sample())["indicator:on_time"]["source"] == "reviews_on_time / reviews_signed * 100"


def test_an_indicator_of_a_withheld_number_is_withheld_and_one_of_nothing_yet_is_not():
    held = sample(businesses=None, lawyers=0.0)
    names = {"zh-Hans": "占比", "en": "Share"}
    shares = [
        Definition(key, 1, names, f"urgent / {below}", "percent", 10, "", 1.0)
        for key, below in (("kept", "businesses"), ("nothing", "lawyers"))
    ]
    document = Writer(replace(held, rated=rate(shares, held.book)), held, "zh-Hans", TOPICS).document()
    shown = {row[1].key: row[1].text for row in document.sections[1].blocks[0].rows}
    assert shown == {"indicator:kept": "不公开", "indicator:nothing": "暂无"}
