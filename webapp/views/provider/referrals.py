"""What owners have handed to a body: by its clock, each with its packet and the next step."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.fees.asked import ask_fee, find_asked
from billing.waivers.certificates import validity
from checkup.mediation.events import find_of_referral
from checkup.referrals import moving
from checkup.referrals.reading import list_of_body, open_file, open_referral
from checkup.referrals.states import LIFE, MAY_CHARGE, PROVIDER, ROLES
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.providers.admission import get_provider
from tenants.verifications import find_verification
from webapp.edge.audiences import audience, provider_id, staff, staff_work
from webapp.edge.installation import case_keys, fee_catalogue, installation
from webapp.edge.uploads import send_paper
from webapp.forms.lawyer import FeeForm
from webapp.forms.providers import ReferralStepForm
from webapp.wording.provider_words import CONFLICTS

blueprint = Blueprint("referrals", __name__, url_prefix="/provider")
_Answer = Response | tuple[str, int]


@blueprint.get("/")
@audience(Audience.PROVIDER, may="handle")
def index() -> str:
    with staff_work() as work:
        rows = list_of_body(work)
    return render_template("provider/referrals.html", rows=rows, today=city_day(now()))


@blueprint.get("/referrals/<uuid:referral_id>")
@audience(Audience.PROVIDER, may="handle")
def one(referral_id: uuid.UUID) -> _Answer:
    return _one(referral_id, ReferralStepForm(formdata=None))


def _one(
    referral_id: uuid.UUID, form: ReferralStepForm, notice: str = "", charging: FeeForm | None = None
) -> tuple[str, int]:
    charging = charging or FeeForm(formdata=None)
    with staff_work() as work:
        opened = open_referral(work, moving.get_referral(work, referral_id), case_keys())
        charging.offer(opened.body.slug)
        asked = find_asked(work, opened.row)
        talk = find_of_referral(work, referral_id)
        held = find_verification(work, opened.row.certificate) if opened.row.certificate else None
    page = render_template(
        "provider/referral.html",
        opened=opened,
        steps=LIFE.moves_from(opened.row.state, of=ROLES[PROVIDER]),
        certificate=validity(held, city_day(now())) if held else "",
        form=form,
        notice=notice,
        today=city_day(now()),
        talk=talk,
        asked=asked,
        charging=charging,
        may_charge=opened.row.state in MAY_CHARGE and (asked is None or asked.fee.state == "declined"),
    )
    return page, 409 if notice else max(form.status, charging.status)


@blueprint.post("/referrals/<uuid:referral_id>")
@audience(Audience.PROVIDER, may="handle")
def step(referral_id: uuid.UUID) -> _Answer:
    form = ReferralStepForm()
    with form.faults_of_domain():
        if form.validate():
            with CONFLICTS.told() as refused, staff_work() as work:
                moving.provider_step(
                    work,
                    referral_id=referral_id,
                    step=form.step.data,
                    words=form.words.data,
                    reason=form.code,
                    actor=staff().name,
                    keys=case_keys(),
                    now=now(),
                )
            if refused:
                return _one(referral_id, form, refused[0])
            return redirect(url_for("referrals.one", referral_id=referral_id))
    return _one(referral_id, form)


@blueprint.post("/referrals/<uuid:referral_id>/fee")
@audience(Audience.PROVIDER, may="handle")
def charge(referral_id: uuid.UUID) -> _Answer:
    """Its own price of the catalogue, which the owner accepts or not."""
    form = FeeForm()
    with staff_work() as work:
        slug = get_provider(work, provider_id()).slug
    with form.faults_of_domain():
        if form.offer(slug).validate():
            with CONFLICTS.told() as refused, staff_work() as work:
                ask_fee(
                    work,
                    moving.get_referral(work, referral_id, lock=True),
                    catalogue=fee_catalogue(),
                    slug=slug,
                    service_id=form.service.data,
                    given=form.given.data,
                    actor=staff().name,
                    now=now(),
                )
            if refused:
                return _one(referral_id, ReferralStepForm(formdata=None), refused[0])
            return redirect(url_for("referrals.one", referral_id=referral_id))
    return _one(referral_id, ReferralStepForm(formdata=None), charging=form)


@blueprint.get("/referrals/<uuid:referral_id>/files/<uuid:file_id>")
@audience(Audience.PROVIDER, may="handle")
def file(referral_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = moving.get_referral(work, referral_id)
        media_type, content = open_file(
            work, row=row, file_id=file_id, keys=case_keys(), files_url=installation().files_url
        )
    return send_paper(content, media_type)
