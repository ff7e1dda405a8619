"""What is counted on a page: Chinese has one form, English two."""

import pytest
from flask import Flask

from webapp.edge import i18n


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
    label = i18n.lazy_gettext("{n}条发现", n=1)
    assert str(label) == "1条发现"
    with words.test_request_context(headers={"Cookie": "lang=zh-Hant"}):
        assert str(label) == "1條發現"
