"""A lawyer's record: certificates, what is public, and the copy to take along."""

import json
import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bureau.hours.rule_book import book_of_firm
from bureau.recognition.certificates import (
    get_certificate,
    issue_certificate,
    list_certificates,
    list_published,
    publish,
)
from bureau.recognition.pdf import render_certificate, render_record
from bureau.recognition.record_export import export_record
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import audience, staff_work, year_asked
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.forms.lawyer_hours import PublicForm, YearForm
from webapp.forms.staff import one_each
from webapp.views.lawyer.hours import me
from webapp.wording.hour_words import CONFLICTS, STATES

blueprint = Blueprint("record", __name__, url_prefix="/lawyer/record")


@blueprint.get("")
@audience(Audience.FIRM, may="review")
def show() -> str:
    return _page()


def _page(notice: str | None = None) -> str:
    with staff_work() as work:
        return render_template(
            "lawyer/hours/record.html",
            certificates=list_certificates(work, lawyer_id=me().id),
            published=[one for one in list_published(work, firm_id=me().firm_id) if one.lawyer_id == me().id],
            years=_years(),
            notice=notice,
        )


def _years() -> dict[object, YearForm]:
    """A form for each thing that can be done with a year."""
    year = year_asked()
    forms = one_each(YearForm, ("record.certify", "record.show_in_public"))
    for form in forms.values():
        form.year.options = [(str(one), str(one)) for one in (year, year - 1, year - 2)]
    return forms


@blueprint.post("/certificate")
@audience(Audience.FIRM, may="review")
def certify() -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            issue_certificate(work, lawyer=me(), year=year_asked(), now=now())
    except Conflict as conflict:
        return _page(_(CONFLICTS[conflict.code])), 409
    return redirect(url_for("record.show"))


@blueprint.post("/public")
@audience(Audience.FIRM, may="review")
def show_in_public() -> Response | tuple[str, int]:
    """Show a year on the firm's page, or take it off."""
    try:
        with staff_work() as work:
            is_public = PublicForm().public.data == "yes"
            publish(work, lawyer=me(), year=year_asked(), is_public=is_public, now=now())
    except Conflict as conflict:
        return _page(_(CONFLICTS[conflict.code])), 409
    return redirect(url_for("record.show"))


@blueprint.get("/certificates/<uuid:certificate_id>.pdf")
@audience(Audience.FIRM, may="review")
def certificate_pdf(certificate_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = get_certificate(work, lawyer_id=me().id, certificate_id=certificate_id)
    content = render_certificate(row, public_url=installation().public_url)
    return Response(content, mimetype="application/pdf")


def _record() -> dict[str, object]:
    with staff_work() as work:
        return export_record(work, lawyer_id=me().id, lawyer_name=me().name, now=now())


@blueprint.get("/hours.json")
@audience(Audience.FIRM, may="review")
def record_json() -> Response:
    content = json.dumps(_record(), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="famai-hours.json"'}
    return Response(content, mimetype="application/json", headers=headers)


@blueprint.get("/hours.pdf")
@audience(Audience.FIRM, may="review")
def record_pdf() -> Response:
    headers = {"Content-Disposition": 'attachment; filename="famai-hours.pdf"'}
    with staff_work() as work:
        categories = book_of_firm(work, me().firm_id).names()
    words = {**STATES, **{code: one.name for code, one in categories.items()}}
    return Response(render_record(_record(), words), mimetype="application/pdf", headers=headers)
