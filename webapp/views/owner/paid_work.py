"""After signing: the owner may look for a lawyer she pays, from a neutral list or of her own wish."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.letters.paid_work import list_neutral, list_wishes, wish_for_work
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.models import Firm
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.forms.owner import WorkWishForm

blueprint = Blueprint("work_wish", __name__, url_prefix="/checkup/<uuid:checkup_id>/more-help")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        is_signed = row.signed_at is not None
        listed = list_neutral(work, row=row) if is_signed else ()
        wishes = list_wishes(work, checkup_id=checkup_id)
        firm = work.get_one(Firm, row.firm_id)
        chosen = {wish.id: work.get(Firm, wish.chosen_id) for wish in wishes}
    return render_template(
        "owner/more_help.html",
        checkup=row,
        firm=firm,
        is_signed=is_signed,
        listed=listed,
        wishes=wishes,
        chosen=chosen,
    )


@blueprint.post("")
@audience(Audience.OWNER)
def choose(checkup_id: uuid.UUID) -> Response:
    form = WorkWishForm()
    with owner_work() as work:
        wish_for_work(
            work,
            checkup_id=checkup_id,
            basis=form.basis.data,
            chosen_id=form.firm.row_id or uuid.UUID(int=0),
            by=Actor(owner_scope().person_id, _("店主本人")),
            now=now(),
        )
    return redirect(url_for("work_wish.show", checkup_id=checkup_id))
