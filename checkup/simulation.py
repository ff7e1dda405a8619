"""Synthetic, plausible businesses and answers, deterministic by seed. Pure."""

import datetime as dt
import random
from dataclasses import dataclass

from checkup.answers import UNSURE, Value
from checkup.packs.values import Pack, Question
from checkup.routing import CheckupFacts
from tenants.business_details import BusinessDetails, parse_business
from tenants.districts import DISTRICTS

_FIRST = ("宝山", "浦东", "静安", "长宁", "徐汇", "虹桥", "曹杨", "南翔", "泗泾", "青浦")
_SECOND = ("王姐", "老李", "晨光", "福满", "阿强", "云帆", "海棠", "小满", "和顺", "启明", "䶮㛃")
_THIRD = {
    "catering": ("面馆", "小吃店", "饭店"),
    "retail": ("便利店", "服装店", "网店"),
    "industry": ("五金加工厂", "制衣厂", "食品厂"),
    "software": ("软件工作室", "科技公司"),
    "transport": ("货运部",),
    "construction": ("装饰工程公司",),
    "leasing": ("广告公司", "家政服务部"),
    "other": ("理发店", "修理铺", "培训中心"),
}
_FORMS = ("individual", "individual", "company", "company", "sole", "partnership")


@dataclass(frozen=True)
class Character:
    """How well a business is run: `care` in [0, 1], and how often its owner does not know."""

    care: float
    unsure: float


def make_details(rng: random.Random) -> BusinessDetails:
    """One business of the demo city."""
    trade = rng.choice(tuple(_THIRD))
    staff = max(0, round(rng.lognormvariate(1.6, 0.9)))
    revenue = round((staff + 1) * rng.uniform(8, 40), 1)
    return parse_business(
        {
            "name": f"上海{rng.choice(_FIRST)}{rng.choice(_SECOND)}{rng.choice(_THIRD[trade])}",
            "form": rng.choice(_FORMS),
            "trade": trade,
            "staff": str(staff),
            "revenue": str(revenue),
            "assets": str(round(revenue * rng.uniform(0.2, 1.2), 1)),
            "district": rng.choice(tuple(DISTRICTS)),
        }
    )


def make_character(rng: random.Random) -> Character:
    """From spotless to drowning."""
    return Character(care=rng.betavariate(2.2, 1.4), unsure=rng.betavariate(1, 9))


def answer(question: Question, character: Character, rng: random.Random, today: dt.date) -> Value:
    """One answer; options are written from the good state to the bad one, so care leans to the first."""
    if rng.random() < character.unsure:
        return UNSURE
    if question.kind == "number":
        low = question.minimum if question.minimum is not None else 0.0
        high = question.maximum if question.maximum is not None else low + 20
        return float(round(rng.uniform(low, min(high, low + 20))))
    if question.kind == "date":
        return (today - dt.timedelta(days=rng.randrange(1, 60))).isoformat()
    if question.kind == "yes_no":
        return "yes" if rng.random() < 0.5 else "no"
    ids = [option.id for option in question.options]
    place = min(len(ids) - 1, int(rng.betavariate(1, 1 + 3 * character.care) * len(ids)))
    return (ids[place],) if question.kind == "many" else ids[place]


def walk(
    pack: Pack,
    profile: dict[str, str | float],
    character: Character,
    rng: random.Random,
    *,
    today: dt.date,
    express: bool,
) -> dict[str, Value]:
    """Answers to every question this business meets, in the order it meets them."""
    facts, answers = CheckupFacts(pack, profile, {}), dict[str, Value]()
    for question in pack.questions:
        if (question.express or not express) and facts.on_path(question.id) is True:
            answers[question.id] = answer(question, character, rng, today)
            facts.learn(question.id, answers[question.id])
    return answers
