"""What authors learn from reviews: counted across firms, told only where enough businesses stand behind it."""

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from checkup.cases.models import Checkup
from checkup.packs.catalogue import PACK
from checkup.signoff import tallies
from checkup.signoff.models import RiskQuality
from checkup.signoff.quality import tally_firm
from demo.city import demo_id
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case
from webapp.cli import main
from webapp.tasks.reviewing import count_quality


def test_verdicts_are_counted_once_per_business(settings):
    case = make_case(settings, "signed", seed=3)
    with unit_of_work(Scope(Audience.WORKER, firm_id=case.firm_id)) as session:
        found = tally_firm(session, firm_id=case.firm_id)
        query = select(Checkup.business_id).where(Checkup.signed_at.is_not(None))
        businesses = len(set(session.scalars(query)))
    assert found
    assert max(tally.businesses for tally in found.values()) <= businesses


def test_authors_see_nothing_that_rests_on_fewer_than_ten_businesses(settings):
    count_quality(settings)
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        assert all(row.businesses >= tallies.LEAST_BEHIND for row in session.scalars(select(RiskQuality)))


def test_the_operator_reads_the_counts_but_no_finding(settings):
    with pytest.raises(ProgrammingError), unit_of_work(Scope(Audience.OPERATOR, demo_id("hubin"))) as session:
        session.execute(text("SELECT risk FROM finding"))


def test_the_command_prints_the_counts_and_fills_the_workbook(settings, monkeypatch, tmp_path):
    monkeypatch.setattr(tallies, "LEAST_BEHIND", 1)
    monkeypatch.setenv("FAMAI_DATA_DIR", str(settings.data_dir))
    file = tmp_path / "reviewed.xlsx"
    done = CliRunner().invoke(main, ["pack", "quality", PACK, "--recount", "--xlsx", str(file)])
    assert done.exit_code == 0, done.output
    assert "confirm 100%" in done.output
    rows = list(load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))
    column = rows[0].index("律师复核 reviews")
    assert any("confirm" in str(row[column]) for row in rows[1:])
    count_quality(settings)
