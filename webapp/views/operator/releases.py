"""The platform operator's side: releases in their life. No answer, no business, no raw count is within reach."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from cloud.partners import operator_view
from cloud.releases.ledger import list_draft_cells, list_drafts, list_events, list_looks
from cloud.releases.releases import ask_draft, drop_draft, get_draft, publish_draft, show_draft
from cloud.releases.states import LIFE
from tenants import jobs
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.forms.operator import DraftForm
from webapp.wording.figures import figures_of

LIFE_OF_HERS = ("show", "publish", "drop")
blueprint = Blueprint("operator", __name__, url_prefix="/operator")


@blueprint.get("/")
@audience(Audience.OPERATOR, may="operate")
def releases() -> tuple[str, int]:
    return _page(DraftForm())


def _page(form: DraftForm) -> tuple[str, int]:
    with staff_work() as work:
        drafts = list_drafts(work)
    return render_template("operator/releases.html", drafts=drafts, form=form), form.status


@blueprint.post("/drafts")
@audience(Audience.OPERATOR, may="operate")
def ask() -> Response | tuple[str, int]:
    """A new draft; the worker fills and checks it, so that no web worker carries a solver."""
    form = DraftForm()
    if not form.validate():
        return _page(form)
    period, method, least = form.period.data, form.method.data, form.threshold.data
    with staff_work() as work:
        row = ask_draft(work, period=period, method=method, k=least, by=staff().name, now=now())
        jobs.defer(work, "fill_draft", draft_id=row.id)
    return redirect(url_for("operator.draft", draft_id=row.id))


@blueprint.get("/drafts/<uuid:draft_id>")
@audience(Audience.OPERATOR, may="operate")
def draft(draft_id: uuid.UUID) -> str:
    return _draft_page(draft_id, None)


def _draft_page(draft_id: uuid.UUID, fault: str | None) -> str:
    with staff_work() as work:
        row = get_draft(work, draft_id)
        cells, events = list_draft_cells(work, draft_id), list_events(work, draft_id)
        looks = list_looks(work, draft_id)
        parties = sum(one.row.is_active for one in operator_view.list_parties(work))
    return render_template(
        "operator/draft.html",
        draft=row,
        events=events,
        figures=figures_of(row.period, cells) if cells else None,
        why=row.why if row.state == "failed" else "",
        cut=0 if row.state == "failed" else len(row.why.splitlines()),
        steps=[step for state, step in LIFE.moves if state == row.state and step in LIFE_OF_HERS],
        parties=parties,
        looks=looks,
        fault=fault,
    )


@blueprint.post("/drafts/<uuid:draft_id>/publish")
@audience(Audience.OPERATOR, may="operate")
def publish(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            publish_draft(work, draft_id, by=staff().name, now=now())
    except Conflict as conflict:
        stale = _("检查以后又发布过这段时间的数字，请重新起草。")
        return _draft_page(draft_id, stale if conflict.code == "stale" else _("现在的状态不能做这一步。")), 409
    return redirect(url_for("operator.draft", draft_id=draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/show")
@audience(Audience.OPERATOR, may="operate")
def show(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            show_draft(work, draft_id, by=staff().name, now=now())
    except Conflict:
        return _draft_page(draft_id, _("现在的状态不能做这一步。")), 409
    return redirect(url_for("operator.draft", draft_id=draft_id))


@blueprint.post("/drafts/<uuid:draft_id>/drop")
@audience(Audience.OPERATOR, may="operate")
def drop(draft_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            drop_draft(work, draft_id, by=staff().name, now=now())
    except Conflict:
        return _draft_page(draft_id, _("现在的状态不能做这一步。")), 409
    return redirect(url_for("operator.draft", draft_id=draft_id))
