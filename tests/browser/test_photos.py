"""Photos over a line that is lost in between, in a real Chromium: nothing that was chosen or written is lost."""

import io
import os
import shutil

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import expect

from tenants.uploads import MOST_BYTES
from tests.factories import make_case
from tests.screens import go_on, hold_case

pytestmark = pytest.mark.browser
WORDS = "冰箱后面、后门、灶台、仓库、招牌，一共五张。"
PHONE = {"width": 390, "height": 844}
LARGE = 18 * 1024 * 1024


@pytest.fixture
def writing(page, settings, app, site):
    """(page, case): an owner is about to write to her lawyer."""
    case = make_case(settings, "in_review")
    hold_case(page, app, site, case)
    page.goto(f"/checkup/{case.checkup_id}/messages")
    page.get_by_label("您想说的").fill(WORDS)
    return page, case


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    """Five photos of some twenty megabytes, as the newest phones make them."""
    folder, made = tmp_path_factory.mktemp("photos"), io.BytesIO()
    Image.effect_noise((4900, 3700), 60).convert("RGB").save(made, "JPEG", quality=97)
    assert LARGE < len(made.getvalue()) < MOST_BYTES
    (folder / "照片1.jpg").write_bytes(made.getvalue())
    for number in range(2, 6):
        shutil.copy(folder / "照片1.jpg", folder / f"照片{number}.jpg")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def heic(tmp_path_factory):
    """A photo that Chromium cannot draw, so that it goes as it is, in several parts."""
    file = tmp_path_factory.mktemp("heic") / "苹果.heic"
    pillow_heif.from_pillow(Image.effect_noise((1600, 1200), 60).convert("RGB")).save(file, quality=90)
    return file


def choose(page, files):
    page.get_by_label("照片或PDF").set_input_files(files)


def cut_the_line(page, on):
    page.context.set_offline(on)


def lose_the_line_at(page, part):
    """The line is lost as this part of a file is on its way, however fast the parts before it went."""

    def lost(route):
        cut_the_line(page, on=True)
        route.abort("internetdisconnected")

    page.route(f"**/uploads/{part}", lost, times=1)


def sent_files(page):
    return page.locator(".sent input[type=hidden]")


def test_five_large_photos_arrive_though_the_line_is_lost_and_she_has_pressed_send(writing, five, check):
    page, case = writing
    lose_the_line_at(page, 1)
    choose(page, five)
    expect(page.get_by_text("没有网，连上了接着传")).to_be_visible()
    check("photos-offline")
    page.get_by_role("button", name="发送").click()
    assert page.get_by_label("您想说的").input_value() == WORDS
    cut_the_line(page, on=False)
    expect(page.get_by_text("照片5.jpg")).to_be_visible(timeout=120_000)
    page.wait_for_url(f"**/checkup/{case.checkup_id}/messages#end", timeout=120_000)
    expect(page.get_by_text(WORDS)).to_be_visible()
    for file in five:
        expect(page.get_by_role("link", name=file.name)).to_be_visible()


def test_a_photo_that_goes_as_it_is_goes_on_from_the_part_where_the_line_was_lost(writing, heic):
    page, _case = writing
    numbers = []
    page.on("requestfinished", lambda request: request.method == "PUT" and numbers.append(request.url.split("/")[-1]))
    lose_the_line_at(page, 2)
    choose(page, heic)
    expect(page.get_by_text("没有网，连上了接着传")).to_be_visible()
    cut_the_line(page, on=False)
    expect(sent_files(page)).to_have_count(1)
    assert numbers == [str(part) for part in range(len(numbers))]
    go_on(page.get_by_role("button", name="发送"))
    expect(page.get_by_role("link", name=heic.name)).to_be_visible()


def test_what_was_written_waits_for_the_line_on_its_page(writing):
    page, _case = writing
    cut_the_line(page, on=True)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("连上了马上发")).to_be_visible()
    with page.expect_navigation():
        cut_the_line(page, on=False)
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_a_page_that_the_phone_closed_has_its_photos_again(writing, heic):
    page, _case = writing
    choose(page, heic)
    expect(sent_files(page)).to_have_count(1)
    page.reload()
    expect(sent_files(page)).to_have_count(1)
    assert page.get_by_label("您想说的").input_value() == WORDS
    go_on(page.get_by_role("button", name="发送"))
    expect(sent_files(page)).to_have_count(0)


def test_a_photo_is_taken_out_again_and_the_refused_form_has_the_others(writing, heic, tmp_path, check):
    page, _case = writing
    (tmp_path / "笔记.jpg").write_bytes(b"no picture at all")
    choose(page, [heic, tmp_path / "笔记.jpg"])
    expect(sent_files(page)).to_have_count(2)
    go_on(page.get_by_role("button", name="发送"))
    expect(page.get_by_role("alert")).to_contain_text("笔记.jpg：只收照片")
    expect(sent_files(page)).to_have_count(1)
    check("photos-refused")
    page.get_by_role("button", name="不放了").click()
    expect(sent_files(page)).to_have_count(0)


def test_a_file_that_is_too_large_says_so_at_once(writing, tmp_path):
    page, _case = writing
    (tmp_path / "录像.pdf").write_bytes(b"%PDF-1.4" + b"0" * MOST_BYTES)
    choose(page, tmp_path / "录像.pdf")
    expect(page.get_by_text("最多20兆")).to_be_visible()
    expect(sent_files(page)).to_have_count(0)


def test_where_the_door_takes_no_parts_a_photo_goes_with_its_form(writing, heic):
    page, _case = writing
    page.route("**/uploads", lambda route: route.fulfill(status=409))
    choose(page, heic)
    expect(page.locator(".sent li")).to_have_count(0)
    go_on(page.get_by_role("button", name="发送"))
    expect(page.get_by_role("link", name=heic.name)).to_be_visible()


def test_without_a_script_a_refused_message_has_its_photo_and_sends_it(settings, app, site, chromium, heic):
    case = make_case(settings, "in_review")
    context = chromium.new_context(java_script_enabled=False, viewport=PHONE, base_url=site, locale="zh-CN")
    page = context.new_page()
    hold_case(page, app, site, case)
    page.goto(f"/checkup/{case.checkup_id}/messages")
    page.get_by_label("您想说的").fill("字" * 9_000)
    choose(page, heic)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("已经收好")).to_be_visible()
    if shots := os.environ.get("FAMAI_SCREENSHOTS"):
        page.screenshot(path=f"{shots}/photos-kept-no-script.png", full_page=True)
    expect(page.get_by_role("checkbox", name=heic.name)).to_be_checked()
    page.get_by_label("您想说的").fill(WORDS)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("link", name=heic.name)).to_be_visible()
    context.close()
