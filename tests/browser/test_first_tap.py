"""From the landing page to the first result on a phone, counted in taps, screens and bytes: it may get shorter, never
longer. On every screen axe finds nothing and nothing is wider than the phone; the result is one screen."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.accessible import find_barriers
from tests.screens import go_on, one_screen

pytestmark = pytest.mark.browser
# Without a script each screen takes one tap more: its button.
MOST_TAPS, MOST_TAPS_BY_BUTTON, MOST_SCREENS, MOST_KB = 20, 30, 15, 80
SHOP = {"trade": "catering", "form": "individual", "staff": "5-10"}


@dataclass(frozen=True)
class Phone:
    """What a phone is like, and what its owner has chosen."""

    width: int
    height: int
    language: str = "zh-CN"
    has_script: bool = True
    is_large: bool = False
    is_one_screen: bool = True
    more: dict = field(default_factory=dict)


PHONES = {
    "390 px": Phone(390, 844),
    "360 px, zh-Hant, dark": Phone(360, 780, "zh-TW", more={"color_scheme": "dark"}),
    "390 px, English, large": Phone(390, 844, "en-GB", is_large=True, is_one_screen=False),
    "360 px, no script": Phone(360, 780, has_script=False),
}


class Walk:
    """A thumb on one phone: every tap, every screen and every byte is counted."""

    def __init__(self, page, phone):
        self.page, self.phone, self.taps, self.screens, self.bytes = page, phone, 0, 1, 0
        page.on("requestfinished", self._weigh)

    def _weigh(self, request):
        sizes = request.sizes()
        self.bytes += sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def tap(self, what):
        self.taps += 1
        what.click()

    def on(self, what):
        """A tap that leads to the next screen, which is looked at."""
        self.taps, self.screens = self.taps + 1, self.screens + 1
        go_on(what)
        self.look()

    def look(self):
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), self.page.url
        if self.phone.has_script:
            assert find_barriers(self.page) == [], self.page.url

    def answer(self):
        """One screen: what the shop is, the last option of a list, else the first."""
        names = dict.fromkeys(
            self.page.locator("main form input").evaluate_all(
                "inputs => inputs.filter(one => ['radio', 'checkbox'].includes(one.type)).map(one => one.name)"
            )
        )
        chosen = [self._choice(name) for name in names]
        for one in chosen[:-1]:
            self.tap(one)
        if self.phone.has_script and self.page.locator("form[data-steps]").count():
            self.on(chosen[-1])
        else:
            self.tap(chosen[-1])
            self.on(self.page.locator("main form button.big"))

    def _choice(self, name):
        every = self.page.locator(f"input[name={name}]")
        wanted = [SHOP[name]] if name in SHOP else ["none", "shop"]  # a rented shop has most to tell
        found = [self.page.locator(f"input[name={name}][value='{one}']") for one in wanted]
        return next((one for one in found if one.count()), every.first)


@pytest.fixture(params=PHONES.values(), ids=PHONES)
def phone(request):
    return request.param


@pytest.fixture
def page(chromium, site, phone):
    """A phone that is new. Without a service worker, which passes everything on: what it passes has no size here."""
    context = chromium.new_context(
        viewport={"width": phone.width, "height": phone.height},
        locale=phone.language,
        base_url=site,
        service_workers="block",
        java_script_enabled=phone.has_script,
        **phone.more,
    )
    if phone.is_large:
        context.add_cookies([{"name": "text", "value": "large", "url": site}])
    yield context.new_page()
    context.close()


def test_the_first_result_comes_within_so_many_taps_screens_and_bytes(page, phone, capsys, request):
    walk = Walk(page, phone)
    page.goto("/")
    walk.look()
    walk.on(page.locator("main a.button.big"))
    while not page.url.endswith("/result"):
        walk.answer()
    with capsys.disabled():
        print(f"\n{request.node.callspec.id}: {walk.taps} taps, {walk.screens} screens, {walk.bytes / 1024:.0f} KB")  # noqa: T201
    assert walk.taps <= (MOST_TAPS if phone.has_script else MOST_TAPS_BY_BUTTON)
    assert walk.screens <= MOST_SCREENS
    assert walk.bytes <= MOST_KB * 1024
    expect(page.locator(".doors a").last).to_be_in_viewport(ratio=1)
    if not phone.is_one_screen:
        page.context.clear_cookies(name="text")
        page.reload()
    one_screen(page)
    go_on(page.locator(".doors a").first)
    walk.look()
    page.locator("[name=name]").fill("王姐面馆")
    page.locator("[name=district]").select_option("310113")
    go_on(page.locator("button[value=fastest]"))
    walk.look()
    assert page.url.endswith("/names")
