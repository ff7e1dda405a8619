"""From a finding to help: which body, what it gets to see, her yes, and where it stands."""

import uuid
from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from billing.fees.asked import find_asked
from billing.fees.starting_prices import Starting, starting_price
from billing.waivers.fee_effects import let_off_today
from billing.waivers.granted_terms import terms_of
from billing.waivers.models import Waiver
from billing.waivers.steps import find_in_force
from checkup.aid.loading import find_aid
from checkup.cases.checkups import get_checkup_row, list_findings, open_case
from checkup.cases.models import Checkup
from checkup.correspondence.attachments import ShownFile, list_files
from checkup.mediation import asking
from checkup.mediation.events import find_of_referral
from checkup.owner.erasure import remove_files
from checkup.referrals import moving
from checkup.referrals.choosing import rank_bodies
from checkup.referrals.drafting import draft, get_subject
from checkup.referrals.hints import list_hints
from checkup.referrals.ratings import find_rating
from checkup.referrals.reading import get_own, list_of_case, list_with_room, open_file, open_referral
from checkup.ways.loading import list_disputes, list_keeps_of
from checkup.ways.values import find_disputes
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.models import Business, Provider
from tenants.providers.directory import get_serving, list_serving
from tenants.providers.kinds import SERVICES_OF
from webapp.edge.audiences import audience, owner, owner_work
from webapp.edge.i18n import locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, fee_catalogue, installation
from webapp.edge.limits import takes_files
from webapp.edge.uploads import send_paper
from webapp.forms.providers import PacketForm, WordsToBodyForm
from webapp.wording.provider_words import CONFLICTS

blueprint = Blueprint("help", __name__, url_prefix="/checkup/<uuid:checkup_id>/help")
_Answer = Response | tuple[str, int]


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> str:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        found = [one.risk for one in list_findings(work, checkup_id=checkup_id) if one.stands]
        sent, hints = list_of_case(work, checkup_id), list_hints(work, checkup_id)
    disputes = find_disputes(list_disputes(row.pack_id), found)
    return render_template(
        "owner/help/list.html",
        checkup=row,
        sent=sent,
        hints=hints,
        disputes=disputes,
        services=SERVICES_OF,
        has_aid=find_aid(row.pack_id) is not None,
    )


