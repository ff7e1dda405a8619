"""Pages over a slow line: a phone that has nothing yet opens each at 400 ms and 400 kbit/s, in a browser.

What a page weighs counts all that it loads, as it travels.
"""

import os
import shutil
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from bench.city import open_city, runs, serving
from bench.results import Result
from demo.cases import Case
from tests.factories import make_case
from tests.screens import hold_case
from webapp.app import create_app

NAME = "slow_line"
_PORT = 8048
_SITE = f"http://127.0.0.1:{_PORT}"
_LATENCY_MS, _BYTES_PER_SECOND = 400, 50_000
_MOST_SECONDS, _MOST_KB = 2.0, {"landing": 15.0, "question": 12.0}
_OF_A_CASE = ("result", "fixes", "messages", "mine", "trend", "share", "letter", "hours", "fees")
_TRAVELLED = """
  [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .reduce((sum, one) => sum + one.transferSize, 0)
"""


def measure(*, quick: bool) -> Iterator[Result]:
    """Seconds until a page has loaded with all that belongs to it, at most two; its kilobytes, by their budgets."""
    settings = open_city()
    app = create_app(settings)
    asked, signed = make_case(settings, "answering", seed=1), make_case(settings, "signed", seed=68)
    with serving(settings, port=_PORT, worker=False), sync_playwright() as playwright:
        known = ("chromium-headless-shell", "chromium", "google-chrome")
        path = os.environ.get("FAMAI_CHROMIUM") or next(filter(None, map(shutil.which, known)), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])

        def open_as(case: Case) -> Page:
            page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
            hold_case(page, app, _SITE, case)
            return page

        first = open_as(asked)
        first.goto(f"{_SITE}/checkup/{asked.checkup_id}")
        pages = {"landing": (asked, f"{_SITE}/"), "question": (asked, first.url)}
        pages |= {name: (signed, f"{_SITE}/checkup/{signed.checkup_id}/{name}") for name in _OF_A_CASE}
        for _ in runs(quick=quick):
            for name, (case, address) in pages.items():
                seconds, kilobytes = _open_slowly(open_as(case), address)
                yield Result(f"slow_{name}", seconds, "s", _MOST_SECONDS)
                yield Result(f"weight_{name}", kilobytes, "KB", _MOST_KB.get(name, 60.0))
        browser.close()


def _open_slowly(page: Page, address: str) -> tuple[float, float]:
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": _LATENCY_MS,
            "downloadThroughput": _BYTES_PER_SECOND,
            "uploadThroughput": _BYTES_PER_SECOND,
        },
    )
    page.goto(address, wait_until="load")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    milliseconds = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    travelled = page.evaluate(_TRAVELLED)
    page.context.close()
    return milliseconds / 1000, travelled / 1024
