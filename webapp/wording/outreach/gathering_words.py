"""Words for gatherings."""

import datetime as dt

from flask import Flask

from bureau.gatherings.models import Gathering
from checkup.lessons.loading import list_lessons
from checkup.lessons.values import Lesson
from checkup.packs.catalogue import PACK
from tenants.clock import CITY, city_day, now
from tenants.translation import shown
from webapp.edge.i18n import locale, names_of, pick

KINDS = {"lecture": "普法讲座", "clinic": "咨询日"}
STATES = {"announced": "报名中", "cancelled": "取消了", "held": "办完了"}
# What happened, by the state it led to.
TURNS = {"made": "放上日历", "announced": "改了内容", "cancelled": "取消", "held": "办完"}
POSTER = {
    "brand": "法脉 Famai", "lecture": "普法讲座", "clinic": "法律咨询日", "free": "免费，不推销",
    "nameless": "报名不用写名字，不来也不要紧", "scan": "扫码报名", "typed": "或者在浏览器里打开",
    "help": "不会用手机？打12348", "seats": "一共{seats}个位子，坐满了可以排候补",
}  # fmt: skip


def when(row: Gathering) -> str:
    """By the city's clock: 12月3日（周四）14:00–16:00."""
    return when_in(row, locale(), city_day(now()))


def when_in(row: Gathering, language: str, since: dt.date) -> str:
    """The same in a language, without the year where it is near `since`."""
    return f"{shown.appointment(row.begins_at, language, since)}–{row.ends_at.astimezone(CITY):%H:%M}"


def about(row: Gathering) -> str:
    return pick({"zh-Hans": row.about, "en": row.about_en})


def find_lesson(lesson_id: str) -> Lesson | None:
    """The lesson to read on, of the pack that is asked now."""
    return next((one for one in list_lessons(PACK) if one.id == lesson_id), None)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(gathering_kind=names_of(KINDS), gathering_state=names_of(STATES))
    app.jinja_env.filters.update(gathering_turn=names_of(TURNS), gathering_when=when, gathering_about=about)
