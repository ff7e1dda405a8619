"""A risk is told in the words of her answers and of the day of her report, and as the lawyer rates it."""

import datetime as dt

import pytest

from checkup.cases.checkups import get_checkup_row, list_findings, open_checkup
from checkup.cases.told_risks import told_risk, told_risks
from checkup.packs.catalogue import PACK, get_pack
from tenants.clock import CITY
from tenants.database import unit_of_work
from tests.factories import make_case, owner_scope

SHIPPED = get_pack(PACK)


@pytest.fixture
def seen(settings):
    """The rows of a signed case: its checkup and its findings, free of the database."""
    case = make_case(settings, "signed", seed=68)
    with unit_of_work(owner_scope(case)) as session:
        opened = open_checkup(session, checkup_id=case.checkup_id, keys=settings.keyring())
        told = told_risks(session, checkup_id=case.checkup_id, pack=opened.pack)
        findings = list_findings(session, checkup_id=case.checkup_id)
        row = get_checkup_row(session, case.checkup_id)
        session.expunge_all()
    return row, findings, told


def with_levels():
    """A risk that has other words for few cases than for many."""
    return next(risk for risk in SHIPPED.risks if len(risk.levels) >= 1 and not any(c.words for c in risk.cases))


def test_every_finding_of_a_case_is_told(seen):
    _, findings, told = seen
    assert set(told) == {finding.risk for finding in findings}


def test_an_answer_of_a_few_is_not_told_as_of_all(seen):
    row, (finding, *_), _ = seen
    risk = with_levels()
    finding.risk, finding.lawyer_action, finding.case_place = risk.id, None, None
    finding.likelihood = risk.levels[0].below - 0.01
    assert told_risk(SHIPPED, row, finding).title == (risk.levels[0].words.title or risk.title)
    assert told_risk(SHIPPED, row, finding) != risk


def test_where_the_lawyer_rates_it_otherwise_her_rating_chooses_the_words(seen):
    row, (finding, *_), _ = seen
    risk = with_levels()
    finding.risk, finding.likelihood, finding.case_place = risk.id, risk.levels[0].below - 0.01, None
    finding.lawyer_action, finding.lawyer_likelihood = "change", 1.0
    assert told_risk(SHIPPED, row, finding).title == risk.worded(1.0).title
    assert risk.worded(1.0) != risk.worded(finding.likelihood)


def test_the_text_is_that_of_the_law_on_the_day_of_the_report(seen):
    row, (finding, *_), _ = seen
    before, after = (dt.datetime(*day, 12, tzinfo=CITY) for day in ((2026, 12, 31), (2027, 1, 2)))
    changing = next(risk for risk in SHIPPED.risks if risk.on(before.date()).basis != risk.on(after.date()).basis)
    finding.risk, finding.lawyer_action = changing.id, None
    told = []
    for row.signed_at in (before, after):
        told.append(told_risk(SHIPPED, row, finding).basis)
    assert told == [changing.on(before.date()).basis, changing.on(after.date()).basis]
