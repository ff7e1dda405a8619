import io
import json
import re
import zipfile
from html.parser import HTMLParser

import docx
import pytest

from bureau.reports.edition_rules import Definition, Frozen, rate
from bureau.reports.files import make_files, render_page
from bureau.reports.manifest import make_manifest
from bureau.reports.measures import Measure, make_book
from bureau.reports.word_file import render_word
from bureau.reports.writing import Writer

TOPICS = {"labour": "用工"}
EN = {"labour": "Staff"}


def measure(key, value, unit="count", withheld=False):
    return Measure(key, value, unit, "release 3", withheld)


def sample(**changed):
    values = {"businesses": 1234.0, "urgent": 56.0, "finding_labour": 410.0, "grade_A": 300.0,
              "businesses@310113": 80.0, "urgent@310113": None, "reviews_signed": 900.0,
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


def test_a_withheld_number_is_never_nought(files):
    page = files["report.zh-Hans.html"].decode()
    assert '<span data-figure="urgent@310113">&lt;10</span>' in page


def test_money_is_shown_to_the_fen(files):
    assert "12,345.67" in files["report.zh-Hans.html"].decode()


def test_the_word_file_says_what_the_page_says(files):
    word = docx.Document(io.BytesIO(files["report.zh-Hans.docx"]))
    said = "".join(paragraph.text for paragraph in word.paragraphs)
    assert "1,234家企业同意计入统计" in said
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
