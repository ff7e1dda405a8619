"""A poster's lines stay on their paper, whatever somebody called the campaign."""

from dataclasses import replace

import pytest

from bureau.gatherings.making import MOST_ABOUT, MOST_NAME, MOST_PLACE
from tenants.campaigns.kit_rules import SIZES, WIDE, Said, lay_out, width_of, wrap

LONG = "上海市宝山区友谊路街道电子商务与网络直播产业园区运营管理有限公司"
SAID = Said(
    brand="法脉 Famai", title=LONG, lead="免费法治体检", purpose=LONG * 2, promises=("免费", LONG, LONG),
    scan="扫码开始",
    typed="或者打开网址，输入", address="famai.example.gov.cn/c", code="7K3 M9P", help="不会用手机？打12348",
    hosts=f"{LONG} · {LONG}", until="到2026年12月31日为止", place="一楼大厅",
)  # fmt: skip

# A gathering whose maker has used every letter that she may.
EVENT = replace(
    SAID, title="W" * MOST_NAME, purpose="讲租约。" * (MOST_ABOUT // 4), promises=("免费，不推销", "报名不用写名字"),
    facts=("12月5日（周六）14:00–16:00", f"宝山区 · {'友' * MOST_PLACE}"),
)  # fmt: skip
EVERY = [*((SAID, size) for size in SIZES), (EVENT, "a4"), (replace(EVENT, title="租" * MOST_NAME), "a4")]


@pytest.mark.parametrize(("said", "size"), EVERY)
def test_every_line_stays_on_the_paper(said, size):
    sheet = lay_out(said, SIZES[size])
    for line in sheet.lines:
        left = line.x if line.anchor == "start" else line.x - width_of(line.text, line.size)
        assert left >= 10
        assert left + width_of(line.text, line.size) <= WIDE - 8, line
        assert line.y <= sheet.size.high


@pytest.mark.parametrize(("said", "size"), EVERY)
def test_nothing_is_printed_over_the_square(said, size):
    sheet = lay_out(said, SIZES[size])
    above = [line.y for line in sheet.lines if line.x < sheet.qr_x + sheet.qr and line.y < sheet.rule]
    assert max(above) <= sheet.qr_y + 1


def test_a_sign_stays_with_what_it_ends():
    assert all(row[0] not in "，。" for row in wrap("主播合同，退货，广告用语。" * 5, 10, 90))


def test_english_is_broken_between_words():
    assert wrap("terms of streamers and shops", 10, 84) == ["terms of", "streamers and", "shops"]


def test_the_day_of_a_gathering_stands_on_one_line_and_is_larger_than_its_place():
    day, place = (
        next(line for line in lay_out(EVENT, SIZES["a4"]).lines if line.text.startswith(start))
        for start in ("12月5日（周六）14:00", "宝山区")
    )
    assert day.size > place.size
