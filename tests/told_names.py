"""What owners write into the field of names, by two authors: each with the name of the firm's list that is meant.

The first author's lists are made of parts, the second's are rows written by hand whose names are swapped for others.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin

from tests.places import ROOT

BRANDS = (
    *("永兴", "沪滨", "鑫隆", "百川", "德胜", "嘉禾", "锦绣", "云帆", "瑞丰", "海纳", "广源", "顺发", "泰和"),
    *("金和", "和顺", "同心", "及时雨", "老字号", "一品香"),
)
TRADES = ("餐饮管理", "贸易", "信息科技", "物流", "建筑工程", "服装", "食品", "物业管理", "装饰工程", "商贸")
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
PLACES = ("上海", "上海市", "苏州", "杭州市", "北京")
SURNAMES = (
    "张王李刘陈杨赵黄周吴徐孙马朱胡林郭何罗高郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志晓春梅兰文斌辉鹏飞宇浩然欣怡子轩和月新天年友多同"
ROLES = ("房东", "供货商", "员工", "担保人", "债主", "中介", "前员工", "经销商", "原告", "被告", "甲方")
BETWEEN = ("，", ",", "、", "；", ";", "/", "／", "\n", "\r\n", "|", "。", "，\n", " ", "　", "和", "与", "及", "以及")
AMOUNTS = ("3万", "12.5万元", "30000元", "5000块", "１０万", "¥8,000")
PHONES = ("13800138000", "138-0013-8000", "021-62345678", "+86 13800138000")
STORIES = ("欠款{a}", "欠我{a}", "货款{a}没付", "租金纠纷", "劳动仲裁", "合同纠纷", "拖欠工资{a}")
BARE = 0.4  # of the names in a list that stand without a word around them
_LONGEST_PERSON = 4
CODE = "9144030071526726XG"
SECOND = yaml.safe_load((ROOT / "tests" / "golden_told_names_second.yaml").read_text(encoding="utf-8"))
_TO_TRADITIONAL = OpenCC("s2t")


def firm(rng: random.Random) -> str:
    return rng.choice(PLACES) + rng.choice(BRANDS) + rng.choice(TRADES) + rng.choice(FORMS)


def person(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def _wide(text: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def _written(rng: random.Random, name: str, is_person: bool) -> str:
    """The name as this owner writes it."""
    ways = [name] * 6 + [_TO_TRADITIONAL.convert(name)]
    if not is_person:
        ways += [f"“{name}”", name.replace("有限责任公司", "有限公司")]
    return rng.choice(ways)


def _entry(rng: random.Random, name: str, is_person: bool) -> str:
    """The name with what people write around it."""
    written, role, amount = _written(rng, name, is_person), rng.choice(ROLES), rng.choice(AMOUNTS)
    story, phone, other = rng.choice(STORIES).format(a=amount), rng.choice(PHONES), person(rng)
    around = ["{}"] * 4 + [f"{role}：{{}}", f"{role}:{{}}", f"{role}{{}}", f"{{}}（{role}）", f"{{}}({role})", "{}等人"]
    around += [f"{{}} {phone}", f"{{}}（电话{phone}）", f"{role}：{{}}，电话：{phone}"]
    around += [f"{{}} {story}", f"{{}}{story}", f"{{}}（{story}）", "和{}有合同纠纷", f"欠{{}}{amount}"]
    if not is_person:
        around += [f"{{}}（法人{other}）", f"{{}}（法定代表人：{other}）", f"{{}}(老板{other} {phone})"]
        around += [f"{{}} {CODE}", f"{{}}（统一社会信用代码：{CODE}）"]
    return rng.choice(around).format(written)


def _number(rng: random.Random, entries: list[str]) -> str:
    marks = rng.choice(("{n}、", "{n}.", "（{n}）", "({n}) ", "{n}．", "- ", "{c}"))
    lines = [marks.format(n=n, c=chr(0x2460 + n - 1)) + entry for n, entry in enumerate(entries, 1)]
    return rng.choice(("\n", " ", "；")).join(lines)


def make_told(seed: int, many: int) -> Iterator[tuple[str, str]]:
    """(What an owner wrote, a name of the firm's list that is one of those she means)."""
    rng = random.Random(seed)
    for _ in range(many):
        kinds = [rng.random() < 0.6 for _ in range(rng.choice((1, 1, 2, 2, 3)))]
        names = [person(rng) if is_person else firm(rng) for is_person in kinds]
        if len(names) > 1 and rng.random() < 0.2:
            told = _number(rng, [_entry(rng, name, kind) for name, kind in zip(names, kinds, strict=True)])
        elif rng.random() < 0.1 and all(kinds):
            told = " and ".join(" ".join(part.capitalize() for part in lazy_pinyin(name)) for name in names)
        else:
            is_bare = [rng.random() < 0.4 for _ in names]
            entries = [
                name if bare else _entry(rng, name, kind)
                for name, kind, bare in zip(names, kinds, is_bare, strict=True)
            ]
            told = entries[0]
            for before, entry in pairwise(entries):
                weak = before in names and entry in names
                told += rng.choice(BETWEEN if weak else BETWEEN[:12]) + entry
        told = _wide(told) if rng.random() < 0.1 else told
        yield told, rng.choice(names)


def make_told_second(seed: int, many: int) -> Iterator[tuple[str, str]]:
    """As `make_told`, by the second author."""
    rng, rows = random.Random(seed), [row for row in SECOND if row["means"]]
    for _ in range(many):
        told, means = _swapped(rng, rng.choice(rows))
        yield told, rng.choice(means)


def _swapped(rng: random.Random, row: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """The row with other names where they stand in it letter by letter."""
    told, means = str(row["told"]), list(row["means"])
    for place, name in enumerate(means):
        if name in told:
            means[place] = person(rng) if len(name) <= _LONGEST_PERSON else firm(rng)
            told = told.replace(name, means[place])
    return told, means
