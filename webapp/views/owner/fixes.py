"""The owner's list of things to do: three this week, five this month; a day, a photo, done."""

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import open_checkup
from checkup.fixes import proofs, reminders, steps
from checkup.fixes.calendar_file import CalendarDay, calendar_file
from checkup.fixes.law_changes import list_flags
from checkup.fixes.planning import plan
from checkup.fixes.proofs import SealedFile
from checkup.fixes.reminder_wishes import CHANNELS, DAYS_BEFORE, parse_wish
from checkup.fixes.states import LIFE, OF_OWNER, TO_DO
from checkup.owner.recheck import recheck_day
from checkup.packs.values import Pack
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Invalid
from tenants.files import write_file
from tenants.models import Firm
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import pick
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.uploads import checked_files, send_sealed

blueprint = Blueprint("fixes", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/fixes")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    return _page(checkup_id)


def _page(
    checkup_id: uuid.UUID,
    *,
    at: str = "",
    faults: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    """`at`: the risk, or `reminders`, whose form was refused."""
    keys = case_keys()
    with owner_work() as session:
        opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
        details = steps.open_fixes_of(session, checkup_id=checkup_id, keys=keys)
        wish = reminders.get_wish(session, checkup_id=checkup_id, keys=keys)
        flags = list_flags(session, checkup_id=checkup_id, keys=keys)
        months = session.get_one(Firm, opened.row.firm_id).revisit_months
    again_on = recheck_day(opened.row, months)
    return render_template(
        "owner/fixes.html",
        checkup=opened.row,
        pack=opened.pack,
        plan=plan(one.fix for one in details),
        details={one.fix.risk: one for one in details},
        moves=lambda fix: LIFE.moves_from(fix.state, of=OF_OWNER),
        flags=flags,
        wish=wish,
        channels=CHANNELS,
        days_before=DAYS_BEFORE,
        again_on=again_on,
        today=city_day(now()),
        at=at,
        faults=faults or {},
        typed=typed or {},
    )


def _refused(checkup_id: uuid.UUID, at: str, invalid: Invalid) -> tuple[str, int]:
    faults = {fault.field: fault_text(fault) for fault in invalid.faults}
    return _page(checkup_id, at=at, faults=faults, typed=request.form), 422


@blueprint.post("/fixes/<risk>/step")
@audience(Audience.OWNER)
def step(checkup_id: uuid.UUID, risk: str) -> Response | tuple[str, int]:
    """Take it in hand, say it is done (photo or words), or say why it stays."""
    keys = case_keys()
    try:
        photos = _sealed_photos(checkup_id)
        with owner_work() as session:
            steps.owner_step(
                session,
                checkup_id=checkup_id,
                risk=risk,
                step=request.form.get("step", ""),
                why=request.form.get("why", ""),
                proofs=photos,
                actor_id=owner_scope().person_id,
                keys=keys,
                now=now(),
            )
    except Invalid as invalid:
        return _refused(checkup_id, risk, invalid)
    return redirect(url_for("fixes.show", checkup_id=checkup_id, _anchor=f"fix-{risk}"))


def _sealed_photos(checkup_id: uuid.UUID) -> list[SealedFile]:
    """The photos checked, sealed and written; their rows come with the step. Raises: Invalid `photo`, NotFound."""
    photos, keys = checked_files("photo"), case_keys()
    if not photos:
        return []
    with owner_work() as session:
        sealed = [proofs.seal_proof(session, checkup_id=checkup_id, file=file, keys=keys) for _name, file in photos]
    for one in sealed:
        write_file(installation().files_url, one.path, one.sealed)
    return sealed


@blueprint.post("/fixes/<risk>/day")
@audience(Audience.OWNER)
def set_day(checkup_id: uuid.UUID, risk: str) -> Response | tuple[str, int]:
    try:
        with owner_work() as session:
            steps.set_day(session, checkup_id=checkup_id, risk=risk, day=request.form.get("day", ""), now=now())
    except Invalid as invalid:
        return _refused(checkup_id, risk, invalid)
    return redirect(url_for("fixes.show", checkup_id=checkup_id, _anchor=f"fix-{risk}"))


@blueprint.post("/fixes/reminders")
@audience(Audience.OWNER)
def set_reminders(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    keys = case_keys()
    try:
        wish = parse_wish(request.form)
        with owner_work() as session:
            reminders.set_wish(session, checkup_id=checkup_id, wish=wish, keys=keys, now=now())
    except Invalid as invalid:
        return _refused(checkup_id, "reminders", invalid)
    return redirect(url_for("fixes.show", checkup_id=checkup_id, _anchor="reminders"))


@blueprint.get("/fixes/proof/<uuid:proof_id>")
@audience(Audience.OWNER)
def proof(checkup_id: uuid.UUID, proof_id: uuid.UUID) -> Response:
    settings = installation()
    with owner_work() as session:
        file = proofs.open_proof(
            session,
            checkup_id=checkup_id,
            proof_id=proof_id,
            keys=settings.keyring(),
            files_url=settings.files_url,
        )
    return send_sealed(file)


@blueprint.get("/fixes.ics")
@audience(Audience.OWNER)
def calendar(checkup_id: uuid.UUID) -> Response:
    """Her days for the calendar of her phone."""
    keys = case_keys()
    with owner_work() as session:
        opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
        todo = [fix for fix in steps.list_fixes(session, checkup_id=checkup_id) if fix.state in TO_DO]
        wish = reminders.get_wish(session, checkup_id=checkup_id, keys=keys)
    url = installation().public_url + url_for("fixes.show", checkup_id=checkup_id)
    days = [
        CalendarDay(f"{checkup_id}-{fix.risk}@famai", fix.due_on, *_words(opened.pack, fix.risk), url) for fix in todo
    ]
    content = calendar_file(days, name=_("法脉：要办的事"), days_before=wish.days_before, made_at=now())
    headers = {"Content-Disposition": 'attachment; filename="famai.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


def _words(pack: Pack, risk_id: str) -> tuple[str, str]:
    """Title and text of one thing to do."""
    risk = pack.risk(risk_id)
    return pick(dict(risk.title)), pick(dict(risk.remedy))
