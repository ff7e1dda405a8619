"""Words for partners and campaigns."""

from collections.abc import Sequence

from flask import Flask

from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Question
from tenants.campaigns.screens import CHOICE, FIRST, LANDING, RESULT
from tenants.parks.kinds import KINDS
from webapp.edge.i18n import names_of, pick
from webapp.edge.i18n import translate as _

CAMPAIGN_STATES = {"drafted": "草稿", "running": "进行中", "ended": "结束了", "dropped": "不做了"}
# What hangs on a wall: short, and true of everybody who reads it.
KIT = {
    "brand": "法脉 Famai", "lead": "免费法治体检", "free": "免费，约5分钟", "unseen": "市场监管、税务看不到您的回答",
    "counted": "{partner}只知道一共多少家", "chosen": "请不请律师、请哪家，您自己定",
    "scan": "扫码开始", "typed": "或者打开网址，输入",
    "help": "不会用手机？打12348", "until": "到{day}为止",
}  # fmt: skip
SCREENS = {LANDING: "海报的页面", FIRST: "第一题", RESULT: "结果", CHOICE: "选律所"}
KIT_SIZES = {"a4": "A4海报", "a6": "A6桌卡", "roll-up": "易拉宝（85×200厘米）"}
STAGES = {
    "scans": "扫码", "started": "开始做", "finished": "做完", "lawyer": "请了律师", "signed": "拿到签字报告",
    "fixed": "办好了事",
}  # fmt: skip
CAMPAIGN_MOVES = {"open": "开始", "drop": "不做了", "end": "提前结束"}


def partner_kind(kind: str) -> str:
    return pick(dict(KINDS[kind])) if kind in KINDS else kind


def screen_name(screen: str) -> str:
    """What is on it: a question by its words."""
    if screen in SCREENS:
        return _(SCREENS[screen])
    found = _questions().get(screen)
    return screen if found is None else pick(found[1].text)


def screen_place(screen: str) -> tuple[int, int]:
    """Where owners meet it: landing and beginning, questions as the pack asks them, result, choice of a firm."""
    if screen in SCREENS:
        return (0 if screen in (LANDING, FIRST) else 2, list(SCREENS).index(screen))
    found = _questions().get(screen)
    return (1, len(_questions()) if found is None else found[0])


def screen_rows(*months: Sequence[tuple[str, int]]) -> list[tuple[str, list[int | None]]]:
    """Each screen that one of the months tells, in the order in which owners meet it, and how often in each month."""
    counts = [dict(one) for one in months]
    told = sorted({screen for one in counts for screen in one}, key=screen_place)
    return [(screen_name(screen), [one.get(screen) for one in counts]) for screen in told]


def _questions() -> dict[str, tuple[int, Question]]:
    return {one.id: (number, one) for number, one in enumerate(get_pack(PACK).questions)}


def init_app(app: Flask) -> None:
    app.jinja_env.filters["partner_kind"] = partner_kind
    app.jinja_env.filters["campaign_state"] = names_of(CAMPAIGN_STATES)
    app.jinja_env.filters.update(kit_size=names_of(KIT_SIZES), stage_name=names_of(STAGES))
    app.jinja_env.filters["campaign_move"] = names_of(CAMPAIGN_MOVES)
