"""Firms as cards, on the landing page and where an owner chooses one: face, waiting time, languages, what is told."""

import io
import re

import pytest
from PIL import Image

from demo.city import demo_id
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import write_file
from tenants.firms.profile import initial, set_logo
from tenants.models import Firm
from tenants.uploads import check_logo, record_upload
from tests.owners import DETAILS, answer_all


def landing(app):
    return app.test_client().get("/").text


def choosing(app):
    """Where an owner who began without a firm chooses one."""
    client = app.test_client()
    url = client.post("/f/hubin/start", data=DETAILS).location
    answer_all(client, url)
    client.post(f"{url}/submit")
    return client.get(f"{url}/firm").text


@pytest.fixture(params=[landing, choosing])
def page(request, app):
    return lambda: request.param(app)


@pytest.fixture
def told(settings):
    """What is told of a firm, for the length of a test."""

    def tell(well, not_well):
        with unit_of_work(Scope(Audience.WORKER)) as session:
            firm = session.get_one(Firm, demo_id("hubin"))
            firm.rated_well, firm.rated_not_well = well, not_well

    yield tell
    tell(None, None)


@pytest.fixture
def logo(settings):
    """A large drawing, as a firm sends it."""
    drawn, noise = io.BytesIO(), Image.effect_noise((600, 400), 60).convert("RGB")
    noise.save(drawn, "PNG")
    picture = check_logo(drawn.getvalue(), "logo")
    scope = Scope(Audience.FIRM, demo_id("jiangwan"), demo_id("jiangwan:1"))
    with unit_of_work(scope) as session:
        firm_id = demo_id("jiangwan")
        row = record_upload(session, firm_id=firm_id, purpose="logo", name="logo", file=picture, now=now())
        write_file(settings.files_url, row.path, picture.content)
        set_logo(session.get_one(Firm, firm_id), row.id)
    return row.id


def test_nothing_is_said_of_a_firm_of_which_nothing_is_told(page):
    assert "位店主说好" not in page()


def test_a_card_says_how_many_owners_were_content_and_how_many_were_not(page, told):
    told(25, 12)
    said = " ".join(page().split())
    assert "25位店主说好 · 12位说不好" in said


def test_where_too_few_were_not_content_the_others_stand_alone(page, told):
    told(25, None)
    said = page()
    assert "25位店主说好" in said
    assert "位说不好" not in said


def test_a_firm_without_a_logo_has_its_first_character_for_a_face(page):
    assert re.search(r'<svg class="face".*?<text[^>]*>沪</text>', page(), re.DOTALL)


def test_a_logo_on_a_card_is_small_and_waits_until_it_is_in_sight(page, app, logo):
    [picture] = re.findall(r'<img[^>]*class="face"[^>]*>', page())
    assert 'loading="lazy"' in picture
    found = app.test_client().get(re.search(r'src="([^"]+)"', picture)[1])
    assert (found.mimetype, max(Image.open(io.BytesIO(found.data)).size)) == ("image/webp", 72)
    assert len(found.data) < 4 * 1024


def test_a_browser_keeps_a_logo_under_its_version_alone(app, logo):
    client = app.test_client()
    kept = client.get(f"/f/jiangwan/logo/small?v={logo}").headers["Cache-Control"]
    assert kept == "private, max-age=31536000, immutable"
    assert client.get("/f/jiangwan/logo/small?v=other").headers["Cache-Control"] == "no-store"


def test_a_firm_without_a_logo_has_none_to_fetch(app):
    assert app.test_client().get("/f/hubin/logo/small").status_code == 404


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("上海沪滨律师事务所", "沪"),
        ("上海市江湾律师事务所", "江"),
        ("Hubin Law Firm", "H"),
        ("上海", "上"),
        ("䶮律所", "䶮"),
    ],
)
def test_what_stands_for_a_firm_is_not_the_citys_name(name, stands):
    assert initial(name) == stands
