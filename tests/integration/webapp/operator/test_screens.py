"""Where owners stop, for whoever releases the questions: how often each screen was shown, as a release tells it."""

import datetime as dt
import re

import psycopg
import pytest

from checkup.packs.catalogue import PACK, get_pack
from tenants.clock import city_day, now
from tests.visits import log_in

FIRST, SECOND = get_pack(PACK).questions[:2]
MONTH = city_day(now()).replace(day=1)
BEFORE = MONTH - dt.timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def _told(settings):
    rows = (
        (MONTH, SECOND.id, 40), (MONTH, "landing", 90), (MONTH, FIRST.id, 60), (BEFORE, FIRST.id, 70),
    )  # fmt: skip
    with psycopg.connect(settings.admin_database_url) as line:
        for month, screen, count in rows:
            line.execute("INSERT INTO screen_told VALUES (%s, %s, %s)", [f"{month:%Y-%m}", screen, count])


@pytest.mark.parametrize(
    ("who", "path"),
    [("operator@famai.example", "/operator/packs/screens"), ("officer@city.example", "/bureau/campaigns/screens")],
)
def test_screens_stand_in_the_order_of_the_questions_with_this_month_and_the_one_before(app, who, path):
    page = log_in(app, who).get(path).text
    assert re.findall(r'<th scope="row">(.*?)</th>\s*<td[^>]*>(.*?)</td>\s*<td[^>]*>(.*?)</td>', page) == [
        ("海报的页面", "90", "–"),
        (FIRST.text["zh-Hans"], "60", "70"),
        (SECOND.text["zh-Hans"], "40", "–"),
    ]


def test_the_page_of_packs_leads_there(app):
    assert 'href="/operator/packs/screens"' in log_in(app, "operator@famai.example").get("/operator/packs").text


@pytest.mark.parametrize("who", ["lawyer1@hubin.example", "park@baoshan.example"])
def test_nobody_else_has_that_page(app, who):
    assert log_in(app, who).get("/operator/packs/screens").status_code == 404
