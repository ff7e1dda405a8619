"""Two hundred generated pairs of names, same and different; recall and precision are printed and held."""

import random

import pytest
from opencc import OpenCC
from pypinyin import lazy_pinyin

from checkup.conflicts.matching import HIT, compare
from checkup.conflicts.rules import BY_PARTNER, FREELY, WITH_REASON, Known, find_hits, what_clearing_takes
from checkup.conflicts.values import Party
from tests.telling import tell

BRANDS = (
    "永兴",
    "沪滨",
    "鑫隆",
    "百川",
    "德胜",
    "嘉禾",
    "长乐",
    "锦绣",
    "云帆",
    "瑞丰",
    "海纳",
    "同济",
    "广源",
    "顺发",
    "金桥",
    "泰和",
)
TRADES = (
    ("餐饮管理", "catering management"), ("贸易", "trading"), ("信息科技", "information technology"),
    ("物流", "logistics"), ("建筑工程", "construction engineering"), ("服装", "garment"), ("食品", "food"),
    ("文化传播", "culture media"),
)  # fmt: skip
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
CITIES = ("上海", "上海市", "北京", "苏州", "杭州市")
PEOPLE = (
    "张伟", "王芳", "李建国", "刘洋", "陈静", "杨丽娟", "赵国强", "黄晓明", "周杰", "吴秀英", "徐志远", "孙倩",
    "吕行", "曾广文", "单文", "欧阳娜", "任重", "区小红",
)  # fmt: skip
TO_TRADITIONAL = OpenCC("s2t")
FAMOUS = (
    ("中国石油化工股份有限公司", "中石化"), ("上海汽车集团股份有限公司", "上汽"), ("宝山钢铁股份有限公司", "宝钢"),
    ("上海浦东发展银行股份有限公司", "浦发"), ("中国建筑股份有限公司", "中建"), ("中国交通建设股份有限公司", "中交"),
)  # fmt: skip


def spoken(text):
    return " ".join(part.capitalize() for part in lazy_pinyin(text))


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def same_firm(rng):
    """One company, written twice."""
    city, brand, (trade, english), form = (rng.choice(x) for x in (CITIES, BRANDS, TRADES, FORMS))
    full = f"{city}{brand}{trade}{form}"
    place = city.removesuffix("市")
    written = {
        "same": f" {full[:3]} {full[3:]}",
        "brackets": f"{brand}（{place}）{trade}{form}",
        "traditional": TO_TRADITIONAL.convert(full),
        "pinyin": f"{spoken(place)} {spoken(brand)} {english.title()} Co., Ltd.",
        "pinyin whole": f"{''.join(lazy_pinyin(brand + trade))} gongsi",
        "no form": f"{brand}{trade}",
        "brand": brand,
        "other form": f"{brand}{trade}有限公司",
        "wide": wide(full),
    }
    kind = rng.choice(sorted(written))
    return kind, full, written[kind]


def same_person(rng):
    name = rng.choice(PEOPLE)
    written = {
        "same": f"{name}先生",
        "traditional": TO_TRADITIONAL.convert(name),
        "pinyin": spoken(name),
        "pinyin abroad": f"{''.join(lazy_pinyin(name[1:]))} {lazy_pinyin(name)[0]}".upper(),
        "pinyin joined": "".join(lazy_pinyin(name)),
    }
    if name.startswith("欧阳"):
        written["pinyin abroad"] = "NA OUYANG"
    kind = rng.choice(sorted(written))
    return kind, name, written[kind]


def other_firm(rng):
    """Two companies that a careless eye takes for one."""
    city, brand, (trade, _), form = (rng.choice(x) for x in (CITIES, BRANDS, TRADES, FORMS))
    other_brand = rng.choice([one for one in BRANDS if one != brand])
    other_trade = rng.choice([one for one, _ in TRADES if one != trade])
    pairs = {
        "other brand": (f"{city}{brand}{trade}{form}", f"{city}{other_brand}{trade}{form}"),
        "other trade": (f"上海{brand}{trade}{form}", f"上海{brand}{other_trade}{form}"),
        "other city": (f"上海{brand}{trade}{form}", f"成都{brand}{trade}{form}"),
        "number": (f"上海第一{trade}{form}", f"上海第二{trade}{form}"),
        "longer brand": (f"上海{brand}{trade}{form}", f"上海{brand}达{trade}{form}"),
        "one character": (f"上海{brand}{trade}{form}", f"上海{brand[0]}洋{trade}{form}"),
        "pinyin of another": (f"上海{brand}{trade}{form}", f"Shanghai {spoken(other_brand)} Co., Ltd."),
        "turned": (f"上海{brand}{trade}{form}", f"上海{brand[::-1]}{trade}{form}"),
    }
    kind = rng.choice(sorted(pairs))
    return kind, *pairs[kind]


