"""A whole case without the mouse, from the queue to both signatures, every key counted."""

import datetime as dt
import time

import pytest

from checkup.cases.checkups import list_findings
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import make_case, worker_scope
from tests.screens import at_a_desk, go_on, log_in
from tests.telling import tell

pytestmark = pytest.mark.browser
SEED, FINDINGS, MOST_KEYS = 2055, 13, 60
REASON = "看过合同和转账记录，比系统估计的轻。"
ADVICE = "先补签合同，再把押金退给员工；拿不准就来问我。"


class Keyboard:
    """Presses keys and counts them; typed text is counted apart."""

    def __init__(self, page):
        self.page, self.presses, self.typed = page, 0, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.typed += len(text)

    def until_left(self, count):
        """The last decision is in, without the page having been left."""
        self.page.locator(f"#summary[data-undecided='{count}']").wait_for()


@pytest.fixture
def case(settings):
    """A submitted checkup with many findings, one of them red, that waits longer than any other."""
    made = make_case(settings, "submitted", seed=SEED, at=now() - dt.timedelta(days=400))
    with unit_of_work(worker_scope(made)) as session:
        found = [f for f in list_findings(session, checkup_id=made.checkup_id) if f.state == "found"]
        assert len(found) == FINDINGS
        assert any(f.colour == "red" for f in found)
    return made


def open_from_queue(page, keys, case):
    """Walk the queue down to the case and open it."""
    rows = page.locator("[data-row] a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    place = next(place for place, href in enumerate(rows) if str(case.checkup_id) in href)
    keys.press(*["j"] * (place + 1), "Enter")
    page.wait_for_url("**/names")


def decide_all(page, keys):
    """One is changed with a reason, one ruled out, one gets a text of the library; the rest stands."""
    keys.press("u", "m")
    keys.type("30")
    keys.press("Enter")
    keys.type(REASON)
    keys.press("Enter")
    keys.until_left(FINDINGS - 1)
    keys.press("d")
    keys.type(REASON)
    keys.press("Enter")
    keys.until_left(FINDINGS - 2)
    keys.press("1")
    for left in range(FINDINGS - 3, -1, -1):
        keys.press("c")
        keys.until_left(left)


@at_a_desk
def test_a_case_of_many_findings_takes_no_mouse_and_few_keys(page, check, case, capsys):
    log_in(page, "lawyer1@hubin.example")
    page.goto("/lawyer/")
    keys, began = Keyboard(page), time.monotonic()
    open_from_queue(page, keys, case)
    keys.press("c")
    page.wait_for_url(f"**/lawyer/checkups/{case.checkup_id}")
    decide_all(page, keys)
    assert any(page.locator("textarea[name=plain]").evaluate_all("all => all.map(one => one.value)"))
    keys.press("a")
    keys.type(ADVICE)
    keys.press("Control+Enter")
    page.wait_for_url("**#signing")
    keys.press("s", "Enter")
    page.get_by_text("已经签名，等合伙人签字").wait_for()
    lawyers, lawyers_seconds = keys.presses, time.monotonic() - began
    check("waits-for-partner")
    go_on(page.get_by_role("button", name="退出").first)
    log_in(page, "lawyer2@hubin.example")
    page.goto("/lawyer/")
    open_from_queue(page, keys, case)
    keys.press("v")
    page.wait_for_url(f"**/lawyer/checkups/{case.checkup_id}")
    check("partner")
    keys.press("s", "Enter")
    page.get_by_text("已签发的各版").wait_for()
    check("edition")
    with capsys.disabled():
        tell(
            f"{FINDINGS} findings by keyboard: {lawyers} keys of the lawyer ({lawyers_seconds:.0f} s as fast as the "
            f"browser goes), {keys.presses - lawyers} of the partner, {keys.typed} characters typed"
        )
    assert keys.presses <= MOST_KEYS
