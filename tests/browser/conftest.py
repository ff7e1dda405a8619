"""A real Chromium against the app served in a thread on loopback."""

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests.accessible import GRAVE, find_barriers
from tests.compiled_once import keep_templates
from webapp.app import create_app

PATIENT = 60_000  # a click does not wait for the page it leads to; a busy machine is slow
expect.set_options(timeout=PATIENT)


@pytest.fixture(scope="module")
def site(settings) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, keep_templates(create_app(settings)), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


_until_other_tests = ExitStack()


@functools.cache
def _browser() -> Browser:
    """One for all modules that follow each other; while it is there, no other event loop can run."""
    # The shell is the same browser without its own windows, which a test would start for every context.
    known = ("chromium-headless-shell", "chromium", "google-chrome")
    path = os.environ.get("FAMAI_CHROMIUM") or next(filter(None, map(shutil.which, known)), None)
    assert path, "no Chromium: bin/test installs it"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    playwright = _until_other_tests.enter_context(sync_playwright())
    return _until_other_tests.enter_context(playwright.chromium.launch(executable_path=path, args=arguments))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    if nextitem is None or nextitem.path.parent != Path(__file__).parent:
        _until_other_tests.close()
        _browser.cache_clear()


@pytest.fixture(scope="module")
def chromium() -> Browser:
    return _browser()


@pytest.fixture(params=[(390, 844), (1280, 900)], ids=["phone", "desk"])
def page(request, chromium, site) -> Iterator[Page]:
    width, height = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", base_url=site, accept_downloads=True
    )
    context.set_default_timeout(PATIENT)
    yield context.new_page()
    context.close()


@pytest.fixture
def check(page, request):
    """Look at the page as everybody must be able to: no grave axe finding, nothing wider than the screen."""
    shots = os.environ.get("FAMAI_SCREENSHOTS")

    def checking(name: str) -> None:
        page.wait_for_load_state()
        if shots:
            size = page.viewport_size["width"]
            page.screenshot(path=f"{shots}/{name}-{size}.png", full_page=True)
        assert find_barriers(page, GRAVE) == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} overflows"

    return checking
