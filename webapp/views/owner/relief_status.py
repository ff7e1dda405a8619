"""What became of an owner's application: whose turn, by when, why; and what she may do now."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from billing.hardship.policies import get_policy, policy_of
from billing.waivers import owner_steps, reassessment, steps
from billing.waivers.content import open_waiver
from billing.waivers.evidence import list_papers, open_paper
from checkup.cases.checkups import get_checkup_row
from checkup.cases.part_keys import open_part
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from webapp.edge.audiences import audience, owner_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.edge.uploads import send_paper, send_sealed
from webapp.forms.relief import StepForm
from webapp.views.owner.relief import me
from webapp.wording.relief_words import CONFLICTS

blueprint = Blueprint("relief_status", __name__, url_prefix="/checkup/<uuid:checkup_id>/relief")


@blueprint.get("/<uuid:waiver_id>")
@audience(Audience.OWNER)
def one(checkup_id: uuid.UUID, waiver_id: uuid.UUID) -> str:
    return _one_page(checkup_id, waiver_id)


def _one_page(
    checkup_id: uuid.UUID, waiver_id: uuid.UUID, refused: StepForm | None = None, at: str = "", fault: str = ""
) -> str:
    with owner_work() as work:
        row = steps.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
        opened = open_waiver(work, waiver_id=row.id, keys=case_keys())
        policy = policy_of(get_policy(work, row.policy_id).document)
        found = reassessment.assess_again(work, opened, policy)
        return render_template(
            "owner/relief/one.html",
            checkup=get_checkup_row(work, checkup_id),
            row=row,
            content=opened.content,
            found=found,
            policy=policy,
            papers=list_papers(work, row.id),
            events=steps.list_events(work, row.id),
            until=owner_steps.appeal_until(row, policy),
            today=city_day(now()),
            fault=fault,
            form_of=lambda step: refused if refused and step == at else _blank(step, found.wanted),
        )


def _blank(step: str, wanted: Sequence[str]) -> StepForm:
    """The form of one step; the paper that is wanted is chosen already."""
    return StepForm(formdata=None, at=step, data={"paper": wanted[0] if wanted else ""})


@blueprint.post("/<uuid:waiver_id>/<any(answer, appeal, reset, withdraw):owner_step>")
@audience(Audience.OWNER)
@takes_files()
def act(checkup_id: uuid.UUID, waiver_id: uuid.UUID, owner_step: str) -> str | Response | tuple[str, int]:
    """Answer what was asked, appeal, ask for a later date, withdraw."""
    form = StepForm(at=owner_step)
    if not form.validate():
        return _one_page(checkup_id, waiver_id, form, owner_step), form.status
    try:
        with owner_work() as work:
            steps.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
            text, keys, by, at = form.text.data, case_keys(), me(), now()
            if owner_step == "answer":
                owner_steps.answer_more(
                    work,
                    waiver_id=waiver_id,
                    text=text,
                    papers=form.papers(),
                    keys=keys,
                    files_url=installation().files_url,
                    by=by,
                    now=at,
                )
            elif owner_step == "appeal":
                owner_steps.appeal(work, waiver_id=waiver_id, text=text, keys=keys, by=by, now=at)
            elif owner_step == "reset":
                owner_steps.ask_reset(work, waiver_id=waiver_id, text=text, keys=keys, by=by, now=at)
            else:
                owner_steps.withdraw(work, waiver_id=waiver_id, role="owner", by=by, now=at)
    except Invalid as invalid:
        form.refuse(*invalid.faults)
        return _one_page(checkup_id, waiver_id, form, owner_step), form.status
    except Conflict as conflict:
        if _is_done(waiver_id, owner_step, form.text.data):
            return redirect(url_for("relief_status.one", checkup_id=checkup_id, waiver_id=waiver_id))
        return _one_page(checkup_id, waiver_id, form, owner_step, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("relief_status.one", checkup_id=checkup_id, waiver_id=waiver_id))


def _is_done(waiver_id: uuid.UUID, owner_step: str, text: str) -> bool:
    step = "ask_reset" if owner_step == "reset" else owner_step
    with owner_work() as work:
        return owner_steps.is_done(work, waiver_id=waiver_id, step=step, text=text, keys=case_keys())


@blueprint.get("/<uuid:waiver_id>/papers/<uuid:paper_id>")
@audience(Audience.OWNER)
def paper(checkup_id: uuid.UUID, waiver_id: uuid.UUID, paper_id: uuid.UUID) -> Response:
    kept = installation()
    with owner_work() as work:
        steps.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
        kind, content = open_paper(
            work, waiver_id=waiver_id, paper_id=paper_id, keys=kept.keyring(), files_url=kept.files_url
        )
    return send_paper(content, kind)


@blueprint.get("/<uuid:waiver_id>/certificate.pdf")
@audience(Audience.OWNER)
def certificate(checkup_id: uuid.UUID, waiver_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = steps.get_own(work, checkup_id=checkup_id, waiver_id=waiver_id)
        path = row.certificate_path or abort(404)
        key = open_part(work, firm_id=row.firm_id, part_id=row.id, keys=case_keys())
    return send_sealed(key.open_file(installation().files_url, path), "application/pdf")
