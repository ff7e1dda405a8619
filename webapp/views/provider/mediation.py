"""The body's side of a mediation: it invites, proposes a mediator, sets the meeting, writes what both agree on."""

import uuid
from collections.abc import Callable

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.mediation import agreement, seats, steps
from checkup.mediation.events import Taken, find_of_referral
from checkup.mediation.models import Mediation
from checkup.mediation.reading import open_mediation
from checkup.referrals.moving import get_referral
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import FieldFault, Invalid, NotFound
from webapp import talks
from webapp.edge.audiences import audience, staff, staff_scope, staff_work
from webapp.edge.installation import case_keys, installation
from webapp.forms.fields import as_uuid
from webapp.forms.providers import BodyTalkForm
from webapp.wording.provider_words import CONFLICTS

blueprint = Blueprint("body_mediation", __name__, url_prefix="/provider/referrals/<uuid:referral_id>/mediation")
_Answer = Response | tuple[str, int]
_Shown = seats.Invitation | agreement.Codes | None


@blueprint.get("")
@audience(Audience.PROVIDER, may="handle")
def show(referral_id: uuid.UUID) -> _Answer:
    return _page(referral_id, BodyTalkForm(formdata=None))


def _get(work: Session, referral_id: uuid.UUID) -> Mediation:
    """Raises: NotFound."""
    get_referral(work, referral_id)
    row = find_of_referral(work, referral_id)
    if row is None:
        raise NotFound
    return row


def _page(referral_id: uuid.UUID, form: BodyTalkForm, notice: str = "", shown: _Shown = None) -> tuple[str, int]:
    """`shown`: what was just made, and is on this page alone: a link and its code, or the codes to sign with."""
    with staff_work() as work:
        row = _get(work, referral_id)
        opened = open_mediation(work, row, case_keys())
        form.offer(steps.list_mediators(work, row))
    if opened.agreement and not form.is_submitted():
        form.points.data = opened.agreement.points
    link = f"{installation().public_url}/mediate/{shown.token}" if isinstance(shown, seats.Invitation) else ""
    page = render_template(
        "provider/mediation.html",
        referral_id=referral_id,
        opened=opened,
        form=form,
        notice=notice,
        link=link,
        shown=shown,
        today=city_day(now()),
    )
    return page, 409 if notice else form.status


@blueprint.post("")
@audience(Audience.PROVIDER, may="handle")
def step(referral_id: uuid.UUID) -> _Answer:
    form, shown = BodyTalkForm(), None
    with staff_work() as work:
        form.offer(steps.list_mediators(work, _get(work, referral_id)))
    with form.faults_of_domain():
        if form.validate():
            with CONFLICTS.told() as refused, staff_work() as work:
                row = steps.hold(work, _get(work, referral_id).id)
                shown = _STEPS.get(form.step.data, _plain)(work, row, form)
            if refused:
                return _page(referral_id, form, refused[0])
            if shown is not None:
                return _page(referral_id, BodyTalkForm(formdata=None), shown=shown)
            return redirect(url_for("body_mediation.show", referral_id=referral_id))
    return _page(referral_id, form)


def _invite(work: Session, row: Mediation, _form: BodyTalkForm) -> _Shown:
    return seats.invite(work, mediation_id=row.id, actor=staff().name, pepper=installation().pepper, now=now())


def _appoint(work: Session, row: Mediation, form: BodyTalkForm) -> None:
    mediator_id = as_uuid(form.mediator.data)
    if mediator_id is None:
        raise Invalid((FieldFault("mediator", "required"),))
    steps.appoint(
        work,
        row,
        mediator_id=mediator_id,
        disclosure=form.disclosure.data,
        actor=staff().name,
        keys=case_keys(),
        now=now(),
    )


def _meet(work: Session, row: Mediation, form: BodyTalkForm) -> None:
    try:
        steps.meet(work, row, form.meeting(), actor=staff().name, keys=case_keys(), now=now())
    except Invalid as refused:
        faults = (FieldFault("day" if one.field == "at" else one.field, one.code, one.params) for one in refused.faults)
        raise Invalid(tuple(faults)) from None


def _draft(work: Session, row: Mediation, form: BodyTalkForm) -> _Shown:
    return agreement.write(
        work,
        row,
        points=form.points.data,
        actor=staff().name,
        pepper=installation().pepper,
        keys=case_keys(),
        now=now(),
    )


def _plain(work: Session, row: Mediation, form: BodyTalkForm) -> None:
    taken = Taken(form.step.data, "body", staff().name, form.words.data)
    steps.body_step(work, row, taken, keys=case_keys(), now=now())


_STEPS: dict[str, Callable[[Session, Mediation, BodyTalkForm], _Shown]] = {
    "invite": _invite, "appoint": _appoint, "meet": _meet, "draft": _draft,
}  # fmt: skip


@blueprint.get("/papers/<uuid:paper_id>")
@audience(Audience.PROVIDER, may="handle")
def paper(referral_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = _get(work, referral_id)
    return talks.send_paper_of(staff_scope(), row.id, paper_id)


@blueprint.get("/agreement.<any(pdf, docx):file_kind>")
@audience(Audience.PROVIDER, may="handle")
def agreement_file(referral_id: uuid.UUID, file_kind: str) -> Response:
    with staff_work() as work:
        row = _get(work, referral_id)
    return talks.send_agreement(staff_scope(), row.id, file_kind)
