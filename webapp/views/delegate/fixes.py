"""Things to do at an owner's, taken in hand and done by her delegate; and what owner and lawyer wrote, if let."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.delegates.doing import steps_from, take_step
from checkup.delegates.reading import get_client, list_fixes, list_messages
from checkup.fixes import proofs
from checkup.fixes.planning import order
from checkup.fixes.states import TO_DO
from checkup.report.days import THIS_MONTH, THIS_WEEK
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from webapp.edge.audiences import audience, delegate_work
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.edge.uploads import sealed_photos, send_paper
from webapp.forms.owner import FixStepForm
from webapp.views.delegate.gate import beside_owner, owners_work, while_asked

blueprint = Blueprint("delegate_fixes", __name__, url_prefix="/for/<uuid:delegation_id>")
_Answer = Response | tuple[str, int]
_FIRST = THIS_WEEK + THIS_MONTH


@blueprint.get("/fixes")
@audience(Audience.DELEGATE)
@while_asked
def show(delegation_id: uuid.UUID) -> _Answer:
    return _page(delegation_id)


def _page(delegation_id: uuid.UUID, refused: FixStepForm | None = None, at: str = "") -> tuple[str, int]:
    """`at`: the risk whose form was refused."""
    with delegate_work() as work:
        client = get_client(work, delegation_id)
        found = list_fixes(work, client, case_keys())
    today = city_day(now())
    to_do = sorted((one for one in found if one.fix.state in TO_DO), key=lambda one: order(one.fix, today))
    page = render_template(
        "delegate/fixes.html",
        client=client,
        first=to_do[:_FIRST],
        later=to_do[_FIRST:],
        others=[one for one in found if one.fix.state not in TO_DO],
        can={one.fix.risk: steps_from(one.fix.state) for one in found},
        forms={
            one.fix.risk: refused if refused and one.fix.risk == at else FixStepForm(formdata=None, at=one.fix.risk)
            for one in found
        },
        at=at,
        today=today,
    )
    return page, 200 if refused is None else refused.status


@blueprint.post("/fixes/<risk>/step")
@audience(Audience.DELEGATE)
@takes_files()
@while_asked
def step(delegation_id: uuid.UUID, risk: str) -> _Answer:
    """Take it in hand, or say that it is done, with a photo or a word."""
    form = FixStepForm(at=risk)
    with form.faults_of_domain():
        if form.validate():
            with delegate_work() as work:
                checkup_id = get_client(work, delegation_id).checkup.id
            with (
                sealed_photos(lambda: owners_work(delegation_id), checkup_id, form.photo.data) as photos,
                beside_owner(delegation_id) as (work, held),
            ):
                take_step(
                    work,
                    found=held,
                    risk=risk,
                    step=form.step.data,
                    why=form.why.data,
                    proofs=photos,
                    keys=case_keys(),
                    now=now(),
                )
            return redirect(url_for("delegate_fixes.show", delegation_id=delegation_id, _anchor=f"fix-{risk}"))
    return _page(delegation_id, form, at=risk)


@blueprint.get("/fixes/proof/<uuid:proof_id>")
@audience(Audience.DELEGATE)
@while_asked
def proof(delegation_id: uuid.UUID, proof_id: uuid.UUID) -> Response:
    settings = installation()
    with beside_owner(delegation_id) as (work, held):
        if not held.sees_fixes:
            raise NotFound
        kind, file = proofs.open_proof(
            work,
            checkup_id=held.checkup_id,
            proof_id=proof_id,
            keys=settings.keyring(),
            files_url=settings.files_url,
        )
    return send_paper(file, kind)


@blueprint.get("/messages")
@audience(Audience.DELEGATE)
@while_asked
def messages(delegation_id: uuid.UUID) -> str:
    """To read; who answers is the owner."""
    with delegate_work() as work:
        client = get_client(work, delegation_id)
        found = list_messages(work, client, case_keys())
    return render_template("delegate/messages.html", client=client, messages=found)
