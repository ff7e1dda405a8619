"""A body without accounts: the link in its mail shows one referral and takes one step.

Mail filters fetch links to check them, so the packet is behind a button, and nothing but a person's tap takes a step.
"""

import uuid

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from billing.waivers.certificates import validity
from checkup.referrals import links, moving
from checkup.referrals.links import Held, link_digest
from checkup.referrals.reading import open_file, open_referral
from checkup.referrals.states import LIFE, PROVIDER, ROLES
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.verifications import find_verification
from webapp.edge.audiences import audience, public_work
from webapp.edge.installation import case_keys, installation
from webapp.edge.rates import door
from webapp.edge.uploads import send_paper
from webapp.forms.providers import ReferralStepForm
from webapp.wording.provider_words import CONFLICTS

blueprint = Blueprint("referral_link", __name__, url_prefix="/referral")
_GONE = 410


def _held(token: str) -> Held:
    """Raises: Conflict `link_gone`."""
    with public_work(token=link_digest(token)) as work:
        return links.get_held(work, token, now())


def _scope(held: Held) -> Scope:
    return Scope(Audience.PROVIDER, provider_id=held.provider_id, token=str(held.referral_id))


def _gone() -> tuple[str, int]:
    return render_template("public/referral_gone.html"), _GONE


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
@door
def cover(token: str) -> tuple[str, int]:
    try:
        _held(token)
    except Conflict:
        return _gone()
    return render_template("public/referral_cover.html", token=token), 200


@blueprint.post("/<token>")
@audience(Audience.PUBLIC)
@door
def act(token: str) -> tuple[str, int]:
    """Without a step the referral is shown; with one it is taken, and the link opens nothing any more."""
    form = ReferralStepForm()
    try:
        held = _held(token)
        if not form.step.data:
            return _page(token, held, ReferralStepForm(formdata=None))
        refused: list[str] = []
        with form.faults_of_domain():
            if form.validate():
                with CONFLICTS.told() as refused, unit_of_work(_scope(held)) as work:
                    links.use_up(work, held, now())
                    moving.provider_step(
                        work,
                        referral_id=held.referral_id,
                        step=form.step.data,
                        words=form.words.data,
                        reason=form.code,
                        actor="",
                        keys=case_keys(),
                        now=now(),
                    )
                if not refused:
                    return render_template("public/referral_done.html"), 200
    except Conflict:
        return _gone()
    return _page(token, held, form, *refused)


def _page(token: str, held: Held, form: ReferralStepForm, notice: str = "") -> tuple[str, int]:
    with unit_of_work(_scope(held)) as work:
        opened = open_referral(work, moving.get_referral(work, held.referral_id), case_keys())
        shown = find_verification(work, opened.row.certificate) if opened.row.certificate else None
    page = render_template(
        "public/referral.html",
        token=token,
        opened=opened,
        steps=LIFE.moves_from(opened.row.state, of=ROLES[PROVIDER]),
        certificate=validity(shown, city_day(now())) if shown else "",
        form=form,
        notice=notice,
        today=city_day(now()),
    )
    return page, 409 if notice else form.status


@blueprint.get("/<token>/files/<uuid:file_id>")
@audience(Audience.PUBLIC)
@door
def file(token: str, file_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        held = _held(token)
    except Conflict:
        return _gone()
    with unit_of_work(_scope(held)) as work:
        row = moving.get_referral(work, held.referral_id)
        media_type, content = open_file(
            work, row=row, file_id=file_id, keys=case_keys(), files_url=installation().files_url
        )
    return send_paper(content, media_type)
