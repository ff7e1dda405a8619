"""Firms and bureaus as the operator sees them: where they stand, their limits, their keys' age. Never a case."""

from flask import Blueprint, render_template
from limits import parse_many
from sqlalchemy import select

from tenants.clock import now
from tenants.database import Audience
from tenants.firms.directory import list_tenants
from tenants.firms.states import TRIAL_CHECKUPS
from tenants.login.posts import count_posts
from tenants.models import Bureau
from webapp.edge.audiences import audience, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.outside.text_caps import texts_today

blueprint = Blueprint("tenants", __name__, url_prefix="/operator/tenants")


@blueprint.get("")
@audience(Audience.OPERATOR, may="operate")
def show() -> str:
    with staff_work() as work:
        tenants, posts = list_tenants(work), count_posts(work)
        bureaus = work.scalars(select(Bureau).order_by(Bureau.id)).all()
    settings = installation()
    return render_template(
        "operator/tenants.html",
        tenants=tenants,
        old_keys=[one for one in tenants if one.needs_new_key(now())],
        bureaus=[(one, *posts.get(one.id, (0, False))) for one in bureaus],
        trial=TRIAL_CHECKUPS,
        limits=settings,
        pages=_said(settings.rate_limit),
        doors=_said(settings.door_limit),
        texts=texts_today(),
    )


def _said(limit: str) -> str:
    """`600/minute` as it is read: 每1分钟600次."""
    words = {
        "second": _("每{n}秒{times}次"), "minute": _("每{n}分钟{times}次"), "hour": _("每{n}小时{times}次"),
        "day": _("每{n}天{times}次"), "month": _("每{n}个月{times}次"), "year": _("每{n}年{times}次"),
    }  # fmt: skip
    several = (words[one.GRANULARITY.name].format(n=one.multiples, times=one.amount) for one in parse_many(limit))
    return " · ".join(several)
