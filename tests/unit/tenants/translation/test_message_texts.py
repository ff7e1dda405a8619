"""Messages to people: each template speaks the three languages, and says the same values in each."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from checkup.desk.digest_text import Digest, OwnCase
from tenants.languages import LOCALES, traditional
from tenants.translation.message_texts import render_message

ROOT = Path(__file__).parents[4]
TEMPLATES = sorted(file.stem for file in (ROOT / "templates" / "message").glob("*.txt"))
CHINESE = re.compile("[\\u3400-\\u9fff]")
DAY = dt.date(2026, 3, 9)
VALUES = {
    "number": "SH26-000042",
    "asked_name": "Chen", "allowed_name": "Li", "why": "a question", "lawyer_name": "Chen",
    "firm": SimpleNamespace(name="Hubin", name_en="Hubin Law Firm", state="active", review_on=DAY),
    "edition": SimpleNamespace(number=2, lawyer_name="Chen", partner_name="Li", verify_number="V-1"),
    "entry": SimpleNamespace(minutes=23, lawyer_name="Chen"),
    "bureau": SimpleNamespace(name="Shanghai", name_en="Baoshan Justice Bureau"), "name": "Wang", "last": DAY,
    "changed_on": DAY, "first": DAY, "monday": DAY, "until_day": DAY,
    "until": dt.datetime(2026, 3, 9, 2, 30, tzinfo=dt.UTC),
    "count": 3, "days": 30, "most": 2, "code": "123456", "link": "https://famai.example/x",
    "digest": Digest([OwnCase("SH26-A", DAY, left) for left in (-1, 0, 2, None)], ["SH26-B"] * 4, 2),
    "subject": "Words", "body": "More words",
    "became": "refused", "partner": SimpleNamespace(name="Park", name_en="Park of the river"),
    "minutes": 60, "about": "report_signed", "what": "password", "at": "09:30", "place": "Youyi Road 1",
    "gathering": SimpleNamespace(name="Leases", name_en="How to read a lease"),
}  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
def test_english_has_no_chinese_left(template):
    assert not CHINESE.search("".join(render_message(template, "en", VALUES)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_traditional_has_no_simplified_left(template):
    told = render_message(template, "zh-Hant", VALUES)
    assert told == tuple(map(traditional, render_message(template, "zh-Hans", VALUES)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_message_has_one_line_of_subject_and_no_hole(template):
    for locale in LOCALES:
        subject, body = render_message(template, locale, VALUES)
        assert subject
        assert "\n\n" not in body
        assert "{" not in subject + body


def test_every_template_is_sent_by_somebody():
    services = [
        f for room in ("tenants", "checkup", "billing", "bureau", "webapp") for f in (ROOT / room).rglob("*.py")
    ]
    code = "".join(file.read_text(encoding="utf-8") for file in services)
    made = ("case_", "waiver_", "owner_firm_")  # followed by what happened
    assert [one for one in TEMPLATES if f'"{one}"' not in code and not one.startswith(made)] == []


def test_a_value_adds_no_line_to_the_subject():
    told = render_message("on_trial", "zh-Hans", {"subject": "一\n二", "body": "三"})
    assert told == ("[试运行] 一", "二\n三")


def test_a_firm_goes_by_its_english_name_where_it_has_one():
    assert render_message("lawyer_wrote", "en", VALUES).body.startswith("Hubin Law Firm left you a message")


def test_a_moment_is_the_citys():
    assert "2026年3月9日 10:30" in render_message("case_green", "zh-Hans", VALUES).body
