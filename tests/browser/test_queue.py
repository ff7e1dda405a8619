"""From the queue to the facts without the mouse, and the pages around it, in both languages."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from checkup.cases.models import Checkup
from checkup.conflicts.parties import save_names
from checkup.conflicts.values import CaseNames
from tenants.database import unit_of_work
from tenants.models import Business
from tests.factories import make_case, owner_scope, worker_scope
from tests.screens import go_on, log_in

pytestmark = pytest.mark.browser


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def __call__(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def describe(case):
    """The case's number, and filters under which few others are shown."""
    with unit_of_work(worker_scope(case)) as session:
        row = session.scalars(select(Checkup).where(Checkup.id == case.checkup_id)).one()
        business = session.get_one(Business, (row.firm_id, row.business_id))
        domain = (row.domains.split() or [""])[-1]
        return row.case_number, f"district={business.district}&domain={domain}&size={business.size}"


def test_queue_names_facts_by_keyboard_alone(page, check, settings):
    number, narrow = describe(make_case(settings, seed=71))
    log_in(page, "lawyer3@hubin.example")
    check("queue")
    page.goto(f"/lawyer/?state=waiting&{narrow}")  # as a saved view opens it
    press = Keys(page)
    while page.evaluate("document.activeElement.textContent") != number:
        press("j")
        assert press.count < 6
    press("Enter")
    page.get_by_role("heading", name="您的决定").wait_for()
    assert page.url.endswith("/names")
    check("names")
    press("c")
    page.wait_for_url(lambda url: not url.endswith("/names"))
    expect(page.locator("article.finding, #summary").first).to_be_visible()
    assert press.count <= 8


def test_a_name_on_the_list_is_shown_and_goes_to_a_partner(page, check, settings):
    case = make_case(settings, seed=72)
    with unit_of_work(owner_scope(case)) as session:
        names = CaseNames(counterparties=("永興餐飲", "别的人"))
        save_names(session, checkup_id=case.checkup_id, names=names, keys=settings.keyring())
    log_in(page, "lawyer3@hubin.example")
    page.goto(f"/lawyer/checkups/{case.checkup_id}")
    expect(page.get_by_text("上海永兴餐饮管理有限公司").first).to_be_visible()
    expect(page.get_by_role("button", name="我来办")).to_have_count(0)
    check("names-hit")
    page.keyboard.press("p")
    expect(page.get_by_text("已经请合伙人决定")).to_be_visible()
    go_on(page.get_by_role("button", name="退出").first)
    log_in(page, "lawyer2@hubin.example")
    page.goto("/lawyer/conflicts")
    check("conflicts")
    asked = page.locator("article", has=page.locator(f"form[action*='{case.checkup_id}']"))  # he asked of others too
    asked.get_by_label("理由").fill("委托已经结束，与本案无关")
    go_on(asked.get_by_role("button", name="没有冲突，可以办"))
    go_on(page.get_by_role("button", name="退出").first)
    log_in(page, "lawyer3@hubin.example")
    page.goto(f"/lawyer/checkups/{case.checkup_id}")
    assert not page.url.endswith("/names")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_of_the_desk_can_be_used_by_everybody(page, check, language):
    log_in(page, "lawyer1@hubin.example")
    if language == "en":
        go_on(page.get_by_role("button", name="English"))
    pages = {
        "queue": "/lawyer/?urgent=yes",
        "room": "/lawyer/room",
        "roster": "/firm/roster",
        "parties": "/firm/parties",
    }
    for name, path in (pages | {"parties": "/firm/parties"}).items():
        page.goto(path)
        check(f"{name}-{language}")
