"""From a finding to an agreement before the court, in a real browser: owner, other side, mediator and lawyer in turn.

Once unbroken on a phone in Chinese, by hand from page to page; once at a desk in English, to each side's page.
"""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from billing.books.ledger import firm_balances
from billing.fees.asked import ask_fee, find_asked
from billing.fees.catalogue import get_catalogue
from billing.waivers.content import get_waiver
from checkup.referrals.moving import get_referral
from tenants.clock import city_day, now
from tenants.database import unit_of_work
from tests.bodies import find_body, scope_of
from tests.factories import make_case, make_waiver, worker_scope
from tests.mediating import make_talk
from tests.referring import CHIEF
from tests.screens import at_a_desk, go_on, hold_case, log_in

pytestmark = pytest.mark.browser
on_a_phone = pytest.mark.parametrize("page", [(390, 844)], ids=["phone"], indirect=True)


@pytest.fixture
def case(settings):
    return make_case(settings, "signed", seed=7)


class Sides:
    """Puts one of them into the browser, at the page where it was before; each keeps its own cookies."""

    def __init__(self, app, site, page, case):
        self.app, self.site, self.page, self.case = app, site, page, case
        self.at, self.cookies, self.now = {}, {}, ""

    def speak(self, language):
        self.page.context.add_cookies([{"name": "lang", "value": language, "url": self.site}])

    def come(self, side, path=""):
        if self.now:
            self.at[self.now], self.cookies[self.now] = self.page.url, self.page.context.cookies()
        self.page.context.clear_cookies()
        if side in self.cookies:
            self.page.context.add_cookies(self.cookies[side])
        elif side == "owner":
            hold_case(self.page, self.app, self.site, self.case)
        elif side != "other":
            log_in(self.page, side)
        self.now = side
        self.page.goto(path or self.at[side])

    def press(self, selector):
        go_on(self.page.locator(selector))

    def step(self, called, **typed):
        """A step of referral or mediation, by its button."""
        for field, words in typed.items():
            self.page.locator(f"[name={field}]").first.fill(words)
        self.press(f"button[name=step][value={called}]")


@pytest.fixture
def sides(app, site, page, case):
    return Sides(app, site, page, case)


def hand_over(page, check, sides):
    """From the finding by the choice of ways to the body that asks least; what it may see, and her yes."""
    sides.come("owner", f"/checkup/{sides.case.checkup_id}/ways")
    sides.press("main a[href$='/ways/supplier']")
    check("way")
    sides.press("main .card a.button")
    check("help-choose")
    # What it costs without her certificate is struck out.
    go_on(page.locator("main .card", has=page.locator("s")).locator("a.button"))
    for name, words in (("words", "货没送齐，四万块货款谈不拢。"), ("person", "王姐"), ("phone", "13800138000")):
        page.locator(f"[name={name}]").fill(words)
    check("help-packet")
    sides.press("main form .button.big")
    check("help-draft")
    expect(page.get_by_text("13800138000")).to_be_visible()
    sides.press("main form .button.big")
    check("help-sent")


def take_and_ask(page, check, sides, referral_path):
    sides.come(CHIEF, "/provider/")
    check("body-referrals")
    page.goto(referral_path)
    check("body-referral")
    sides.step("accept")
    page.locator("summary", has_text="报一项价").click()
    page.locator("[name=service]").select_option("mediate-commercial")
    page.locator("[name=given]").fill("40000")
    sides.press("form[action$='/fee'] .button")
    check("body-charged")


def accept_the_fee(page, check, sides):
    sides.come("owner")
    check("help-charged")
    sides.press("main section.card a.button")
    expect(page.locator("main .finding s")).to_be_visible()
    check("fees-offered")
    sides.press("main .finding form .button.big >> nth=0")
    check("fees-accepted")


def bring_together(page, check, sides, talk_path):
    """She says whom to invite; the body invites; the other side comes in; all agree on a mediator."""
    sides.come("owner", talk_path)
    page.locator("[name=other]").fill("大华食品有限公司")
    page.locator("[name=words]").fill("去年的货款四万块，想分两次付清。")
    check("talk-ask")
    sides.press("main form .button.big")
    sides.come(CHIEF, f"{sides.at[CHIEF]}/mediation")
    sides.step("invite")
    check("talk-invited-by-body")
    link, code = page.locator("main .hash").first.inner_text(), page.locator("main .notice strong").inner_text()
    sides.come("other", re.sub(r"^https?://[^/]+", "", link))
    check("talk-code")
    page.locator("[name=code]").fill(code)
    sides.press("main form .button")
    check("talk-invited")
    sides.step("agree")
    sides.come(CHIEF)
    page.locator("[name=mediator]").select_option(label="沈和")
    page.locator("[name=disclosure]").fill("和店主住一个小区，不熟。")
    check("talk-appoint")
    sides.step("appoint")
    sides.come("owner")
    check("talk-appointing")
    sides.step("accept")
    sides.come("other")
    sides.step("accept")


def talk(page, check, sides):
    sides.step("offer", offer="三万五，一次付清")
    sides.step("open")
    check("talk-offered")
    sides.come("owner")
    expect(page.get_by_text("三万五，一次付清")).to_have_count(0)
    sides.step("offer", offer="三万八，分两次")
    sides.step("open")
    expect(page.get_by_text("三万五，一次付清")).to_be_visible()
    check("talk-opened")