def other_person(rng):
    name = rng.choice(PEOPLE)
    other = rng.choice([one for one in PEOPLE if one != name])
    pairs = {
        "another": (name, other),
        "same surname": (name, name[0] + rng.choice("磊婷博娟")),
        "longer": (name, name + "华"),
        "pinyin of another": (name, spoken(other)),
        "same given name": (name, "葛" + name[1:]),
    }
    kind = rng.choice(sorted(pairs))
    return kind, *pairs[kind]


def make_pairs():
    """(kind, one, other, whether they are the same): 100 that are, 100 that are not."""
    rng = random.Random(20261125)
    same = [("abbreviation", *pair) for pair in FAMOUS]
    same += [same_firm(rng) for _ in range(60)] + [same_person(rng) for _ in range(34)]
    different = [other_firm(rng) for _ in range(65)] + [other_person(rng) for _ in range(35)]
    return [(*pair, True) for pair in same] + [(*pair, False) for pair in different]


def test_same_names_are_found_and_different_ones_left_alone(capsys):
    pairs = make_pairs()
    assert len(pairs) == 200
    found = [(kind, one, other, is_same, compare(one, other)) for kind, one, other, is_same in pairs]
    missed = [pair for pair in found if pair[3] and pair[4].score < HIT]
    wrong = [pair for pair in found if not pair[3] and pair[4].score >= HIT]
    hits = sum(pair[4].score >= HIT for pair in found)
    recall, precision = 1 - len(missed) / 100, (hits - len(wrong)) / hits
    with capsys.disabled():
        tell(f"conflict names: recall {recall:.3f}, precision {precision:.3f} over {len(pairs)} pairs")
        for kind, one, other, _, likeness in (*missed, *wrong):
            tell(f"  {kind}: {one} / {other} {likeness}")
    assert recall >= 0.95
    assert precision >= 0.8


@pytest.mark.parametrize("pair", make_pairs()[::7], ids=lambda pair: pair[0])
def test_the_order_of_two_names_does_not_matter(pair):
    assert compare(pair[1], pair[2]).score == compare(pair[2], pair[1]).score


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("上海永兴餐饮管理有限公司", "永兴餐饮", "same_brand"),
        ("上海永兴餐饮管理有限公司", "上海永兴建筑工程有限公司", "other_trade"),
        ("上海永兴餐饮管理有限公司", "北京永兴餐饮管理有限公司", "other_place"),
        ("中国石油化工股份有限公司", "中石化", "abbreviation"),
        ("王芳", "王芳面馆", "bears_name"),
        ("张伟", "张炜", "sounds_same"),
        ("单文", "Shan Wen", "pinyin"),
    ],
)
def test_each_likeness_says_why(one, other, reason):
    assert compare(one, other).reason == reason


COUNTERPARTY, BUSINESS = Party("counterparty", "永兴餐饮"), Party("business", "上海永兴餐饮管理有限公司")


@pytest.mark.parametrize(
    ("party", "side", "takes"),
    [
        (COUNTERPARTY, "client", BY_PARTNER),
        (COUNTERPARTY, "adverse", FREELY),
        (BUSINESS, "adverse", BY_PARTNER),
        (BUSINESS, "client", FREELY),
    ],
)
def test_only_the_other_side_of_a_client_or_an_opponent_is_a_conflict(party, side, takes):
    assert what_clearing_takes([party], find_hits([party], [Known("永兴餐饮管理", side)])) == takes


def test_a_likely_name_can_be_cleared_with_a_reason():
    parties = [Party("counterparty", "张炜")]
    hits = find_hits(parties, [Known("张伟", "client")])
    assert (hits[0].level, what_clearing_takes(parties, hits)) == ("likely", WITH_REASON)


def test_the_same_credit_code_is_the_same_business_whatever_its_name():
    known = [Known("旧名字贸易有限公司", "adverse", credit_code="91310113MA1GK00000")]
    assert find_hits([BUSINESS], known, credit_code="91310113ma1gk00000")[0].reason == "same_code"
