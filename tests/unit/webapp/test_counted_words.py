"""Words of a page for its reader: what is counted, and days as they are written there."""

import datetime as dt

import pytest
from flask import Flask, render_template_string

from webapp.edge import i18n
from webapp.wording import record_words


@pytest.fixture
def words():
    app = Flask(__name__)
    i18n.init_app(app)
    return app


@pytest.mark.parametrize(
    ("locale", "one", "many"),
    [("zh-Hans", "1条发现", "5条发现"), ("zh-Hant", "1條發現", "5條發現"), ("en", "1 finding", "5 findings")],
)
def test_one_and_many(words, locale, one, many):
    with words.test_request_context(headers={"Cookie": f"lang={locale}"}):
        assert [i18n.translate_counted("{n}条发现", n) for n in (1, 5)] == [one, many]


@pytest.mark.parametrize(("asked", "shown"), [("en-GB", "Notary"), ("zh-TW", "公證處"), ("zh-HK", "公證處")])
def test_the_browsers_language_is_taken_where_nobody_chose(words, asked, shown):
    with words.test_request_context(headers={"Accept-Language": asked}):
        assert i18n.pick({"zh-Hans": "公证处", "en": "Notary"}) == shown


def test_a_form_written_early_is_read_late(words):
    label = i18n.lazy_ngettext("{n}条发现", 1)
    assert str(label) == "1条发现"
    with words.test_request_context(headers={"Cookie": "lang=zh-Hant"}):
        assert str(label) == "1條發現"


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh-Hans", "2026年11月30日 2026/11/30 2027年1月1日 00:30"),
        ("en", "30 November 2026 30 Nov 2026 1 January 2027 00:30"),
    ],
)
def test_a_page_prints_days_and_moments_as_its_reader_writes_them(words, locale, said):
    day, at = dt.date(2026, 11, 30), dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)
    with words.test_request_context(headers={"Cookie": f"lang={locale}"}):
        assert render_template_string("{{ day }} {{ day | short }} {{ at }}", day=day, at=at) == said


def test_a_sentence_says_its_day_as_its_reader_writes_it(words):
    with words.test_request_context(headers={"Cookie": "lang=en"}):
        assert i18n.translate("到{day}为止。", day=dt.date(2026, 11, 30)) == "until 30 November 2026."


def test_a_day_that_was_kept_as_iso_is_written_so_in_an_owner_s_record(words):
    with words.test_request_context(headers={"Cookie": "lang=en"}):
        assert record_words.own_value("2026-11-30", "due_on") == "30 November 2026"
