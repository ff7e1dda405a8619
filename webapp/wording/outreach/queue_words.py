"""Words for a station's queue: what its square says on paper, why no number is given, what to do then."""

import datetime as dt

from flask import Flask

from tenants.clock import CITY
from tenants.stations import queue_rules as rules
from webapp.edge.i18n import names_of

PAPER = {
    "brand": "法脉 Famai", "lead": "叫号", "purpose": "扫码取号，坐着等，手机上看前面还有几位。",
    "free": "免费，不推销", "nameless": "不用写名字，不留手机号", "by_hand": "没带手机？跟服务专员说一声，给您一个号",
    "scan": "扫码取号", "typed": "或者在浏览器里打开", "help": "问法律上的事，打12348", "today": "号只当天有效",
}  # fmt: skip
REFUSED = {
    rules.RESTS: "这里现在不办了",
    rules.CLOSED: "现在不发号",
    rules.FULL: "今天手机取的号发完了",
    rules.ENOUGH: "今天这台手机取过几次号了",
}
WHAT_NOW = {
    rules.RESTS: "有事请打12348，或者自己在手机上做体检。",
    rules.CLOSED: "还没开始，或者今天的已经收了。请问一下服务专员。",
    rules.FULL: "请直接跟服务专员说，看还能不能给您一个号。",
    rules.ENOUGH: "还要办事，请跟服务专员说一声，给您一个号。",
}


def hour_of_day(at: dt.datetime) -> str:
    """By the city's clock, of what is today: 14:05."""
    return f"{at.astimezone(CITY):%H:%M}"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(venue_refused=names_of(REFUSED), venue_what_now=names_of(WHAT_NOW))
    app.jinja_env.filters.update(venue_number=rules.spoken, hour_of_day=hour_of_day)
