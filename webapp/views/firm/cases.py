"""A case as who runs the firm sees it: process and names, no fact; and who is to take it."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.desk.assignment import get_wanted
from checkup.desk.handover import IN_HAND, reassign
from checkup.review.colleagues import list_colleagues
from checkup.review.models import Review
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.models import Business
from webapp.edge.audiences import actor, audience, firm_id, staff, staff_work
from webapp.edge.errors import CONFLICTS
from webapp.edge.i18n import translate as _
from webapp.forms.firm import ReassignForm

blueprint = Blueprint("firm_cases", __name__, url_prefix="/firm/cases/<uuid:checkup_id>")


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, sent: ReassignForm | None = None, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        row = get_wanted(work, checkup_id)
        review = work.get(Review, (row.firm_id, row.id))
        holder = review.lawyer_id if review is not None and review.state in IN_HAND else None
        page = render_template(
            "firm/case.html",
            checkup=row,
            business=work.get_one(Business, (row.firm_id, row.business_id)),
            review=review,
            holder=review.lawyer_name if review is not None and holder else "",
            form=(sent or ReassignForm(data={"version": review.version if review else 0})).offer(
                list_colleagues(work, firm_id=firm_id()), holder
            ),
            notice=notice,
        )
    return page, 409 if notice else sent.status if sent else 200


@blueprint.post("")
@audience(Audience.FIRM, may="run_firm")
def pass_on(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """From whoever has it to a colleague, or to the pool; both are told."""
    form = ReassignForm()
    try:
        with staff_work() as work:
            form.offer(list_colleagues(work, firm_id=firm_id()), None)
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    row = reassign(
                        work,
                        checkup_id=checkup_id,
                        to_id=uuid.UUID(form.to.data) if form.to.data else None,
                        version=form.version.data,
                        by=staff().person_id,
                        now=now(),
                    )
                    audit.note(
                        work,
                        firm_id=row.firm_id,
                        act="case.reassigned",
                        by=actor(),
                        about_id=row.id,
                        owner_id=row.owner_id,
                    )
                return redirect(url_for("lawyer.queue"))
    except Conflict as conflict:
        return _page(checkup_id, None, _(CONFLICTS[conflict.code]))
    return _page(checkup_id, form)
