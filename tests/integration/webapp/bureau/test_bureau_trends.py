"""Trends and alerts on a page: published counts alone, nothing withheld is shown."""

import pytest

from cloud.cubes.models import Release, ReleasedCell
from cloud.releases.ledger import CONFIDENTIAL, FREE
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tests.visits import log_in

BAOSHAN, YANGPU = "310113", "310110"


def publish(number, period, counts):
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        session.add(
            Release(number=number, period=period, threshold=10, made_at=now(), manifest="{}", manifest_hash="0" * 64)
        )
        session.flush()
        for cell, count in counts.items():
            status = CONFIDENTIAL if count is None else FREE
            session.add(ReleasedCell(number=number, cell=cell, count=count, status=status))


@pytest.fixture(scope="module")
def published(settings):
    """Two quarters in which findings on leases have doubled in two districts."""

    def cells(baoshan, yangpu):
        return {
            "": 400,
            f"district={BAOSHAN}": 90,
            f"district={YANGPU}": None,
            f"district={BAOSHAN};topic:lease=with": baoshan,
            f"district={YANGPU};topic:lease=with": yangpu,
        }

    publish(9001, "2020-Q1", cells(12, 20))
    publish(9002, "2020-Q2", cells(31, 44))


def test_a_doubling_in_two_districts_asks_for_a_lesson_not_for_an_inspection(app, published):
    page = log_in(app, "officer@city.example").get("/bureau/trends?topic=lease").text
    assert "12 → 31" in page
    assert "不用来检查企业" in page


def test_a_withheld_count_is_said_to_be_withheld(app, published):
    page = log_in(app, "officer@city.example").get("/bureau/trends").text
    assert "不公开" in page


def test_an_unknown_topic_shows_the_businesses(app, published):
    page = log_in(app, "officer@city.example").get("/bureau/trends?topic=<script>").text
    assert "400" in page
    assert "<script>" not in page.replace("<script src", "")
