"""Synthetic, plausible businesses and answers, deterministic by seed. Pure."""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass

from checkup.packs.answers import UNSURE, Value
from checkup.packs.conditions import Facts, Truth, compile_condition, refs
from checkup.packs.values import Pack, Question, Risk
from checkup.scoring.routing import CheckupFacts
from tenants.business_details import BusinessDetails, describe
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
_SHARE = {  # rough shares of the city's small businesses, in percent
    "retail": 32,
    "catering": 14,
    "leasing": 14,
    "software": 12,
    "other": 12,
    "industry": 8,
    "construction": 5,
    "transport": 3,
}
NONE = "none"
_DROWNING, _ALONE = 0.06, 0.3
_NEUTRAL, _QUIET, _COMMON_HARM = 0.13, 0.85, 3.0
_FORMS = ("individual", "individual", "company", "company", "sole", "partnership")


@dataclass(frozen=True)
class Character:
    """How well a business is run: `care` in [0, 1], and how often its owner does not know."""

    care: float
    unsure: float


def make_details(rng: random.Random) -> BusinessDetails:
    """One business of the demo city."""
    trade = rng.choices(tuple(_SHARE), tuple(_SHARE.values()))[0]
    staff = 0 if rng.random() < _ALONE else max(1, round(rng.lognormvariate(1.6, 0.9)))
    revenue = round((staff + 1) * rng.uniform(8, 40), 1)
    return describe(
        name=f"上海{rng.choice(_FIRST)}{rng.choice(_SECOND)}{rng.choice(_THIRD[trade])}",
        form=rng.choice(_FORMS),
        trade=trade,
        staff=staff,
        revenue=revenue,
        assets=round(revenue * rng.uniform(0.2, 1.2), 1),
        district=rng.choice(tuple(DISTRICTS)),
    )


def make_character(rng: random.Random) -> Character:
    """From spotless to drowning."""
    is_drowning = rng.random() < _DROWNING
    care = rng.uniform(0, 0.15) if is_drowning else rng.betavariate(3, 1.4)
    return Character(care=care, unsure=rng.betavariate(1, 9))


def answer(pack: Pack, question: Question, character: Character, rng: random.Random, today: dt.date) -> Value:
    """One answer: care leans to the options that the pack's risks hold for good, the rest is chance."""
    if rng.random() < character.unsure:
        return UNSURE
    if question.kind == "number":
        low = question.minimum if question.minimum is not None else 0.0
        high = question.maximum if question.maximum is not None else low + 20
        return float(round(rng.uniform(low, min(high, low + 20))))
    if question.kind == "date":
        return (today - dt.timedelta(days=rng.randrange(1, 60))).isoformat()
    harm = _harms(pack)[question.id]
    if question.kind == "many":
        return _pick_many(question, harm, character, rng)
    if len(set(harm.values())) == 1:
        return _plain_fact(question, rng)
    return rng.choices(list(harm), _leanings(harm, character))[0]


def _leanings(harm: Mapping[str, float], character: Character) -> list[float]:
    """How much each option draws: the first harmless one is everyday life, other harmless ones are rare."""
    least = min(harm.values())
    first = next(one for one in harm if harm[one] == least)
    worse = sum(harm[one] > least for one in harm)
    return [
        1.0 if one == first else _NEUTRAL if harm[one] == least else _slip(character, harm[one] - least) / worse
        for one in harm
    ]


def _plain_fact(question: Question, rng: random.Random) -> str:
    """A fact that does no harm by itself: mostly the quiet one, which is written first, and "no"."""
    ids = [option.id for option in question.options] or ["no", "yes"]
    return ids[0] if rng.random() < _QUIET else rng.choice(ids)


def _pick_many(question: Question, harm: Mapping[str, float], character: Character, rng: random.Random) -> Value:
    def is_chosen(option: str) -> bool:
        if harm[option] == 0:
            return rng.random() < _NEUTRAL
        is_slip = rng.random() < _slip(character, abs(harm[option]))
        return is_slip if harm[option] > 0 else not is_slip

    chosen = tuple(o.id for o in question.options if o.id != NONE and is_chosen(o.id))
    return chosen or ((NONE,) if NONE in harm else (question.options[0].id,))


def _slip(character: Character, harm: float) -> float:
    """How likely a bad state is: rarer with care, and rarer the graver it is."""
    return float((1 - character.care) ** (1 + harm / _COMMON_HARM))


_HARMS: dict[str, dict[str, dict[str, float]]] = {}


def _harms(pack: Pack) -> dict[str, dict[str, float]]:
    """Question → option → how much weight × likelihood choosing it brings, all else unknown."""
    if pack.hash not in _HARMS:
        _HARMS[pack.hash] = {q.id: _question_harms(pack, q) for q in pack.questions}
    return _HARMS[pack.hash]


def _question_harms(pack: Pack, question: Question) -> dict[str, float]:
    ids = [o.id for o in question.options] or ["yes", "no"]
    rated = [risk for risk in pack.risks if any(question.id in refs(case.when) for case in risk.cases)]
    if question.kind != "many":
        return {one: sum(_harm(risk, question.id, one) for risk in rated) for one in ids}
    nothing = sum(_harm(risk, question.id, ()) for risk in rated)
    return {one: round(sum(_harm(risk, question.id, (one,)) for risk in rated) - nothing, 6) for one in ids}


@dataclass(frozen=True)
class _OneFact(Facts):
    """Facts in which a single question is answered and everything else is unknown."""

    ref: str
    given: Value

    def on_path(self, ref: str) -> Truth:
        return True

    def value(self, ref: str) -> Value | None:
        return self.given if ref == self.ref else None


def _harm(risk: Risk, ref: str, value: Value) -> float:
    noted, facts = list[float](), _OneFact(ref, value)
    for case in risk.cases:
        truth = compile_condition(case.when)(facts)
        if truth is not False:
            noted.append(case.is_)
        if truth is True:
            break
    else:
        noted.append(risk.otherwise)
    return risk.weight * (min(noted) + max(noted)) / 2


def walk(
    pack: Pack,
    profile: Mapping[str, str | float],
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
            answers[question.id] = answer(pack, question, character, rng, today)
            facts.learn(question.id, answers[question.id])
    return answers
