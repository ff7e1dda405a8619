"""From what grows in a district to an event, a seat, the door, a lawyer's hours and a checkup, in a real browser."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.city import demo_id
from tenants.clock import CITY
from tests.gatherings import OFFICER, TOMORROW
from tests.screens import go_on, log_in
from webapp.worker_loop import run_worker

pytestmark = pytest.mark.browser
LAWYER = "lawyer2@hubin.example"


def at(hour, minute=0):
    return dt.datetime.combine(TOMORROW, dt.time(hour, minute), CITY)


@pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)
def test_from_an_order_of_the_trends_to_hours_and_a_checkup(page, check, settings, clock_at):
    log_in(page, OFFICER)
    page.goto("/bureau/events/new?topic=con")
    check("gathering-new")
    page.locator("[name=day]").fill(TOMORROW.isoformat())
    page.locator("[name=times]").fill("14:00-16:00")
    page.locator("[name=district]").select_option("310113")
    page.locator("[name=place]").fill("友谊路1号")
    page.locator("[name=seats]").fill("40")
    go_on(page.locator("main form .button").last)
    check("gathering-of-bureau")
    path = re.search(r"/bureau/events/[\w-]+$", page.url)[0]
    number = re.search(r"HD26-[0-9A-Z]{6}", page.locator(".stage").first.inner_text())[0]
    page.locator(f"[name=firms][value='{demo_id('hubin')}']").check()
    go_on(page.locator("form[action$='/firms'] button"))
    page.context.clear_cookies()
    log_in(page, "lawyer1@hubin.example")
    page.goto(path.replace("/bureau/", "/firm/"))
    page.locator(f"[name=speakers][value='{demo_id('hubin:2')}']").check()
    go_on(page.locator("form[action$='/speakers'] button"))
    check("gathering-of-firm")
    clock_at(at(13, 55))
    page.context.clear_cookies()
    log_in(page, OFFICER)
    page.goto(f"{path}/door")
    check("gathering-door-of-host")
    code = page.locator(".spoken").inner_text().replace(" ", "")
    page.context.clear_cookies()
    page.goto("/events")
    check("gatherings")
    go_on(page.locator(f"a[href='/events/{number}']"))
    check("gathering")
    go_on(page.locator("main form .button"))
    check("gathering-seat")
    page.goto(f"/events/{number}/door/{code}")
    check("gathering-door")
    go_on(page.locator("main form .button"))
    check("gathering-came")
    go_on(page.locator("main a.button.big"))
    assert "/start" in page.url
    clock_at(at(16, 20))
    page.context.clear_cookies()
    log_in(page, OFFICER)
    page.goto(path)
    check("gathering-to-close")
    go_on(page.locator("form[action$='/close'] .button"))
    check("gathering-held")
    with ThreadPoolExecutor(1) as beside:  # Playwright holds this thread's event loop
        beside.submit(run_worker, settings, wait=False).result()
    page.context.clear_cookies()
    log_in(page, LAWYER)
    page.goto("/lawyer/hours")
    assert page.get_by_text(number).count() == 1
    check("gathering-hours")
