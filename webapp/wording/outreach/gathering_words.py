"""Words for gatherings."""

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


def when(row: Gathering) -> str:
    """By the city's clock: 12月3日（周四）14:00–16:00."""
    return f"{shown.appointment(row.begins_at, locale(), city_day(now()))}–{row.ends_at.astimezone(CITY):%H:%M}"


def about(row: Gathering) -> str:
    return pick({"zh-Hans": row.about, "en": row.about_en})


def find_lesson(lesson_id: str) -> Lesson | None:
    """The lesson to read on, of the pack that is asked now."""
    return next((one for one in list_lessons(PACK) if one.id == lesson_id), None)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(gathering_kind=names_of(KINDS), gathering_state=names_of(STATES))
    app.jinja_env.filters.update(gathering_turn=names_of(TURNS), gathering_when=when, gathering_about=about)
