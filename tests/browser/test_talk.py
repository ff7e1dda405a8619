"""An owner answers her lawyer's question by text and photo, from a phone, also where no script runs."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from checkup.correspondence.messages import ask_owner
from demo.city import PASSWORD
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import lawyer_scope, make_case
from tests.screens import go_on, hold_case

pytestmark = pytest.mark.browser
QUESTION = "和六位员工都签过纸面合同吗？拍一张发来。"


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(request, chromium, site):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=site, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def asked(settings, app, site, phone):
    """(phone, case) of an owner whose lawyer has asked something; the phone holds her session."""
    case = make_case(settings, "in_review")
    with unit_of_work(lawyer_scope(case)) as session:
        ask_owner(
            session, checkup_id=case.checkup_id, risk=None, text=QUESTION, lawyer_id=case.lawyer_id,
            lawyer_name="陈晓", keys=settings.keyring(), now=now(),
        )  # fmt: skip
    hold_case(phone, app, site, case)
    return phone, case


@pytest.fixture
def photo(tmp_path):
    """A photo of more than the size that forms may have, as phones make them."""
    file, made = tmp_path / "合同.jpg", io.BytesIO()
    Image.effect_noise((2000, 1500), 60).convert("RGB").save(made, "JPEG", quality=92)
    file.write_bytes(made.getvalue())
    assert file.stat().st_size > 512 * 1024
    return file


def test_an_owner_answers_by_text_and_photo(asked, photo):
    phone, case = asked
    phone.goto(f"/checkup/{case.checkup_id}/result")
    phone.get_by_role("link", name="去回答律师").click()
    expect(phone.get_by_text("复核的期限停着")).to_be_visible()
    phone.get_by_role("button", name="发给律师").click()
    expect(phone.get_by_role("alert")).to_have_text("请填写这一项。")
    phone.get_by_label("您的回答").fill("签了三个。")
    phone.get_by_label("照片或PDF").set_input_files(photo)
    phone.get_by_role("button", name="发给律师").click()
    expect(phone.get_by_text("签了三个。")).to_be_visible()
    expect(phone.get_by_text("合同.jpg")).to_be_visible()
    expect(phone.get_by_text("等律师：正在看")).to_be_visible()


def test_what_is_no_photo_is_refused_and_the_words_stay(asked, tmp_path):
    phone, case = asked
    file = tmp_path / "合同.jpg"
    file.write_bytes(b"MZ not a picture")
    phone.goto(f"/checkup/{case.checkup_id}/messages")
    phone.get_by_label("您的回答").fill("签了三个，照片在这里。")
    phone.get_by_label("照片或PDF").set_input_files(file)
    phone.get_by_role("button", name="发给律师").click()
    expect(phone.get_by_role("alert")).to_contain_text("只收照片")
    assert phone.get_by_label("您的回答").input_value() == "签了三个，照片在这里。"


def test_the_lawyers_side_and_the_status_page(page, check, settings):
    case = make_case(settings, "in_review", lawyer=1)
    page.goto("/auth/login")
    page.get_by_label("邮箱").fill("lawyer1@hubin.example")
    page.get_by_label("密码").fill(PASSWORD)
    go_on(page.get_by_role("button", name="登录"))
    page.goto(f"/lawyer/checkups/{case.checkup_id}/messages")
    check("lawyer-messages")
    page.get_by_label("用大白话").fill(QUESTION)
    page.get_by_role("button", name="问业主").click()
    expect(page.get_by_text("等业主：回答问题")).to_be_visible()
    assert page.get_by_label("用大白话").input_value() == ""
    page.goto(f"/lawyer/checkups/{case.checkup_id}/letter")
    check("lawyer-letter")
    page.goto("/status")
    check("status")
