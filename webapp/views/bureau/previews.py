"""`This is what would leave`: a release that the operator shows to the bureau's heads and the firms' admins first."""

import uuid

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from cloud.cubes.models import ReleaseDraft
from cloud.releases.ledger import count_own, list_draft_cells, list_drafts
from cloud.releases.releases import note_look
from tenants.clock import now
from tenants.database import Audience
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.wording.figures import figures_of

blueprint = Blueprint("previews", __name__)


@blueprint.get("/bureau/releases")
@audience(Audience.BUREAU, may="supervise")
def bureau_index() -> str:
    with staff_work() as work:
        return render_template("shared/previews.html", drafts=list_drafts(work), page="previews.bureau_draft")


@blueprint.get("/bureau/releases/<uuid:draft_id>")
@audience(Audience.BUREAU, may="supervise")
def bureau_draft(draft_id: uuid.UUID) -> str:
    return _page(draft_id)


@blueprint.get("/firm/releases")
@audience(Audience.FIRM, may="run_firm")
def firm_index() -> str:
    with staff_work() as work:
        return render_template("shared/previews.html", drafts=list_drafts(work), page="previews.firm_draft")


@blueprint.get("/firm/releases/<uuid:draft_id>")
@audience(Audience.FIRM, may="run_firm")
def firm_draft(draft_id: uuid.UUID) -> str:
    return _page(draft_id)


def _page(draft_id: uuid.UUID) -> str:
    """With how many of the firm's own businesses are in it, where a firm asks."""
    with staff_work() as work:
        draft = work.get(ReleaseDraft, draft_id)
        if draft is None:
            raise NotFound
        note_look(work, draft, by=actor(), now=now())
        cells = list_draft_cells(work, draft_id)
        own = count_own(work, draft.period) if staff().firm_id is not None else None
    return render_template("shared/preview.html", draft=draft, figures=figures_of(draft.period, cells), own=own)
