"""The lawyer's look at what owners mended, and at reports under which a law has changed."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row, open_checkup
from checkup.cases.told_risks import told_risks
from checkup.fixes import proofs, steps
from checkup.fixes.law_changes import answer_flag, list_flags, list_open_flags
from checkup.fixes.planning import order
from checkup.fixes.states import LIFE, OF_LAWYER
from checkup.owner.ratings import find_rating, open_words
from checkup.packs.catalogue import get_pack
from tenants import audit
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from webapp.edge.audiences import actor, audience, staff, staff_scope, staff_work
from webapp.edge.errors import CONFLICTS
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.uploads import send_paper
from webapp.forms.lawyer import FixForm, LawForm
from webapp.forms.staff import one_each

blueprint = Blueprint("mending", __name__, url_prefix="/lawyer")


@blueprint.get("/fixes")
@audience(Audience.FIRM, may="review")
def index() -> str:
    """What waits for a lawyer's word."""
    firm_id = staff_scope().firm_id or abort(404)
    with staff_work() as session:
        claimed = steps.list_claimed(session, firm_id=firm_id)
        flags = list_open_flags(session, firm_id=firm_id)
    return render_template("lawyer/fixes.html", claimed=claimed, flags=flags, pack_of=get_pack)


@blueprint.get("/checkups/<uuid:checkup_id>/fixes")
@audience(Audience.FIRM, may="review")
def case(checkup_id: uuid.UUID) -> tuple[str, int]:
    return _page(checkup_id)


def _page(checkup_id: uuid.UUID, sent: FixForm | LawForm | None = None, notice: str = "") -> tuple[str, int]:
    keys = case_keys()
    with staff_work() as session:
        row = get_checkup_row(session, checkup_id)
        if not row.review_wanted or row.signed_at is None:
            raise NotFound
        opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
        details = steps.open_fixes_of(session, checkup_id=checkup_id, keys=keys)
        risks = told_risks(session, checkup_id=checkup_id, pack=opened.pack)
        flags = list_flags(session, checkup_id=checkup_id, keys=keys)
        rating = find_rating(session, checkup_id)
        words = open_words(session, rating, keys) if rating else ""
        audit.note_opened(session, firm_id=row.firm_id, by=actor(), about_id=row.id, owner_id=row.owner_id, now=now())
    page = render_template(
        "lawyer/case_fixes.html",
        checkup=row,
        business=opened.business,
        pack=opened.pack,
        risks=risks,
        details=sorted(details, key=lambda one: (one.fix.state != "claimed_done", order(one.fix, city_day(now())))),
        moves=lambda fix: LIFE.moves_from(fix.state, of=OF_LAWYER),
        flags=flags,
        rating=rating,
        rating_words=words,
        today=city_day(now()),
        notice=notice,
        fix_forms=one_each(FixForm, [one.fix.risk for one in details], sent),
        law_forms=one_each(LawForm, [one.change.id for one in flags], sent),
    )
    return page, 409 if notice else sent.status if sent else 200


@blueprint.post("/checkups/<uuid:checkup_id>/fixes/<risk>")
@audience(Audience.FIRM, may="review")
def step(checkup_id: uuid.UUID, risk: str) -> Response | tuple[str, int]:
    """Confirm or reopen, with a sentence."""
    form = FixForm(at=risk)
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as session:
                    steps.lawyer_step(
                        session,
                        checkup_id=checkup_id,
                        risk=risk,
                        step=form.step.data,
                        why=form.why.data,
                        lawyer_id=staff().person_id,
                        keys=case_keys(),
                        now=now(),
                    )
                return redirect(url_for("mending.case", checkup_id=checkup_id, _anchor=f"fix-{risk}"))
    except Conflict as conflict:
        return _page(checkup_id, form, _(CONFLICTS[conflict.code]))
    return _page(checkup_id, form)


@blueprint.post("/checkups/<uuid:checkup_id>/law/<uuid:change_id>")
@audience(Audience.FIRM, may="review")
def answer_law(checkup_id: uuid.UUID, change_id: uuid.UUID) -> Response | tuple[str, int]:
    """Whether the advice still stands under the changed article."""
    form = LawForm(at=str(change_id))
    try:
        with form.faults_of_domain():
            if form.validate():
                with staff_work() as session:
                    answer_flag(
                        session,
                        checkup_id=checkup_id,
                        change_id=change_id,
                        answer=form.answer.data,
                        words=form.words.data,
                        lawyer_id=staff().person_id,
                        keys=case_keys(),
                        now=now(),
                    )
                return redirect(url_for("mending.case", checkup_id=checkup_id))
    except Conflict as conflict:
        return _page(checkup_id, form, _(CONFLICTS[conflict.code]))
    return _page(checkup_id, form)


@blueprint.get("/checkups/<uuid:checkup_id>/fixes/proof/<uuid:proof_id>")
@audience(Audience.FIRM, may="review")
def proof(checkup_id: uuid.UUID, proof_id: uuid.UUID) -> Response:
    settings = installation()
    with staff_work() as session:
        if not get_checkup_row(session, checkup_id).review_wanted:
            raise NotFound
        kind, file = proofs.open_proof(
            session,
            checkup_id=checkup_id,
            proof_id=proof_id,
            keys=settings.keyring(),
            files_url=settings.files_url,
        )
    return send_paper(file, kind)
