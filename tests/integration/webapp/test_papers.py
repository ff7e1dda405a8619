"""Certificates, records and letters can be read out as the report can."""

import datetime as dt
from types import SimpleNamespace

import pytest

from billing.waivers.certificate_page import render_certificate as render_waiver
from billing.waivers.certificates import CertificateFacts
from bureau.recognition.pdf import render_certificate as render_hours
from bureau.recognition.pdf import render_record
from checkup.letters.rendering import render_letter_pdf
from checkup.letters.wording import LetterFacts, draft_letter
from tests.papers import faults_of_accessibility

DAY = dt.date(2026, 11, 24)


def waiver():
    facts = CertificateFacts(
        holder="王姐面馆", issued_by="宝山区司法局", issued_by_en="Baoshan Justice Bureau", relief="waive",
        fee_kinds=["mediation"], basis_points=0, months=0, instalments=0, cap_minor=0, currency="CNY",
        valid_from="2026-11-24", valid_until="2027-11-23",
    )  # fmt: skip
    return render_waiver(facts, number="RC26ABCDEFGHJK", issued_on="2026-11-24", verify_url="https://famai.example/x")


def hours():
    row = SimpleNamespace(
        number="HC26ABCDEFGHJK", bureau_name="宝山区司法局", lawyer_name="陈晓", firm_name="上海沪滨律师事务所",
        year=2026, minutes=3020, entries=40, points=120, issued_on=DAY, content_hash="0" * 64,
    )  # fmt: skip
    return render_hours(row, public_url="https://famai.example")


def record():
    entry = {
        "day": "2026-11-24", "firm": "上海沪滨律师事务所", "category": "review", "times": "9:00–10:00",
        "credited_minutes": 60, "state": "verified",
    }  # fmt: skip
    certificate = {"year": 2026, "minutes": 3020, "number": "HC26ABCDEFGHJK", "issued_on": "2026-11-24"}
    told = {"lawyer": "陈晓", "exported_at": "2026-11-24", "certificates": [certificate], "entries": [entry]}
    return render_record(told, {})


def letter():
    drafted = draft_letter(LetterFacts("上海沪滨律师事务所", "3131", "021-12348", "王姐面馆", "SH26"), "zh-Hans")
    row = SimpleNamespace(accepted_at=DAY, accepted_how="phone", text_hash="0" * 64)
    return render_letter_pdf(SimpleNamespace(letter=drafted, row=row))


@pytest.mark.parametrize("paper", [waiver, hours, record, letter])
def test_a_paper_breaks_no_rule_of_accessible_papers(paper):
    assert faults_of_accessibility(paper()) == []