def agree(page, check, sides):
    """When and where, what both agree on, and both signatures; from then on the court's thirty days run."""
    sides.come(CHIEF)
    day = (city_day(now()) + dt.timedelta(days=3)).isoformat()
    sides.step("meet", day=day, place="三楼调解室")
    sides.step("draft", points="大华在12月31日前付三万六。\n店主收到后不再追讨。")
    check("talk-drafted-by-body")
    codes = [one.inner_text() for one in page.locator("main .notice strong").all()]
    for side, name, told in (("owner", "王姐", codes[0]), ("other", "李大华", codes[1])):
        sides.come(side)
        check(f"talk-sign-{side}")
        sides.step("sign", name=name, code=told)
    page.locator("[name=helped][value='5']").check()
    page.locator("[name=kind][value='4']").check()
    sides.press("form[action$='/rating'] .button")
    check("talk-rated-by-other")
    sides.come("owner")
    expect(page.get_by_text(re.compile("一起去法院"))).to_have_count(2)
    check("talk-signed-owner")
    for kind in ("PDF", "Word"):
        with page.expect_download() as download:
            page.locator("main a", has_text=re.compile(f"^{kind}$")).evaluate("a => { a.download = ''; a.click() }")
        assert download.value.path().stat().st_size > 3000


def close(page, check, sides, referral_path, referral):
    """The court has confirmed; the body closes; her lawyer sees where it stood; she rates."""
    sides.come(CHIEF)
    sides.step("confirm")
    check("talk-confirmed")
    page.goto(referral_path)
    sides.step("begin")
    page.locator("[name=outcome]").select_option("done")
    sides.step("close", words="谈好了，法院确认了。")
    check("body-closed")
    page.goto("/provider/numbers")
    check("body-numbers")
    sides.come("lawyer1@hubin.example", f"/lawyer/checkups/{sides.case.checkup_id}/referrals")
    expect(page.get_by_text("法院确认了").first).to_be_visible()
    check("lawyer-referrals")
    sides.come("owner", referral)
    check("help-closed")
    sides.press("main .button.big")
    page.locator("[name=helped][value='2']").check()
    page.locator("[name=kind][value='4']").check()
    sides.press("main form .button.big")
    check("help-rated")
    sides.press("main .notice .button")
    check("help-complaint")
    page.goto(f"/checkup/{sides.case.checkup_id}/help")
    check("help-list")


@on_a_phone
def test_a_quarrel_with_a_supplier_goes_from_its_finding_to_an_agreement_before_the_court(
    settings, page, check, sides, case
):
    waiver_id = make_waiver(settings, case, "granted")
    with unit_of_work(worker_scope(case)) as session:
        used = get_waiver(session, waiver_id).used_minor
    sides.speak("zh-Hans")
    hand_over(page, check, sides)
    hers = re.sub(r"^https?://[^/]+", "", page.url)
    theirs = f"/provider/referrals/{hers.rsplit('/', 1)[1]}"
    take_and_ask(page, check, sides, theirs)
    accept_the_fee(page, check, sides)
    bring_together(page, check, sides, f"{hers}/mediation")
    talk(page, check, sides)
    agree(page, check, sides)
    close(page, check, sides, theirs, hers)
    with unit_of_work(worker_scope(case)) as session:
        referral = get_referral(session, hers.rsplit("/", 1)[1])
        asked = find_asked(session, referral)
        assert sum(firm_balances(session, firm_id=case.firm_id, provider_id=referral.provider_id).values()) == 0
        assert asked.fee.amount == asked.let_off + asked.owed
        assert get_waiver(session, waiver_id).used_minor - used == asked.let_off.amount_minor > 0


@at_a_desk
def test_in_english_each_of_the_three_reads_its_own_page(settings, page, check, sides, case):
    make_waiver(settings, case, "granted")
    held = make_talk(settings, case, "seated", topic="way:supplier")
    held.put("owner", "三万八")
    with unit_of_work(scope_of(CHIEF)) as session:
        row = get_referral(session, held.referral_id, lock=True)
        told = {"slug": find_body("和商").slug, "service_id": "mediate-commercial", "given": "40000", "actor": "Fang"}
        ask_fee(session, row, catalogue=get_catalogue(), now=now(), **told)
    referral = f"/checkup/{case.checkup_id}/help/{held.referral_id}"
    body = f"/provider/referrals/{held.referral_id}"
    for side, paths in (
        ("owner", (f"/checkup/{case.checkup_id}/ways/supplier", referral, f"{referral}/mediation")),
        (CHIEF, (body, f"{body}/mediation", "/provider/numbers")),
        ("lawyer1@hubin.example", (f"/lawyer/checkups/{case.checkup_id}/referrals",)),
    ):
        sides.come(side, paths[0])
        sides.speak("en")
        for path in paths:
            page.goto(path)
            check(f"en{path.rstrip('/').rsplit('/', 1)[1][:9]}-{side[:5]}")
    invitation = held.invite()
    sides.come("other", f"/mediate/{invitation.token}")
    sides.speak("en")
    page.reload()
    page.locator("[name=code]").fill(invitation.code)
    sides.press("main form .button")
    expect(page.get_by_text("三万八")).to_have_count(0)
    check("en-other")
