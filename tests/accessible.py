"""What axe-core finds in a page of a browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
# What else the checker has to say, all of it, is longer than the page: it stays in the browser.
_FIND = """impacts => axe.run({resultTypes: ["violations"]}).then(told => told.violations
  .filter(one => impacts.length === 0 || impacts.includes(one.impact))
  .map(one => [one.id, one.nodes.map(node => node.target)]))"""


def find_barriers(page: Page, impacts: tuple[str, ...] = ()) -> list[list[object]]:
    """(rule, the elements that break it), of these impacts alone if any are named."""
    page.evaluate(Axe().axe_script)
    found: list[list[object]] = page.evaluate(_FIND, list(impacts))
    return found
