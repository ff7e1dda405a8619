"""One owner whom a helper helps: where it stands, what comes next, her link and her slip, and the end of the help."""

import uuid

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.assisting.agreeing import end_help, note
from checkup.assisting.assist_rules import CALL, OWNERS_WORD, PAPER, SMS
from checkup.assisting.claiming import issue_claim
from checkup.assisting.reading import get_client, list_findings
from checkup.cases.checkups import get_checkup_row
from checkup.owner.resume_codes import issue_resume_code
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.translation.message_texts import render_message
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.forms.helpers import SendForm
from webapp.outside.sms import NotSent, send_text
from webapp.outside.text_caps import count_text
from webapp.views.helper.gate import at_work, beside_owner

blueprint = Blueprint("clients", __name__, url_prefix="/helper/clients/<uuid:help_id>")
_Answer = Response | tuple[str, int]
CLAIM, HERSELF = "claim", "herself"


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show(help_id: uuid.UUID) -> str:
    with staff_work() as work:
        client = get_client(work, help_id)
        if client.help.purpose == CALL:
            raise NotFound
        findings = list_findings(work, client.help)
    row = client.checkup
    return render_template(
        "helper/client.html", client=client, findings=findings, pack=get_pack(row.pack_id, row.pack_version)
    )


@blueprint.get("/go-on")
@audience(Audience.HELPER, may="help")
@at_work
def go_on(help_id: uuid.UUID) -> Response:
    """To the next question of a draft, else to the page of the client."""
    with staff_work() as work:
        client = get_client(work, help_id)
    if client.is_draft and client.help.purpose != CALL:
        return redirect(url_for("helper_questions.following", help_id=help_id))
    return redirect(url_for("calls_taken.show" if client.help.purpose == CALL else "clients.show", help_id=help_id))


@blueprint.get("/send")
@audience(Audience.HELPER, may="help")
@at_work
def ask_to_send(help_id: uuid.UUID) -> _Answer:
    return _page(help_id, SendForm(formdata=None, data={"way": request.args.get("way", CLAIM)}))


def _page(help_id: uuid.UUID, form: SendForm, *, sent: bool = False, fault: str = "") -> tuple[str, int]:
    with staff_work() as work:
        client = get_client(work, help_id)
    page = render_template(
        "helper/send.html", client=client, form=form, sent=sent, fault=fault, claims=form.way.data != HERSELF
    )
    return page, 503 if fault else form.status


@blueprint.post("/send")
@audience(Audience.HELPER, may="help")
@at_work
def send(help_id: uuid.UUID) -> _Answer:
    """By text message, so that the code is hers alone: the helper does not see it."""
    form = SendForm()
    if not form.validate():
        return _page(help_id, form)
    claims, phone = form.way.data != HERSELF, form.phone.data
    number, code = _issue(help_id, phone, claims=claims)
    link = f"{installation().public_url}/claim?number={number}" if claims else f"{installation().public_url}/resume"
    values = {"number": number, "code": code, "link": link}
    template = "claim_code" if claims else "resume_code"
    try:
        count_text(installation(), phone, address=request.remote_addr or "")
        text = render_message(template, _locale(help_id), values).subject
        send_text(installation(), phone, text, template=template, values=values)
    except NotSent:
        return _page(help_id, form, fault=_("短信没发出去。请过一会儿再试，或者打印认领单给她。"))
    return _page(help_id, form, sent=True)


def _issue(help_id: uuid.UUID, phone: str, *, claims: bool) -> tuple[str, str]:
    """The case's number and a new code of it."""
    pepper = installation().pepper
    with beside_owner(help_id) as (work, helped):
        row = get_checkup_row(work, helped.checkup_id)
        if claims:
            return row.case_number, issue_claim(work, help_id=help_id, sent=SMS, pepper=pepper, by=actor(), now=now())
        of_case = {"firm_id": row.firm_id, "checkup_id": row.id, "person_id": row.owner_id}
        code = issue_resume_code(work, **of_case, phone=phone, pepper=pepper, now=now())
        note(work, row, "help.herself", actor())
        return row.case_number, code


def _locale(help_id: uuid.UUID) -> str:
    """The language in which the owner is written to."""
    with staff_work() as work:
        return get_client(work, help_id).checkup.locale


@blueprint.post("/slip")
@audience(Audience.HELPER, may="help")
@at_work
def slip(help_id: uuid.UUID) -> str:
    """A paper with a code, to be printed now: it is in no row, and another one makes it worthless."""
    pepper, url = installation().pepper, installation().public_url
    with beside_owner(help_id) as (work, helped):
        code = issue_claim(work, help_id=help_id, sent=PAPER, pepper=pepper, by=actor(), now=now())
        number = get_checkup_row(work, helped.checkup_id).case_number
    link = f"{url}/claim?number={number}"
    picture = segno.make(link, error="m").svg_data_uri(scale=5, border=3)
    return render_template(
        "helper/slip.html", help=helped, number=number, code=code, link=f"{url}/claim", picture=picture
    )


@blueprint.post("/end")
@audience(Audience.HELPER, may="help")
@at_work
def end(help_id: uuid.UUID) -> Response:
    """She says that she wants no help any more."""
    with beside_owner(help_id) as (work, helped):
        end_help(work, checkup_id=helped.checkup_id, why=OWNERS_WORD, by=actor(), now=now())
    return redirect(url_for("helper.home"))
