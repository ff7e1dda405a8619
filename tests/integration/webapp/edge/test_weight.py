"""Pages over a slow line: compressed, and an asset fetched once."""

import gzip
import re

import pytest


@pytest.fixture
def landing(app):
    return app.test_client().get("/", headers={"Accept-Encoding": "gzip"})


def _style(app):
    return re.search(r'href="(/static/famai\.css[^"]*)"', app.test_client().get("/").text)[1]


def test_the_landing_page_and_all_it_loads_weigh_at_most_fifteen_kilobytes(app, landing):
    page = gzip.decompress(landing.data).decode()
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    fetched = [app.test_client().get(one, headers={"Accept-Encoding": "br"}) for one in assets]
    assert assets
    assert len(landing.data) + sum(len(one.data) for one in fetched) <= 15 * 1024


def test_who_takes_no_compressed_pages_gets_plain_ones(app):
    assert "Content-Encoding" not in app.test_client().get("/").headers


def test_a_page_of_a_person_is_compressed_and_never_kept(landing):
    assert (landing.headers["Content-Encoding"], landing.headers["Cache-Control"]) == ("gzip", "no-store")


def test_an_asset_is_kept_for_a_year_under_its_version(app):
    assert "immutable" in app.test_client().get(_style(app)).headers["Cache-Control"]


def test_an_asset_of_another_version_is_asked_for_again(app):
    old = app.test_client().get("/static/famai.css?v=0123456789ab")
    assert old.headers["Cache-Control"] == "no-cache"
