"""(c) The PDF of a report of about ten pages, against WeasyPrint's own time for the same pages as static HTML."""

import dataclasses
import datetime as dt
import random
import time
from collections.abc import Callable, Iterator

from weasyprint import CSS, HTML

from bench.city import runs
from bench.results import Result
from checkup.packs.catalogue import PACK, get_pack
from checkup.report.building import build_report
from checkup.report.html import STYLESHEET, render_document
from checkup.report.pdf import render_pdf
from checkup.report.values import Letterhead, Report
from checkup.scoring import simulation
from checkup.scoring.model import score

NAME = "report_pdf"
_FINDINGS = 45
_TODAY = dt.date(2026, 11, 24)


def measure(*, quick: bool) -> Iterator[Result]:
    """Seconds of the whole door, report to bytes; in turn with the baseline."""
    report = _report(3 if quick else _FINDINGS)
    html = render_document(report)
    for _ in runs(quick=quick):
        yield Result(NAME, _seconds(lambda: render_pdf(report)), "s", 1.2, _seconds(lambda: _render_static(html)))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _render_static(html: str) -> None:
    HTML(string=html).write_pdf(stylesheets=[CSS(filename=str(STYLESHEET))], pdf_variant="pdf/ua-1")


def _report(findings: int) -> Report:
    pack, rng = get_pack(PACK), random.Random(3)
    details = simulation.make_details(rng)
    character = simulation.Character(care=0.0, unsure=0.0)
    profile = details.profile()
    answers = simulation.walk(pack, profile, character, rng, today=_TODAY, express=False)
    made = build_report(
        pack=pack,
        score=score(pack, profile, answers, today=_TODAY),
        profile=profile,
        answers=answers,
        is_express=False,
        locale="zh-Hans",
        business_name=details.name,
        letterhead=Letterhead("沪滨律师事务所", "Hubin Law Firm", "31310000MD0000000X", "友谊路1号", "021-12348", ""),
        rights=(),
        decided={},
        advice="",
        submitted_on=_TODAY,
        signed=None,
        public_url="https://famai.example",
        today=_TODAY,
    )
    return dataclasses.replace(made, findings=made.findings[:findings])
