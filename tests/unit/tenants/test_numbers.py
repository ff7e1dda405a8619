"""Numbers that people read out."""

import datetime as dt
import re

from tenants.numbers import mint
from tests.places import ROOT

NEW_YEAR_MORNING = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)  # half past midnight in the city


def test_a_number_carries_the_citys_year():
    assert mint("SH", at=NEW_YEAR_MORNING).startswith("SH27-")


def test_a_number_has_no_letter_that_is_mistaken_for_another():
    assert re.fullmatch(r"FM27[2-9A-HJKMNP-Z]{10}", mint("FM", at=NEW_YEAR_MORNING, letters=10, dash=""))


def test_nobody_mints_by_hand():
    packages = ("tenants", "checkup", "billing", "bureau", "cloud", "webapp")
    texts = {file: file.read_text(encoding="utf-8") for name in packages for file in (ROOT / name).rglob("*.py")}
    assert [file.name for file, text in texts.items() if "secrets.choice" in text or ":%y}" in text] == ["numbers.py"]
