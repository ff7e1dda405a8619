"""What is mine: consents, who opened my case, what the bureau sees, a copy, erasure, another firm."""

import json
import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from billing.fees.offers import export_fees
from billing.waivers.erasure import export_waivers
from bureau.complaints.case_erasure import export_case
from bureau.complaints.complaints import list_own as list_own_complaints
from checkup.cases import checkups
from checkup.cases.asking import due_before_a_firm
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.cases.own_list import list_own
from checkup.owner.bureau_view import look_as_bureau
from checkup.owner.consents import list_switches, set_consent
from checkup.owner.details import correct_details, why_fixed
from checkup.owner.erasure import erase_checkup, find_receipt
from checkup.owner.export import export_checkup
from checkup.owner.open_firms import list_open_firms
from checkup.owner.transfer import MOVABLE, move_to_firm
from checkup.prefill.sources import list_sources
from tenants import audit
from tenants.businesses import details_of, list_changes
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.login.owner_sessions import end_devices
from tenants.login.sign_ins import list_links, unlink
from tenants.models import Bureau, Business, Firm
from webapp.edge.audiences import audience, auth_work, owner_scope, owner_work
from webapp.edge.i18n import own_name
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.edge.people_here import go_out, go_to_checkup
from webapp.forms.owner import ConsentForm, MoveForm
from webapp.forms.public import DetailsForm

blueprint = Blueprint("mine", __name__, url_prefix="/checkup/<uuid:checkup_id>/mine")


def _me() -> audit.Actor:
    return audit.Actor(owner_scope().person_id, _("店主本人"))


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        opened = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        entries = audit.list_entries(work, firm_id=opened.row.firm_id, owner_id=opened.row.owner_id)
        firms = [firm for firm in list_open_firms(work) if firm.id != opened.row.firm_id]
        form = MoveForm()
        form.firm.options = [(str(firm.id), own_name(firm)) for firm in firms]
        return render_template(
            "owner/mine.html",
            checkup=opened.row,
            firm=work.get_one(Firm, opened.row.firm_id),
            switches=list_switches(work, opened.row),
            entries=[entry for entry in entries if entry.about_id == checkup_id],
            form=form,
            is_movable=opened.row.state in MOVABLE,
        )


@blueprint.post("/consent")
@audience(Audience.OWNER)
def consent(checkup_id: uuid.UUID) -> Response:
    form = ConsentForm()
    granted = form.granted.data == "yes"
    with owner_work() as work:
        told = checkups.open_checkup(work, checkup_id=checkup_id, keys=case_keys()).told
        if granted and due_before_a_firm(told):
            return redirect(url_for("choosing.show", checkup_id=checkup_id))
        set_consent(work, checkup_id=checkup_id, purpose=form.purpose.data, granted=granted, by=_me(), now=now())
    return redirect(url_for("mine.show", checkup_id=checkup_id))


@blueprint.get("/bureau")
@audience(Audience.OWNER)
def bureau(checkup_id: uuid.UUID) -> str:
    """看看司法局能看到我的什么: the bureau's own role asks the live database."""
    row, supervisor = _row_and_bureau(checkup_id)
    with unit_of_work(Scope(Audience.BUREAU, bureau_id=supervisor.id)) as work:
        seen = look_as_bureau(work, row.id)
    return render_template("owner/bureau_view.html", checkup=row, bureau=supervisor, seen=seen)


def _row_and_bureau(checkup_id: uuid.UUID) -> tuple[Checkup, Bureau]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        return row, work.get_one(Bureau, work.get_one(Firm, row.firm_id).bureau_id)


@blueprint.route("/business", methods=["GET", "POST"])
@audience(Audience.OWNER)
def business(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """What she said of her business, to be corrected; then on with the questions that follow from it."""
    form = DetailsForm()
    if form.validate_on_submit():
        with owner_work() as work:
            correct_details(work, checkup_id=checkup_id, details=form.details(), by=_me(), keys=case_keys(), now=now())
        return redirect(url_for("owner.go_on", checkup_id=checkup_id))
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        told = work.get_one(Business, (row.firm_id, row.business_id))
        if request.method == "GET":
            form = DetailsForm(formdata=None, data=DetailsForm.told_before(details_of(told)))
        changes, why, sources = list_changes(work, told), why_fixed(work, row), list_sources(work, told)
    page = render_template("owner/business.html", checkup=row, form=form, changes=changes, why=why, sources=sources)
    return page, form.status


@blueprint.get("/export.json")
@audience(Audience.OWNER)
def export_json(checkup_id: uuid.UUID) -> Response:
    content = json.dumps(_export(checkup_id), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="famai-{checkup_id}.json"'}
    return Response(content, mimetype="application/json", headers=headers)


@blueprint.get("/export")
@audience(Audience.OWNER)
def export(checkup_id: uuid.UUID) -> str:
    """The same, to read."""
    return render_template("owner/export.html", data=_export(checkup_id), checkup_id=checkup_id)


def _export(checkup_id: uuid.UUID) -> dict[str, object]:
    with owner_work() as work:
        data = export_checkup(work, checkup_id=checkup_id, keys=case_keys())
        data["waivers"] = export_waivers(work, checkup_id=checkup_id, keys=case_keys())
        data["hours"] = export_case(work, checkup_id=checkup_id)
        data["complaints"] = [
            {key: None if value is None else str(value) for key, value in vars(one).items()}
            for one in list_own_complaints(work, checkup_id=checkup_id, keys=case_keys())
        ]
        row = get_checkup_row(work, checkup_id)
        with auth_work(row.owner_id) as doors:
            data["sign_ins"] = [
                {"provider": one.provider, "linked_at": one.linked_at.isoformat()}
                for one in list_links(doors, row.owner_id)
            ]
        data["fees"] = export_fees(work, checkup_id)
        audit.note(work, firm_id=row.firm_id, act="case.exported", by=_me(), about_id=row.id, owner_id=row.owner_id)
    return data


@blueprint.route("/erase", methods=["GET", "POST"])
@audience(Audience.OWNER)
def erase(checkup_id: uuid.UUID) -> str:
    """Ask once more, then erase and show the receipt; after her last one she is logged out everywhere, and
    no other account leads to hers."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        known = find_receipt(work, checkup_id)
        if known is not None or request.method == "GET":
            return render_template("owner/erase.html", checkup=row, receipt=known)
        receipt = erase_checkup(work, checkup_id=checkup_id, asked_by="owner", by=_me(), now=now())
        enter_scope(work, Scope(Audience.SELF, person_id=row.owner_id))
        has_others = bool(list_own(work))
        if not has_others:
            end_devices(work)
    if has_others:
        go_to_checkup(None, None)
    else:
        with auth_work(row.owner_id) as work:
            unlink(work, person_id=row.owner_id)
        go_out()
    return render_template("owner/erase.html", checkup=row, receipt=receipt)


@blueprint.post("/move")
@audience(Audience.OWNER)
def move(checkup_id: uuid.UUID) -> Response:
    scope, to_firm = owner_scope(), MoveForm().firm.row_id or uuid.UUID(int=0)
    with owner_work() as work:
        known = find_receipt(work, checkup_id)
        if known is not None and known.asked_by == "moved":  # a second tap
            return redirect(url_for("me.show"))
        row = move_to_firm(
            work, scope=scope, checkup_id=checkup_id, to_firm=to_firm, by=_me(), keys=case_keys(), now=now()
        )
    go_to_checkup(to_firm, row.id)
    return redirect(url_for("mine.show", checkup_id=row.id))
