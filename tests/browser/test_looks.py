"""Light, dark, strong contrast and large: by the phone's wish and by choice, every component and a case's pages."""

import pytest
from playwright.sync_api import expect

from tests.accessible import find_barriers
from tests.factories import make_case
from tests.screens import go_on, hold_case
from webapp.app import create_app

pytestmark = pytest.mark.browser

LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "contrast": {"contrast": "more"},
    "contrast after dark": {"contrast": "more", "color_scheme": "dark"},
    "large": {"large": True},
}
PUBLIC = ("/", "/look", "/dev/components", "/f/hubin/start")
PAGES = (*PUBLIC, "result", "fixes", "messages", "mine", "trend", "share", "fees")


@pytest.fixture(scope="module")
def app(settings):
    return create_app(settings)


@pytest.fixture(scope="module")
def case(settings):
    return make_case(settings, "signed", seed=68)


@pytest.fixture
def seen(chromium, site, app, case, request):
    """A narrow phone that asks for a look."""
    asked = dict(request.param)
    is_large = asked.pop("large", False)
    context = chromium.new_context(viewport={"width": 360, "height": 780}, locale="zh-CN", base_url=site, **asked)
    page = context.new_page()
    hold_case(page, app, site, case)
    if is_large:
        context.add_cookies([{"name": "text", "value": "large", "url": site}])
    yield page
    context.close()


@pytest.mark.parametrize("seen", LOOKS.values(), ids=LOOKS, indirect=True)
def test_every_page_is_readable_and_fits_in_every_look(seen, case):
    for name in PAGES:
        seen.goto(name if name.startswith("/") else f"/checkup/{case.checkup_id}/{name}")
        for fold in seen.locator("main details:not([open]) > summary").all():
            fold.click() if fold.is_visible() else None
        assert find_barriers(seen) == [], name
        assert seen.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


def _ground(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.mark.parametrize("seen", [{}], ids=["light"], indirect=True)
def test_what_is_chosen_stays_on_this_phone_whatever_the_phone_asks_for(seen):
    seen.goto("/look?back=/privacy")
    light = _ground(seen)
    seen.get_by_label("黑底白字").check()
    go_on(seen.get_by_role("button", name="就这样"))
    assert seen.url.endswith("/privacy")
    assert _ground(seen) != light
    seen.emulate_media(media="print")
    assert _ground(seen) == light


@pytest.mark.parametrize("seen", [{}], ids=["light"], indirect=True)
def test_what_is_said_is_written_where_the_browser_can_listen(seen, case):
    seen.add_init_script("""
      window.SpeechRecognition = class extends EventTarget {
        start() {
          const heard = new Event("result");
          heard.results = [[{ transcript: "房东要收回店面" }]];
          this.dispatchEvent(heard);
          this.dispatchEvent(new Event("end"));
        }
      };
    """)
    answer = seen.goto(f"/checkup/{case.checkup_id}/messages")
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    expect(seen.get_by_text("厂商可能听得到").first).to_be_visible()
    seen.get_by_role("button", name="用嘴说").first.click()
    expect(seen.locator("textarea").first).to_have_value("房东要收回店面")
