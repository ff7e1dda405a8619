"""Whom an owner asks to do some of it: found, asked by a text message, looked after, and taken back with one tap."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import OpenCheckup, open_checkup
from checkup.cases.states import DRAFTS
from checkup.delegates import asking
from checkup.delegates.delegation_rules import LASTS, OWNERS_WORD
from checkup.delegates.overview import list_done
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.models import Business
from tenants.phones import phone_digest
from tenants.translation.message_texts import render_message
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import pick
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.forms.helpers import DelegateForm
from webapp.outside.sms import NotSent, send_text
from webapp.outside.text_caps import count_text
from webapp.wording.codes import short_trade

blueprint = Blueprint("owner_delegates", __name__, url_prefix="/checkup/<uuid:checkup_id>/delegates")
_Answer = Response | tuple[str, int]
_TEMPLATE = "delegate_asked"


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> _Answer:
    given = {"until": city_day(now()) + LASTS, "sees_fixes": request.args.get("for") == "fixes"}
    return _page(checkup_id, DelegateForm(formdata=None, data=given))


def _page(checkup_id: uuid.UUID, form: DelegateForm) -> _Answer:
    with owner_work() as work:
        opened = open_checkup(work, checkup_id=checkup_id, keys=case_keys())
        done = list_done(work, opened)
    form.offer(_areas(opened))
    page = render_template(
        "owner/help/delegates.html",
        checkup=opened.row,
        pack=opened.pack,
        answers=opened.answers,
        done=done,
        running={one.delegation.id for one in done if one.delegation.is_open(now())},
        form=form,
    )
    return page, form.status


def _areas(opened: OpenCheckup) -> list[tuple[str, str]]:
    """What may be filled in for her: the areas of a draft."""
    is_draft = opened.row.state in DRAFTS
    return [(one.id, pick(dict(one.name))) for one in opened.pack.domains] if is_draft else []


@blueprint.post("")
@audience(Audience.OWNER)
def ask(checkup_id: uuid.UUID) -> _Answer:
    """The invitation goes to that phone; she is shown its link too, which opens nothing without the phone."""
    form = DelegateForm()
    with owner_work() as work:
        opened = open_checkup(work, checkup_id=checkup_id, keys=case_keys())
    form.offer(_areas(opened))
    with form.faults_of_domain():
        if form.validate():
            with owner_work() as work:
                made, token = asking.ask(
                    work,
                    checkup_id=checkup_id,
                    asked=form.asked(),
                    shop=_shop(opened.business),
                    phone_digest=phone_digest(form.phone.data, installation().pepper),
                    by=_herself(),
                    now=now(),
                )
            link = installation().public_url + url_for("delegate_invitation.show", token=token)
            is_sent = _is_sent(form.phone.data, link, opened.row.locale)
            page = render_template(
                "owner/help/delegate_asked.html", checkup=opened.row, made=made, link=link, is_sent=is_sent
            )
            return page, 200
    return _page(checkup_id, form)


def _shop(business: Business) -> str:
    """As she called it; until she did, what it does."""
    return business.name or short_trade(business.trade)


def _herself() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))


def _is_sent(phone: str, link: str, locale: str) -> bool:
    try:
        count_text(installation(), phone, address=request.remote_addr or "")
        text = render_message(_TEMPLATE, locale, {"link": link}).subject
        send_text(installation(), phone, text, template=_TEMPLATE, values={"link": link})
    except NotSent:
        return False
    return True


@blueprint.post("/<uuid:delegation_id>/end")
@audience(Audience.OWNER)
def end(checkup_id: uuid.UUID, delegation_id: uuid.UUID) -> Response:
    """From this instant that one reads nothing."""
    with owner_work() as work:
        asking.end(work, checkup_id=checkup_id, delegation_id=delegation_id, why=OWNERS_WORD, by=_herself(), now=now())
    return redirect(url_for("owner_delegates.show", checkup_id=checkup_id))
