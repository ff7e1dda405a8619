"""The owner's fees of one case: what was offered, what is due when, where to pay."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.books.fee_accounts import accept_fee, decline_fee
from billing.fees.offers import get_case, list_fee_accounts, schedule
from billing.waivers.fee_effects import apply_to_fee, let_off_today
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.models import Firm
from webapp.edge.audiences import audience, owner_work
from webapp.edge.installation import installation

blueprint = Blueprint("fees", __name__, url_prefix="/checkup/<uuid:checkup_id>/fees")


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        accounts = list_fee_accounts(work, checkup_id)
        checkup, today = get_case(work, checkup_id), city_day(now())
        offered = [one.fee for one in accounts if one.fee.state == "offered"]
        return render_template(
            "owner/fees.html",
            checkup=checkup,
            firm=work.get_one(Firm, checkup.firm_id),
            accounts=accounts,
            schedule=schedule(accounts),
            let_off={fee.id: let_off_today(work, fee, today=today) for fee in offered},
            today=today,
            is_online=bool(installation().stripe_key),
        )


@blueprint.post("/<uuid:fee_id>/accept")
@audience(Audience.OWNER)
def accept(checkup_id: uuid.UUID, fee_id: uuid.UUID) -> Response:
    with owner_work() as work:
        get_case(work, checkup_id)
        apply_to_fee(work, fee=accept_fee(work, fee_id=fee_id, now=now()), now=now())
    return redirect(url_for("fees.show", checkup_id=checkup_id))


@blueprint.post("/<uuid:fee_id>/decline")
@audience(Audience.OWNER)
def decline(checkup_id: uuid.UUID, fee_id: uuid.UUID) -> Response:
    with owner_work() as work:
        get_case(work, checkup_id)
        decline_fee(work, fee_id=fee_id)
    return redirect(url_for("fees.show", checkup_id=checkup_id))
