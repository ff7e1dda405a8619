"""Doors and rights, walked as people do: log-in, second factor, passkey, invitation, consent, export, erasure."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from playwright.sync_api import expect

from demo.city import PASSWORD
from tenants.clock import now
from tests.screens import answer_everything, go_on, start_checkup
from webapp.worker_loop import run_worker

pytestmark = pytest.mark.browser
OWN = "tall-trees-in-rain-1"
# Each button and label in both languages of the walk.
WORDS = {
    "zh": {
        "email": "邮箱", "password": "密码", "login": "登录", "invite": "发邀请", "join": "加入", "name": "您的姓名",
        "code": "6位数", "ok": "确定", "start": "记好了，开始工作", "add": "加一把通行密钥",
        "label": "给这把通行密钥起个名",
        "use": "用通行密钥", "out": "退出", "again": "验证器里的6位数，或一个恢复码", "queue": "待复核的体检",
        "show": "核对后再改",
    },
    "en": {
        "email": "E-mail", "password": "Password", "login": "Log in", "invite": "Send the invitation", "join": "Join",
        "name": "Your name", "code": "Six digits", "ok": "Confirm", "start": "Written down: start working",
        "add": "Add a passkey", "label": "Name this passkey", "use": "Use a passkey", "out": "Log out",
        "again": "Six digits from the authenticator, or a recovery code", "queue": "Checkups to review",
        "show": "Show it, then change",
    },
}  # fmt: skip


@pytest.fixture(params=["zh", "en"])
def words(request, page):
    page.goto("/")
    if request.param == "en":
        go_on(page.get_by_role("button", name="English"))
    return WORDS[request.param]


@pytest.fixture
def local(site):
    """The site under a name: a passkey is bound to a name, not to a number."""
    return site.replace("127.0.0.1", "localhost")


def log_in(page, words, email, password):
    page.get_by_label(words["email"]).fill(email)
    page.get_by_label(words["password"], exact=True).fill(password)
    go_on(page.get_by_role("button", name=words["login"]))


def invite(page, words, settings, email):
    """As admin, invite; returns the path in the e-mail that arrived."""
    page.goto("/auth/login")
    log_in(page, words, "lawyer1@hubin.example", PASSWORD)
    page.goto("/firm/people")
    page.get_by_label(words["email"]).fill(email)
    go_on(page.get_by_role("button", name=words["invite"]))
    with ThreadPoolExecutor(1) as beside:  # Playwright holds this thread's event loop
        beside.submit(run_worker, settings, wait=False).result()
    bodies = [json.loads(file.read_text(encoding="utf-8")) for file in settings.outbox_dir.glob("*.json")]
    return next(re.search(r"/auth/invitation/[\w-]+", m["body"])[0] for m in bodies if m["to"] == email)


def test_a_lawyer_joins_sets_a_second_factor_and_a_passkey(page, check, words, settings, local, request):
    email = f"{abs(hash(request.node.name)) % 10**8}@hubin.example"
    link = invite(page, words, settings, email)
    check("people")
    go_on(page.get_by_role("button", name=words["out"]).first)
    page.goto(link)
    check("invitation")
    page.get_by_label(words["name"]).fill("新来的䶮㛃")
    page.locator("#password").fill(OWN)
    go_on(page.get_by_role("button", name=words["join"]))
    page.context.clear_cookies(name="session")
    page.goto(f"{local}/auth/login")
    if words is WORDS["en"]:
        go_on(page.get_by_role("button", name="English"))
    log_in(page, words, email, OWN)
    page.goto(f"{local}/auth/second/set-up")
    check("second-set-up")
    page.locator("details summary").click()
    secret = page.locator("details code").inner_text()
    page.get_by_label(words["code"]).fill(pyotp.TOTP(secret).at(now()))
    go_on(page.get_by_role("button", name=words["ok"]))
    expect(page.locator(".code-list li")).to_have_count(8)
    recovery, another = page.locator(".code-list code").all_inner_texts()[:2]
    go_on(page.get_by_role("link", name=words["start"]))
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{local}/auth/account")
    go_on(page.get_by_role("link", name=words["show"]))
    page.get_by_label(words["again"]).fill(another)
    go_on(page.locator("main form button").first)
    page.get_by_label(words["label"]).fill("Laptop")
    page.get_by_role("button", name=words["add"]).click()
    page.get_by_text("Laptop").first.wait_for()
    check("account")
    go_on(page.get_by_role("button", name=words["out"], exact=True).first)
    log_in(page, words, email, OWN)
    check("second")
    page.get_by_role("button", name=words["use"]).click()
    page.get_by_role("heading", name=words["queue"]).wait_for()
    go_on(page.get_by_role("button", name=words["out"]).first)
    log_in(page, words, email, OWN)
    page.get_by_label(words["again"]).fill(recovery)
    go_on(page.get_by_role("button", name=words["login"]))
    page.get_by_role("heading", name=words["queue"]).wait_for()


def test_an_owner_holds_the_own_data(page, check):
    start_checkup(page, lambda name: None)
    answer_everything(page, lambda name: None)
    page.get_by_text("更多", exact=True).click()
    go_on(page.get_by_role("link", name="我的资料"))
    check("mine")
    page.get_by_role("button", name="收回").first.click()
    expect(page.get_by_text("不同意")).to_have_count(4)
    go_on(page.get_by_role("link", name="看看司法局能看到我的什么"))
    check("bureau-view")
    assert page.get_by_text("已提交").count() >= 1
    expect(page.get_by_text("王姐面馆")).to_have_count(0)
    go_on(page.get_by_role("link", name="回到我的资料"))
    go_on(page.get_by_role("link", name="打开来看"))
    check("export")
    go_on(page.get_by_role("link", name="回到我的资料"))
    go_on(page.get_by_role("button", name="English"))
    check("mine-en")
    go_on(page.get_by_role("link", name="Erase this checkup"))
    check("erase-en")
    page.get_by_role("button", name="I am sure, erase it").click()
    expect(page.get_by_text("Receipt number", exact=True)).to_be_visible()
    check("erased-en")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_firm_applies_and_the_bureau_admits_it(page, check, request, tmp_path):
    name = f"上海{abs(hash(request.node.name)) % 10**6}律师事务所"
    paper = tmp_path / "licence.pdf"
    paper.write_bytes(b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    page.goto("/join")
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("有几项要改一下")).to_be_visible()
    check("join-refused")
    for label, text in (("律所全称", name), ("执业许可证号", "31310000MD0123456X"), ("联系电话", "021-55556666"),
                        ("联系人", "申律师"), ("联系人邮箱", "shen@xin.example")):  # fmt: skip
        page.get_by_label(label, exact=label == "联系人").fill(text)
    page.get_by_label("在哪个区").select_option("310113")
    page.get_by_label("执业许可证的照片或PDF").set_input_files(paper)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("申请收到了")).to_be_visible()
    page.goto("/auth/login")
    log_in(page, WORDS["zh"], "officer@baoshan.example", PASSWORD)
    check("bureau-home")
    page.goto("/bureau/firms")
    check("bureau-firms")
    go_on(page.get_by_role("link", name=name))
    check("bureau-firm")
    go_on(page.get_by_role("link", name="逐条看标准"))
    for place in range(6):
        page.get_by_label("凭什么认定").nth(place).fill("看过原件")
        go_on(page.get_by_role("button", name="符合", exact=True).nth(place))
    go_on(page.get_by_role("link", name=f"← {name}"))
    page.get_by_label("理由").fill("材料齐全")
    page.get_by_role("button", name="准入试运行").click()
    expect(page.locator(".stage")).to_have_text("试运行")
