"""The owner's side of a mediation: she asks that the other side be invited, and takes her steps."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.mediation import asking
from checkup.mediation.events import find_of_referral
from checkup.mediation.models import Mediation
from checkup.mediation.reading import open_mediation
from checkup.mediation.states import OWNER, RUNNING
from checkup.referrals.reading import get_own
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.models import Provider
from webapp import talks
from webapp.edge.audiences import audience, owner, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys
from webapp.edge.limits import takes_files
from webapp.forms.providers import AskForm, TalkForm
from webapp.wording.provider_words import CONFLICTS

blueprint = Blueprint("mediation", __name__, url_prefix="/checkup/<uuid:checkup_id>/help/<uuid:referral_id>/mediation")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    return _page(checkup_id, referral_id)


def _page(
    checkup_id: uuid.UUID,
    referral_id: uuid.UUID,
    asked: AskForm | None = None,
    form: TalkForm | None = None,
    notice: str = "",
) -> tuple[str, int]:
    asked, form = asked or AskForm(formdata=None), form or TalkForm(formdata=None)
    with owner_work() as work:
        case = get_checkup_row(work, checkup_id)
        referral = get_own(work, checkup_id=checkup_id, referral_id=referral_id)
        row = find_of_referral(work, referral_id)
        opened = open_mediation(work, row, case_keys()) if row else None
        body = work.get_one(Provider, referral.provider_id)
        may_ask = (row is None or row.state not in RUNNING) and asking.may_ask(work, referral, row)
    page = render_template(
        "owner/help/mediation.html",
        checkup=case,
        referral=referral,
        body=body,
        opened=opened,
        may_ask=may_ask,
        asked=asked,
        form=form,
        notice=notice,
        today=city_day(now()),
    )
    return page, 409 if notice else max(asked.status, form.status)


@blueprint.post("")
@audience(Audience.OWNER)
def ask(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    form = AskForm()
    with form.faults_of_domain():
        if form.validate():
            with CONFLICTS.told() as refused, owner_work() as work:
                asking.ask(
                    work,
                    checkup_id=checkup_id,
                    referral_id=referral_id,
                    wish=form.wish(),
                    by=Actor(owner().person_id, _("店主本人")),
                    keys=case_keys(),
                    now=now(),
                )
            if refused:
                return _page(checkup_id, referral_id, form, notice=refused[0])
            return redirect(url_for("mediation.show", checkup_id=checkup_id, referral_id=referral_id))
    return _page(checkup_id, referral_id, form)


def _find(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> Mediation:
    """Raises: NotFound."""
    with owner_work() as work:
        get_own(work, checkup_id=checkup_id, referral_id=referral_id)
        row = find_of_referral(work, referral_id)
    if row is None:
        raise NotFound
    return row


@blueprint.post("/step")
@audience(Audience.OWNER)
@takes_files()
def step(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    row, form = _find(checkup_id, referral_id), TalkForm()
    refused = talks.take(talks.Side(owner_scope(), OWNER, row.id, checkup_id), form)
    if refused is None or refused:
        return _page(checkup_id, referral_id, form=form, notice=refused[0] if refused else "")
    return redirect(url_for("mediation.show", checkup_id=checkup_id, referral_id=referral_id))


@blueprint.get("/papers/<uuid:paper_id>")
@audience(Audience.OWNER)
def paper(checkup_id: uuid.UUID, referral_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    return talks.send_paper_of(owner_scope(), _find(checkup_id, referral_id).id, paper_id)


@blueprint.get("/agreement.<any(pdf, docx):file_kind>")
@audience(Audience.OWNER)
def agreement(checkup_id: uuid.UUID, referral_id: uuid.UUID, file_kind: str) -> Response:
    return talks.send_agreement(owner_scope(), _find(checkup_id, referral_id).id, file_kind)
