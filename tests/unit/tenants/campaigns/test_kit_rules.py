"""A poster's lines stay on their paper, whatever somebody called the campaign."""

import pytest

from tenants.campaigns.kit_rules import SIZES, WIDE, Said, lay_out, width_of, wrap

LONG = "上海市宝山区友谊路街道电子商务与网络直播产业园区运营管理有限公司"
SAID = Said(
    brand="法脉 Famai", title=LONG, lead="免费法治体检", purpose=LONG * 2, promises=("免费", LONG, LONG),
    scan="扫码开始",
    typed="或者打开网址，输入", address="famai.example.gov.cn/c", code="7K3 M9P", help="不会用手机？打12348",
    hosts=f"{LONG} · {LONG}", until="到2026年12月31日为止", place="一楼大厅",
)  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_every_line_stays_on_the_paper(size):
    sheet = lay_out(SAID, SIZES[size])
    for line in sheet.lines:
        left = line.x if line.anchor == "start" else line.x - width_of(line.text, line.size)
        assert left >= 10
        assert left + width_of(line.text, line.size) <= WIDE - 8, line
        assert line.y <= sheet.size.high


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_printed_over_the_square(size):
    sheet = lay_out(SAID, SIZES[size])
    above = [line.y for line in sheet.lines if line.x < sheet.qr_x + sheet.qr and line.y < sheet.rule]
    assert max(above) <= sheet.qr_y + 1


def test_a_sign_stays_with_what_it_ends():
    assert all(row[0] not in "，。" for row in wrap("主播合同，退货，广告用语。" * 5, 10, 90))


def test_english_is_broken_between_words():
    assert wrap("terms of streamers and shops", 10, 84) == ["terms of", "streamers and", "shops"]
