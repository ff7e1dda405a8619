"""The bureau's side: the firms of its part of the tree, their applications, decisions and logs."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.oversight.firm_work import count_work
from bureau.oversight.standards import STANDARDS, check_standards, list_standings
from checkup.owner.open_firms import is_open, list_open_firms, read_readiness
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.files import read_file
from tenants.firms import states
from tenants.firms.admission import (
    assign_firm,
    decide_firm,
    get_supervised,
    list_events,
    list_part,
    list_supervised,
    list_uploads,
    note_review,
)
from webapp.edge.audiences import actor, audience, staff_work
from webapp.edge.downloads import csv_response
from webapp.edge.i18n import own_name
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.uploads import send_paper
from webapp.forms.bureau import AFTER_YEAR, AssignFirmForm, DecideFirmForm, ReviewFirmForm

blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")


@blueprint.get("/firms")
@audience(Audience.BUREAU, may="supervise")
def firms() -> str:
    with staff_work() as work:
        return render_template(
            "bureau/firms.html",
            firms=list_supervised(work),
            open_ids={firm.id for firm in list_open_firms(work)},
            serving=states.SERVING,
            today=city_day(now()),
        )


@blueprint.get("/firms/<uuid:firm_id>")
@audience(Audience.BUREAU, may="supervise")
def firm(firm_id: uuid.UUID) -> tuple[str, int]:
    return _page(firm_id, DecideFirmForm(), AssignFirmForm())


def _page(
    firm_id: uuid.UUID,
    form: DecideFirmForm,
    assigning: AssignFirmForm,
    notice: str = "",
    reviewing: ReviewFirmForm | None = None,
) -> tuple[str, int]:
    reviewing = reviewing or ReviewFirmForm(formdata=None, at="review")
    with staff_work() as work:
        found = get_supervised(work, firm_id)
        form.offer(found.state)
        reviewing.review_on.fill(city_day(now()) + AFTER_YEAR)
        _offer(assigning, work)
        if not assigning.is_submitted():
            assigning.bureau.data = str(found.bureau_id)
        page = render_template(
            "bureau/firm.html",
            work=count_work(work, firm_id),
            readiness=read_readiness(work, firm_id),
            is_open=is_open(work, firm_id),
            standings=list_standings(work, firm_id),
            standard_names=STANDARDS,
            today=city_day(now()),
            firm=found,
            events=list_events(work, firm_id),
            papers=list_uploads(work, firm_id, "application"),
            moves=states.LIFE.moves_from(found.state),
            form=form,
            assigning=assigning,
            reviewing=reviewing,
            notice=notice,
        )
    return page, 409 if notice else max(form.status, assigning.status, reviewing.status)


def _offer(assigning: AssignFirmForm, work: Session) -> None:
    assigning.bureau.options = [(str(one.id), own_name(one)) for one in list_part(work)]


@blueprint.post("/firms/<uuid:firm_id>/decide")
@audience(Audience.BUREAU, may="supervise")
def decide(firm_id: uuid.UUID) -> Response | tuple[str, int]:
    settings, form = installation(), DecideFirmForm()
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as work:
                    if form.decision.data == "admit":
                        check_standards(work, firm_id=firm_id, today=city_day(now()))
                    decide_firm(
                        work,
                        firm_id=firm_id,
                        decision=form.decision.data,
                        why=form.why.data,
                        review_on=form.review_on.data,
                        by=actor(),
                        new_key=settings.keyring().new_firm_key(str(firm_id)),
                        link=f"{settings.public_url}/auth/invitation/{{token}}",
                        locale=settings.default_locale,
                        now=now(),
                    )
                return redirect(url_for("bureau.firm", firm_id=firm_id))
    except Conflict as conflict:
        unmet = _("还有标准没有看过，或者不符合：先在下面逐条看，再准入。")
        said = unmet if conflict.code == "standards" else _("现在的状态不能做这一步。")
        return _page(firm_id, form, AssignFirmForm(formdata=None), said)
    return _page(firm_id, form, AssignFirmForm(formdata=None))


@blueprint.post("/firms/<uuid:firm_id>/assign")
@audience(Audience.BUREAU, may="supervise")
def assign(firm_id: uuid.UUID) -> Response | tuple[str, int]:
    form = AssignFirmForm()
    with staff_work() as work:
        _offer(form, work)
        if form.validate():
            assign_firm(work, firm_id=firm_id, bureau_id=uuid.UUID(form.bureau.data), by=actor(), now=now())
            return redirect(url_for("bureau.firm", firm_id=firm_id))
    return _page(firm_id, DecideFirmForm(formdata=None), form)


@blueprint.post("/firms/<uuid:firm_id>/review")
@audience(Audience.BUREAU, may="supervise")
def review(firm_id: uuid.UUID) -> Response | tuple[str, int]:
    """Looked at again; by when the next time."""
    form = ReviewFirmForm(at="review")
    deciding, assigning = DecideFirmForm(formdata=None), AssignFirmForm(formdata=None)
    try:
        with form.faults_of_domain():
            if form.validate():
                said = {"why": form.why.data, "review_on": form.review_on.data}
                with staff_work() as work:
                    note_review(work, firm_id=firm_id, **said, by=actor(), now=now())
                return redirect(url_for("bureau.firm", firm_id=firm_id))
    except Conflict:
        return _page(firm_id, deciding, assigning, _("现在的状态不能做这一步。"), form)
    return _page(firm_id, deciding, assigning, reviewing=form)


@blueprint.get("/firms/<uuid:firm_id>/papers/<uuid:upload_id>")
@audience(Audience.BUREAU, may="supervise")
def paper(firm_id: uuid.UUID, upload_id: uuid.UUID) -> Response:
    with staff_work() as work:
        row = next((one for one in list_uploads(work, firm_id, "application") if one.id == upload_id), None)
    if row is None:
        abort(404)
    content = read_file(installation().files_url, row.path)
    return send_paper(content, row.media_type)


@blueprint.get("/firms/<uuid:firm_id>/log.csv")
@audience(Audience.BUREAU, may="supervise")
def log_csv(firm_id: uuid.UUID) -> Response:
    """The firm's log as far as the bureau may read it: acts and hashes, no owner and no content."""
    with staff_work() as work:
        get_supervised(work, firm_id)
        audit.note(work, firm_id=firm_id, act="log.exported", by=actor())
        rows = audit.supervised_rows(work, firm_id)
    return csv_response(rows, "famai-log.csv")
