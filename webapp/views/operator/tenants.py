"""Firms and bureaus as the operator sees them: where they stand, their limits, their keys' age. Never a case."""

from flask import Blueprint, render_template
from sqlalchemy import select

from tenants.clock import now
from tenants.database import Audience
from tenants.firms.directory import list_tenants
from tenants.firms.states import TRIAL_CHECKUPS
from tenants.login.posts import count_posts
from tenants.models import Bureau
from webapp.edge.audiences import audience, staff_work
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
        texts=texts_today(),
    )
