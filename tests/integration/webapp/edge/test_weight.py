"""Pages over a slow line: compressed, and an asset fetched once."""

import gzip
import re

import brotli
import pytest

from tests.factories import make_case
from tests.owners import DETAILS
from tests.visits import be_owner


@pytest.fixture
def landing(app):
    return app.test_client().get("/", headers={"Accept-Encoding": "gzip"})


@pytest.fixture(scope="module")
def signed(settings):
    return make_case(settings, "signed", seed=68)


def _style(app):
    return re.search(r'href="(/static/famai\.css[^"]*)"', app.test_client().get("/").text)[1]


def _cold(app, page):
    """Bytes of a compressed page and of all it loads, heads too, for a phone that has nothing yet."""
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page.data).decode())
    fetched = [app.test_client().get(one, headers={"Accept-Encoding": "gzip"}) for one in assets]
    assert assets
    return sum(len(str(one.headers)) + len(one.data) for one in (page, *fetched))


def test_the_landing_page_and_all_it_loads_weigh_at_most_fifteen_kilobytes(app, landing):
    assert _cold(app, landing) <= 15 * 1024


def test_a_question_and_all_it_loads_weigh_at_most_twelve_kilobytes(app):
    client = app.test_client()
    asked = client.get(client.post("/f/hubin/start", data=DETAILS).location).location
    assert _cold(app, client.get(asked, headers={"Accept-Encoding": "gzip"})) <= 12 * 1024


@pytest.mark.parametrize("page", ["result", "fixes", "mine", "messages", "letter", "share", "trend", "hours", "fees"])
def test_no_page_of_a_signed_case_weighs_more_than_sixty_kilobytes(app, signed, page):
    answer = be_owner(app, signed).get(f"/checkup/{signed.checkup_id}/{page}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert _cold(app, answer) <= 60 * 1024


def test_who_takes_no_compressed_pages_gets_plain_ones(app):
    assert "Content-Encoding" not in app.test_client().get("/").headers


def test_a_page_of_a_person_is_compressed_and_never_kept(landing):
    assert (landing.headers["Content-Encoding"], landing.headers["Cache-Control"]) == ("gzip", "no-store")


def test_an_asset_is_kept_for_a_year_under_its_version(app):
    assert "immutable" in app.test_client().get(_style(app)).headers["Cache-Control"]


def test_an_asset_depends_on_no_cookie_and_stays_when_one_changes(app):
    answer = app.test_client().get(_style(app))
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "Set-Cookie" not in answer.headers


def test_a_page_that_stands_in_for_a_missing_asset_is_guarded_as_every_page(app):
    missing = app.test_client().get("/static/none.css")
    assert (missing.status_code, "default-src 'none'" in missing.headers["Content-Security-Policy"]) == (404, True)


def test_an_asset_of_another_version_is_asked_for_again(app):
    old = app.test_client().get("/static/famai.css?v=0123456789ab")
    assert old.headers["Cache-Control"] == "no-cache"
    again = app.test_client().get("/static/famai.css", headers={"If-None-Match": old.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_an_asset_travels_compressed_and_is_the_same_when_opened(app, coding):
    plain = app.test_client().get(_style(app))
    packed = app.test_client().get(_style(app), headers={"Accept-Encoding": f"deflate, {coding}"})
    assert packed.headers["Content-Encoding"] == coding
    assert {"br": brotli.decompress, "gzip": gzip.decompress}[coding](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3


@pytest.mark.parametrize("name", ["none.css", "../app.py", "..%2fapp.py", "famai.css/x"])
def test_nothing_but_our_sheets_and_scripts_is_served(app, name):
    assert app.test_client().get(f"/static/{name}").status_code == 404
