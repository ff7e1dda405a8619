"""Where a case's owner has asked for help, and how it stands: for whoever may read the case."""

import uuid

from flask import Blueprint, render_template

from checkup.cases.checkups import get_checkup_row
from checkup.conflicts.checks import is_open_to
from checkup.mediation.standing import list_stands
from checkup.referrals.reading import list_of_case, open_referral
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from webapp.edge.audiences import audience, staff, staff_work
from webapp.edge.installation import case_keys

blueprint = Blueprint("case_help", __name__, url_prefix="/lawyer/checkups/<uuid:checkup_id>/referrals")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show(checkup_id: uuid.UUID) -> str:
    with staff_work() as work:
        row = get_checkup_row(work, checkup_id)
        if not (row.review_wanted and is_open_to(work, row, staff().person_id, now())):
            raise NotFound
        opened = [open_referral(work, one, case_keys()) for one, _body in list_of_case(work, checkup_id)]
        talks = list_stands(work, checkup_id, city_day(now()))
    return render_template("lawyer/referrals.html", checkup=row, opened=opened, talks=talks, today=city_day(now()))
