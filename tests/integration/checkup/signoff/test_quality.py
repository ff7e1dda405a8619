"""What authors learn from reviews: counted across firms, told as a release tells."""

import uuid
from collections import Counter

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from checkup.cases.models import Checkup
from checkup.packs.catalogue import PACK, get_pack
from checkup.signoff.models import RiskQuality
from checkup.signoff.quality import Tally, list_quality, tally_firm, verdict_of
from cloud.releases.verdicts import tell_verdicts
from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.factories import make_case
from webapp.cli import main
from webapp.commands import quality


def test_verdicts_are_counted_once_per_business(settings):
    case = make_case(settings, "signed", seed=3)
    with unit_of_work(Scope(Audience.WORKER, firm_id=case.firm_id)) as session:
        found = tally_firm(session, firm_id=case.firm_id)
        query = select(Checkup.business_id).where(Checkup.signed_at.is_not(None))
        businesses = len(set(session.scalars(query)))
    assert found
    assert max(max(tally.verdicts.values()) for tally in found.values()) <= businesses


@pytest.mark.parametrize(
    ("action", "change", "verdict"),
    [("confirm", 0.0, "confirmed"), ("change", 0.2, "raised"), ("change", -0.2, "lowered"),
     ("change", 0.0, "confirmed"), ("dismiss", -0.8, "dismissed")],
)  # fmt: skip
def test_a_verdict_is_whether_the_likelihood_stood(action, change, verdict):
    assert verdict_of(action, change) == verdict


def tallies(*firms):
    """Firm → of so many reviewed businesses: confirmed, and lowered, the risk r1."""
    return {
        f"firm {number}": Tally({uuid.uuid4() for _ in range(many)}, Counter({("r1", "confirmed"): confirmed,
                                                                             ("r1", "lowered"): lowered}))
        for number, (many, confirmed, lowered) in enumerate(firms)
    }  # fmt: skip


def tell(version, *firms):
    """(confirmed, lowered) of r1 as an author reads it after such a night."""
    with unit_of_work(Scope(Audience.WORKER)) as session:
        tell_verdicts(session, pack_id="p", version=version, firms=tallies(*firms), now=now())
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        found = list_quality(session, pack_id="p", version=version)
        return [(row.confirmed, row.lowered) for row in found]


def test_authors_see_numbers_of_ten_and_more_and_nothing_of_few_reviews(settings):
    assert tell("few", (6, 5, 0), (6, 5, 0), (7, 5, 0)) == []
    assert tell("many", (20, 8, 4), (20, 8, 4), (20, 8, 1)) == [(24, 0)]


def test_a_verdict_stays_as_it_was_told_until_ten_more_of_a_crowd_of_twenty(settings):
    assert tell("stays", (20, 8, 0), (20, 8, 0), (20, 8, 0)) == [(24, 0)]
    assert tell("stays", (20, 8, 0), (20, 8, 0), (39, 18, 0)) == [(24, 0)], "nineteen came"
    assert tell("stays", (30, 14, 0), (30, 14, 0), (30, 14, 0)) == [(42, 0)]


def test_a_firm_that_knows_its_own_verdicts_is_not_left_with_a_few_of_the_others(settings):
    assert tell("own", (40, 20, 0), (40, 3, 0)) == []


def test_the_operator_reads_the_counts_but_no_finding(settings):
    with pytest.raises(ProgrammingError), unit_of_work(Scope(Audience.OPERATOR, demo_id("hubin"))) as session:
        session.execute(text("SELECT risk FROM finding"))


def test_the_command_counts_prints_and_fills_the_workbook(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("FAMAI_DATA_DIR", str(settings.data_dir))
    monkeypatch.setattr(quality, "configure", lambda _: None)  # this module's city stays the one
    risk = get_pack(PACK).risks[0].id
    with unit_of_work(Scope(Audience.WORKER)) as session:
        row = RiskQuality(pack_id=PACK, pack_version=get_pack(PACK).version, risk=risk, confirmed=40, raised=0,
                          lowered=12, dismissed=0, counted_at=now())  # fmt: skip
        session.add(row)
    file = tmp_path / "reviewed.xlsx"
    done = CliRunner().invoke(main, ["pack", "quality", PACK, "--recount", "--xlsx", str(file)])
    assert done.exit_code == 0, done.output
    assert "confirmed 40, raised –, lowered 12, dismissed –" in done.output
    rows = list(load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))
    column = rows[0].index("律师复核 reviews")
    assert any("confirmed 40" in str(row[column]) for row in rows[1:])
