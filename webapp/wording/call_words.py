"""Calls and help: an hour as people say it, where a client stands, why help ended, what a call was about; delegates."""

import datetime as dt

from flask import Flask

from tenants.clock import CITY, city_day, now
from tenants.translation import shown
from webapp.edge.i18n import locale, names_of
from webapp.edge.i18n import translate as _

WAITS = {
    "started": "还没问", "answering": "没问完", "submitted": "有结果了，等她认领", "in_review": "律师在看",
    "signed": "报告签好了", "closed": "结束了", "withdrawn": "她撤回了",
}  # fmt: skip
ENDED = {
    "claimed": "您认领了", "owner": "您说不用了", "other_helper": "换了一位专员", "moved": "转到了律所",
    "erased": "您删掉了",
}  # fmt: skip
DELEGATE_KINDS = {"accountant": "代账会计", "manager": "店长、管事的", "family": "家人", "other": "别的帮手"}
DELEGATE_ENDED = {"owner": "您收回了", "delegate": "他不帮了", "ran_out": "到期了", "erased": "您删掉了"}
CHANNELS = {"in_person": "当面", "phone": "电话", "paper": "纸上写的"}
CALL_TOPICS = {
    "status": "问办到哪一步", "result": "结果看不懂", "urgent": "有急事", "lawyer": "要找律师", "fill": "要接着答题",
    "other": "别的",
}  # fmt: skip


def call_hour(at: dt.datetime) -> str:
    """今天15:00, or with its date and weekday from the third day on."""
    hour, today = f"{at.astimezone(CITY):%H:%M}", city_day(now())
    near = {0: _("今天{hour}", hour=hour), 1: _("明天{hour}", hour=hour), 2: _("后天{hour}", hour=hour)}
    return near.get((city_day(at) - today).days) or shown.appointment(at, locale(), today)


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        call_hour=call_hour,
        client_waits=names_of(WAITS),
        help_ended=names_of(ENDED),
        help_channel=names_of(CHANNELS),
        delegate_kind=names_of(DELEGATE_KINDS),
        delegate_ended=names_of(DELEGATE_ENDED),
    )