@blueprint.get("/to/<topic>")
@audience(Audience.OWNER)
def choose(checkup_id: uuid.UUID, topic: str) -> str:
    """The bodies that take this matter, in an order that is said."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        subject = get_subject(work, row, topic)
        business = work.get_one(Business, (row.firm_id, row.business_id))
        bodies = list_serving(work, kind=subject.kind, district=business.district, service=subject.service)
        waiver = find_in_force(work, checkup_id=checkup_id, today=city_day(now()))
        choices = rank_bodies(
            bodies,
            district=business.district,
            language=locale(),
            has_certificate=waiver is not None,
            with_room=list_with_room(work, bodies),
        )
        prices = _prices(bodies, waiver)
    keeps = list_keeps_of(row.pack_id, subject.kind, subject.service)
    return render_template(
        "owner/help/choose.html", checkup=row, subject=subject, choices=choices, prices=prices, keeps=keeps
    )


def _prices(bodies: Iterable[Provider], waiver: Waiver | None) -> dict[uuid.UUID, Starting | None]:
    today = city_day(now())
    return {
        body.id: starting_price(
            fee_catalogue(),
            body.slug,
            day=today,
            terms=terms_of(waiver) if waiver and body.takes_certificates else None,
            used_minor=waiver.used_minor if waiver else 0,
        )
        for body in bodies
    }


@blueprint.get("/to/<topic>/<slug>")
@audience(Audience.OWNER)
def packet(checkup_id: uuid.UUID, topic: str, slug: str) -> _Answer:
    return _packet(checkup_id, topic, slug, PacketForm(formdata=None))


def _packet(checkup_id: uuid.UUID, topic: str, slug: str, form: PacketForm) -> tuple[str, int]:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        subject, body = get_subject(work, row, topic), get_serving(work, slug)
        form.offer(_files(work, row))
    page = render_template("owner/help/packet.html", checkup=row, subject=subject, body=body, form=form)
    return page, form.status


def _files(work: Session, row: Checkup) -> list[ShownFile]:
    """What was given in messages of this case."""
    held = list_files(work, checkup_id=row.id, case=open_case(work, row, case_keys()))
    return [file for files in held.values() for file in files]


@blueprint.post("/to/<topic>/<slug>")
@audience(Audience.OWNER)
@takes_files()
def make(checkup_id: uuid.UUID, topic: str, slug: str) -> _Answer:
    """The packet, to be looked at; nothing has left."""
    form, settings = PacketForm(), installation()
    with form.faults_of_domain():
        with owner_work() as work:
            form.offer(_files(work, get_checkup_row(work, checkup_id)))
        if form.validate():
            with owner_work() as work:
                waiver = find_in_force(work, checkup_id=checkup_id, today=city_day(now()))
                made, gone = draft(
                    work,
                    checkup_id=checkup_id,
                    topic=topic,
                    body=get_serving(work, slug),
                    wish=form.wish(),
                    certificate=(waiver.certificate_number or "") if waiver else "",
                    keys=settings.keyring(),
                    files_url=settings.files_url,
                    now=now(),
                )
            remove_files(settings.files_url, gone)
            return redirect(url_for("help.one", checkup_id=checkup_id, referral_id=made.id))
    return _packet(checkup_id, topic, slug, form)


@blueprint.get("/<uuid:referral_id>")
@audience(Audience.OWNER)
def one(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    return _one(checkup_id, referral_id)


def _one(
    checkup_id: uuid.UUID, referral_id: uuid.UUID, form: WordsToBodyForm | None = None, notice: str = ""
) -> tuple[str, int]:
    form = form or WordsToBodyForm(formdata=None)
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        opened = open_referral(work, get_own(work, checkup_id=checkup_id, referral_id=referral_id), case_keys())
        waiver = find_in_force(work, checkup_id=checkup_id, today=city_day(now()))
        rating, talk = find_rating(work, opened.row), find_of_referral(work, referral_id)
        asked = find_asked(work, opened.row)
        let_off = let_off_today(work, asked.fee, today=city_day(now())) if asked else None
        talks = talk is not None or asking.may_ask(work, opened.row, talk)
    page = render_template(
        "owner/help/draft.html" if opened.row.state == "drafted" else "owner/help/one.html",
        checkup=row,
        opened=opened,
        price=_prices([opened.body], waiver)[opened.body.id],
        rating=rating,
        asked=asked,
        let_off=let_off,
        talks=talks,
        lost_certificate=bool(opened.row.certificate) and waiver is None,
        form=form,
        notice=notice,
        today=city_day(now()),
    )
    return page, 409 if notice else form.status


@blueprint.post("/<uuid:referral_id>/send")
@audience(Audience.OWNER)
def send(checkup_id: uuid.UUID, referral_id: uuid.UUID) -> _Answer:
    by = Actor(owner().person_id, _("店主本人"))
    with CONFLICTS.told() as refused, owner_work() as work:
        moving.send(work, checkup_id=checkup_id, referral_id=referral_id, by=by, now=now())
    return _done(checkup_id, referral_id, refused)


def _done(checkup_id: uuid.UUID, referral_id: uuid.UUID, refused: list[str]) -> _Answer:
    if refused:
        return _one(checkup_id, referral_id, notice=refused[0])
    return redirect(url_for("help.one", checkup_id=checkup_id, referral_id=referral_id))


@blueprint.post("/<uuid:referral_id>/<any(answer, withdraw):referral_step>")
@audience(Audience.OWNER)
def step(checkup_id: uuid.UUID, referral_id: uuid.UUID, referral_step: str) -> _Answer:
    form = WordsToBodyForm()
    refused: list[str] = []
    with form.faults_of_domain():
        if referral_step == "withdraw" or form.validate():
            with CONFLICTS.told() as refused, owner_work() as work:
                moving.owner_step(
                    work,
                    checkup_id=checkup_id,
                    referral_id=referral_id,
                    step=referral_step,
                    words=form.words.data if referral_step == "answer" else "",
                    keys=case_keys(),
                    now=now(),
                )
            return _done(checkup_id, referral_id, refused)
    return _one(checkup_id, referral_id, form)


@blueprint.get("/<uuid:referral_id>/files/<uuid:file_id>")
@audience(Audience.OWNER)
def file(checkup_id: uuid.UUID, referral_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = get_own(work, checkup_id=checkup_id, referral_id=referral_id)
        media_type, content = open_file(
            work, row=row, file_id=file_id, keys=case_keys(), files_url=installation().files_url
        )
    return send_paper(content, media_type)
