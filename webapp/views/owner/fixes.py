"""The owner's list of things to do: three this week, five this month; a day, a photo, done."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import open_checkup
from checkup.cases.told_risks import told_risks
from checkup.fixes import proofs, reminders, steps
from checkup.fixes.calendar_file import CalendarDay, calendar_file
from checkup.fixes.law_changes import list_flags
from checkup.fixes.models import Fix
from checkup.fixes.planning import A_PAGE, F, Plan, cut_page, order, page_of, plan
from checkup.fixes.states import LIFE, OF_OWNER, TO_DO
from checkup.lessons.taking import lessons_of
from checkup.owner.recheck import recheck_day
from checkup.packs.values import Risk
from checkup.ways.loading import list_disputes
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.models import Firm
from tenants.providers.kinds import KINDS
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import pick
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.edge.uploads import sealed_photos, send_paper
from webapp.forms.base import Form
from webapp.forms.owner import FixAcceptForm, FixDayForm, FixPartForm, FixStepForm, RemindersForm
from webapp.wording.codes import may_move

blueprint = Blueprint("fixes", __name__, url_prefix="/checkup/<uuid:checkup_id>")


@blueprint.get("/fixes")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> tuple[str, int]:
    """What to do first; a part of the list that is long is turned over by itself, page by page."""
    return _page(checkup_id, at=request.args.get("at", ""))


def _page(checkup_id: uuid.UUID, refused: Form | None = None, at: str = "") -> tuple[str, int]:
    """`at`: the risk to show or whose form was refused, or `reminders`."""
    keys = case_keys()
    with owner_work() as session:
        opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
        details = steps.open_fixes_of(session, checkup_id=checkup_id, keys=keys)
        risks = told_risks(session, checkup_id=checkup_id, pack=opened.pack)
        wish = reminders.get_wish(session, checkup_id=checkup_id, keys=keys)
        flags = list_flags(session, checkup_id=checkup_id, keys=keys)
        lesson = lessons_of(session, opened.row, now=now()).next
        months = session.get_one(Firm, opened.row.firm_id).revisit_months
    planned = plan((one.fix for one in details), city_day(now()))
    kept = {"channel": wish.channel, "address": wish.address, "email": wish.email, "days_before": str(wish.days_before)}
    page = render_template(
        "owner/fixes.html",
        checkup=opened.row,
        pack=opened.pack,
        risks=risks,
        plan=planned,
        part=_part(planned, at),
        a_page=A_PAGE,
        details={one.fix.risk: one for one in details},
        moves=lambda fix: LIFE.moves_from(fix.state, of=OF_OWNER),
        flags=flags,
        lesson=lesson,
        ways={risk: one.id for one in list_disputes(opened.row.pack_id) for risk in one.risks},
        helpers=KINDS,
        again_on=recheck_day(opened.row, months),
        today=city_day(now()),
        at=at,
        refused=refused is not None,
        step=getattr(getattr(refused, "step", None), "data", ""),
        forms_of=lambda fix: _forms_of(fix, refused if fix.risk == at else None),
        reminders=refused if at == "reminders" else RemindersForm(formdata=None, data=kept),
    )
    return page, 200 if refused is None else refused.status


@dataclass(frozen=True)
class Part:
    """One page of a part of the plan that is too long to be unfolded."""

    name: str
    fixes: Sequence[Fix]
    number: int
    count: int


def _part(planned: Plan[F], at: str) -> Part | None:
    """The part that was asked for or holds what was just changed, where it is long."""
    asked = FixPartForm(request.args)
    asked.validate()
    for name in ("later", "waiting", "done"):
        fixes = getattr(planned, name)
        places = {fix.risk: place for place, fix in enumerate(fixes)}
        if len(fixes) > A_PAGE and (at in places or (not at and asked.part.data == name)):
            number = page_of(places[at]) if at in places else asked.page.data or 1
            return Part(name, *cut_page(fixes, number))
    return None


def _forms_of(fix: Fix, refused: Form | None) -> dict[str, Form]:
    """The forms on the card of one thing to do; one that was refused as it was sent."""
    forms: dict[str, Form] = {
        "claim": FixStepForm(formdata=None, at=f"{fix.risk}-claim"),
        "accept": FixAcceptForm(formdata=None, at=f"{fix.risk}-accept"),
        "day": FixDayForm(formdata=None, at=fix.risk, data={"day": fix.due_on}),
    }
    if refused is not None:
        forms["day" if isinstance(refused, FixDayForm) else refused.step.data] = refused
    return forms


@blueprint.post("/fixes/<risk>/step")
@audience(Audience.OWNER)
@takes_files()
def step(checkup_id: uuid.UUID, risk: str) -> Response | tuple[str, int]:
    """Take it in hand, say it is done (photo or words), or say why it stays."""
    form = FixStepForm(at=f"{risk}-step")
    if form.step.data == "accept":
        form = FixAcceptForm(at=f"{risk}-accept")
    with form.faults_of_domain():
        if form.validate():
            with sealed_photos(owner_work, checkup_id, form.photo.data) as photos, owner_work() as session:
                steps.owner_step(
                    session,
                    checkup_id=checkup_id,
                    risk=risk,
                    step=form.step.data,
                    why=form.why.data,
                    proofs=photos,
                    actor_id=owner_scope().person_id,
                    keys=case_keys(),
                    now=now(),
                )
            return redirect(url_for("fixes.show", checkup_id=checkup_id, at=risk, _anchor=f"fix-{risk}"))
    return _page(checkup_id, form, at=risk)


@blueprint.post("/fixes/<risk>/day")
@audience(Audience.OWNER)
def set_day(checkup_id: uuid.UUID, risk: str) -> Response | tuple[str, int]:
    form = FixDayForm(at=risk)
    with form.faults_of_domain():
        if form.validate():
            with owner_work() as session:
                steps.set_day(session, checkup_id=checkup_id, risk=risk, day=form.day.data, now=now())
            return redirect(url_for("fixes.show", checkup_id=checkup_id, _anchor=f"fix-{risk}"))
    return _page(checkup_id, form, at=risk)


@blueprint.post("/fixes/reminders")
@audience(Audience.OWNER)
def set_reminders(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    form = RemindersForm()
    if not form.validate():
        return _page(checkup_id, form, at="reminders")
    with owner_work() as session:
        reminders.set_wish(session, checkup_id=checkup_id, wish=form.wish(), keys=case_keys(), now=now())
    return redirect(url_for("fixes.show", checkup_id=checkup_id, _anchor="reminders"))


@blueprint.get("/fixes/proof/<uuid:proof_id>")
@audience(Audience.OWNER)
def proof(checkup_id: uuid.UUID, proof_id: uuid.UUID) -> Response:
    settings = installation()
    with owner_work() as session:
        kind, file = proofs.open_proof(
            session,
            checkup_id=checkup_id,
            proof_id=proof_id,
            keys=settings.keyring(),
            files_url=settings.files_url,
        )
    return send_paper(file, kind)


@blueprint.get("/fixes.ics")
@audience(Audience.OWNER)
def calendar(checkup_id: uuid.UUID) -> Response:
    """Her days for the calendar of her phone."""
    keys = case_keys()
    with owner_work() as session:
        opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
        risks = told_risks(session, checkup_id=checkup_id, pack=opened.pack)
        today, known = city_day(now()), steps.list_fixes(session, checkup_id=checkup_id)
        todo = sorted((fix for fix in known if fix.state in TO_DO), key=lambda fix: order(fix, today))
        wish = reminders.get_wish(session, checkup_id=checkup_id, keys=keys)
    url = installation().public_url + url_for("fixes.show", checkup_id=checkup_id)
    days = [
        CalendarDay(
            f"{checkup_id}-{fix.risk}@famai",
            fix.due_on,
            *_words(risks[fix.risk], fix, today),
            url,
            fix.changed_at,
            (fix.changed_at - fix.opened_at) // dt.timedelta(seconds=1),
        )
        for fix in todo
    ]
    content = calendar_file(days, name=_("法脉：要办的事"), days_before=wish.days_before, made_at=now())
    headers = {"Content-Disposition": 'attachment; filename="famai.ics"'}
    return Response(content, mimetype="text/calendar", headers=headers)


def _words(risk: Risk, fix: Fix, today: dt.date) -> tuple[str, str]:
    """Title and text of one thing to do; a legal deadline is named as one, past or to come."""
    parts = [pick(dict(risk.remedy))]
    if fix.law_due_on is not None and fix.law_due_on < today:
        parts.insert(0, _("期限 {day} 已经过了：先问律师还能怎么办", day=fix.law_due_on))
    elif fix.law_due_on is not None:
        moves = "" if risk.has_fixed_day else may_move(fix.law_due_on)
        parts.insert(0, _("法律规定的期限：{day}", day=fix.law_due_on) + moves)
    return pick(dict(risk.title)), "\n".join(parts)
