import math

import pytest

from checkup.prefill.licence_lines import Line, read_licence
from checkup.prefill.values import Found, district_in, form_of, iso_day
from tests.licences import make_licence

CODE = make_licence(0).code
SHEET = (
    ("营业执照", 500, 100),
    ("统一社会信用代码", 100, 200),
    (CODE, 100, 240),
    ("名称", 100, 320),
    ("上海老巷面馆", 260, 320),
    ("类型", 100, 400),
    ("个体工商户", 260, 400),
    ("经营者", 100, 480),
    ("王小明", 260, 480),
    ("注册日期", 700, 320),
    ("2019年03月08日", 860, 320),
    ("经营场所", 700, 400),
    ("上海市杨浦区控江路12号", 860, 400),
    ("底层甲", 860, 445),
    ("登记机关", 700, 700),
    ("2025年06月19日", 860, 740),
)
HEIGHT, WIDTH = 30, 28


def lines(sheet=SHEET, *, tilt=0.0):
    cos, sin = math.cos(tilt), math.sin(tilt)

    def turned(x, y):
        return (x * cos - y * sin, x * sin + y * cos)

    def line(text, left, top):
        right, low = left + WIDTH * len(text), top + HEIGHT
        return Line(text, (turned(left, top), turned(right, top), turned(right, low), turned(left, low)))

    return [line(*one) for one in sheet]


def replaced(old, *new):
    return tuple(one for kept in SHEET for one in (new if kept[0] == old else (kept,)))


@pytest.mark.parametrize("tilt", [0.0, 0.15, -0.15])
def test_a_sheet_is_read_as_it_lies(tilt):
    assert read_licence(lines(tilt=tilt)) == Found(
        name="上海老巷面馆",
        credit_code=CODE,
        form="individual",
        district="310110",
        address="上海市杨浦区控江路12号底层甲",
        registered_on="2019-03-08",
    )


def test_a_code_with_a_wrong_sign_is_said_to_be_doubtful():
    wrong = CODE[:-1] + ("1" if CODE[-1] != "1" else "2")
    found = read_licence(lines(replaced(CODE, (wrong, 100, 240))))
    assert (found.credit_code, found.doubtful_code) == ("", wrong)


def test_of_two_right_codes_neither_counts():
    assert read_licence(lines(), [f"https://example.cn/?code={make_licence(1).code}"]).credit_code == ""


def test_a_code_that_light_has_hidden_is_read_from_the_square():
    assert read_licence(lines(replaced(CODE)), [f"统一社会信用代码：{CODE}；名称：老巷"]).credit_code == CODE


def test_a_value_on_the_line_of_its_label_is_read():
    joined = replaced("名称", ("名称：上海老巷面馆", 100, 320))
    assert read_licence(lines([one for one in joined if one[0] != "上海老巷面馆"])).name == "上海老巷面馆"


@pytest.mark.parametrize("seen", [(("名", 100, 320), ("称", 170, 320)), (("称", 170, 320),), (("名", 100, 320),)])
def test_a_label_set_wide_is_known_by_its_halves(seen):
    assert read_licence(lines(replaced("名称", *seen))).name == "上海老巷面馆"


def test_a_name_whose_label_is_lost_is_found_over_the_kind():
    assert read_licence(lines(replaced("名称"))).name == "上海老巷面馆"


def without(*texts, sheet=SHEET):
    return tuple(one for one in sheet if one[0] not in texts)


def test_a_kind_whose_label_is_lost_is_told_by_its_own_words():
    found = read_licence(lines((*without("类型", "个体工商户"), ("个人独资企业", 260, 400))))
    assert (found.name, found.form) == ("上海老巷面馆", "sole")


def test_an_address_whose_label_is_lost_is_told_by_its_own_words():
    found = read_licence(lines(without("经营场所")))
    assert (found.district, found.address) == ("310110", "上海市杨浦区控江路12号底层甲")


@pytest.mark.parametrize("name", ["上海市杨浦区老巷面馆", "上海老巷有限责任公司", "上海市静安区8号餐厅"])
def test_a_name_is_not_taken_for_a_field_whose_label_is_lost(name):
    sheet = replaced("上海老巷面馆", (name, 260, 320))
    assert read_licence(lines(without("经营场所", sheet=sheet))).name == name


def test_a_mark_seen_inside_a_label_does_not_hide_it():
    sheet = replaced("类型", ("类☑型个体工商户", 100, 400))
    found = read_licence(lines(without("个体工商户", sheet=sheet)))
    assert (found.name, found.form) == ("上海老巷面馆", "individual")


def test_an_empty_field_does_not_take_its_neighbours_label():
    assert read_licence(lines(without("上海老巷面馆"))).name == ""


def test_a_code_and_an_address_without_a_title_and_a_label_are_no_licence():
    assert read_licence(lines(((CODE, 100, 240), ("上海市杨浦区控江路12号", 860, 400)))) is None


@pytest.mark.parametrize(
    "menu",
    [
        (),
        (("牛肉面 18元", 100, 100), ("名称", 100, 200), ("大排面", 260, 200)),
        (("   ", 10, 10),),
        ((CODE, 100, 100),),
    ],
)
def test_a_photo_of_something_else_is_no_licence(menu):
    assert read_licence(lines(menu)) is None


def test_the_number_of_an_identity_card_is_no_code_of_hers():
    card = "11010519491231002X"
    found = read_licence(lines(replaced(CODE, (card, 100, 240))))
    assert found.credit_code == ""
    assert found.doubtful_code == ""


@pytest.mark.parametrize(
    ("kind", "code", "form"),
    [
        ("有限责任公司（自然人独资）", "", "company"),
        ("个人独资企业", "", "sole"),
        ("普通合伙企业", "", "partnership"),
        ("个体工商户", "91", "individual"),
        ("", "92310110MA1", "individual"),
        ("", "91310110MA1", ""),
    ],
)
def test_a_form_follows_the_registers_words(kind, code, form):
    assert form_of(kind, code) == form


def test_days_and_districts_are_read_or_nothing():
    assert (iso_day("二〇一九年"), iso_day("2019年13月08日"), iso_day("2019-3-8")) == ("", "", "2019-03-08")
    assert (district_in("江苏省昆山市"), district_in("上海市浦东新区张江路1号")) == ("", "310115")
