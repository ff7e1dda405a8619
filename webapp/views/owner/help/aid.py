"""Legal aid: four questions, what they come to, an application filled in, and the way to the district's centre.

Nothing that she answers here is kept: each page is made of what her browser sends. What she hands over lies sealed
with her case as the referral that it is, from the page on which she sees it before it leaves.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.aid.loading import find_aid
from checkup.aid.values import OUT, Aid, Terms, Verdict, judge
from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.owner.erasure import remove_files
from checkup.packs.catalogue import get_pack
from checkup.referrals.choosing import Choice, rank_bodies
from checkup.referrals.drafting import RESULTS, Wish, draft
from checkup.referrals.packets import FILES
from checkup.referrals.reading import list_with_room
from checkup.report.laws import cite
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from tenants.firms.reception import is_reception
from tenants.models import Business, Provider
from tenants.providers.directory import list_serving
from tenants.providers.kinds import LEGAL_AID
from tenants.uploads import CheckedFile
from webapp.aid_papers import TITLE, Application, parts_of, summary_of
from webapp.edge.audiences import audience, owner_work
from webapp.edge.i18n import locale
from webapp.edge.installation import installation
from webapp.edge.uploads import send_paper
from webapp.forms.providers import AidApplicationForm, AidForm
from webapp.paper_files import PDF, TYPES, make_paper

blueprint = Blueprint("aid", __name__, url_prefix="/checkup/<uuid:checkup_id>/help/aid")
_Answer = Response | tuple[str, int]
_TOPIC = "own:aid"
_REFUSED = 409
_PAPER = "paper"  # the second form of the page


@dataclass(frozen=True)
class _Here:
    """Her case, her business, and what holds in her district today."""

    row: Checkup
    business: Business
    aid: Aid
    terms: Terms
    centres: Sequence[Choice]

    @property
    def hands_over(self) -> bool:
        """Whether a referral may begin at this case."""
        return self.row.state in RESULTS and not is_reception(self.row.firm_id)

    def centre(self, slug: str) -> Provider:
        """Raises: NotFound for a body that is none of hers."""
        found = next((one.body for one in self.centres if one.body.slug == slug), None)
        if found is None:
            raise NotFound
        return found


def _here(work: Session, checkup_id: uuid.UUID) -> _Here:
    """Raises: NotFound, also where nothing is known of legal aid."""
    row = get_checkup_row(work, checkup_id)
    aid = find_aid(row.pack_id)
    if aid is None:
        raise NotFound
    business = work.get_one(Business, (row.firm_id, row.business_id))
    bodies = list_serving(work, kind=LEGAL_AID, district=business.district, service="aid")
    centres = rank_bodies(
        bodies,
        district=business.district,
        language=locale(),
        has_certificate=False,
        with_room=list_with_room(work, bodies),
    )
    return _Here(row, business, aid, aid.terms_on(business.district, city_day(now())), centres)


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> _Answer:
    with owner_work() as work:
        here = _here(work, checkup_id)
    return _page(here, AidForm(formdata=None).offer(here.aid, here.terms))


@blueprint.post("")
@audience(Audience.OWNER)
def check(checkup_id: uuid.UUID) -> _Answer:
    with owner_work() as work:
        here = _here(work, checkup_id)
    form = AidForm().offer(here.aid, here.terms)
    if not form.validate():
        return _page(here, form)
    application = AidApplicationForm(formdata=None, data=form.data, at=_PAPER).offer(here.aid, here.terms)
    return _page(here, form, application, _verdict(here, form))


def _verdict(here: _Here, form: AidForm) -> Verdict:
    return judge(form.told(here.aid), here.terms, city_day(now()))


def _page(
    here: _Here, form: AidForm, application: AidForm | None = None, verdict: Verdict | None = None, status: int = 0
) -> tuple[str, int]:
    pack, today = get_pack(here.row.pack_id), city_day(now())
    told = form.told(here.aid) if verdict else None
    rests_on = (*(told.matter.basis if told else ()), *here.aid.basis)
    page = render_template(
        "owner/help/aid.html",
        checkup=here.row,
        terms=here.terms,
        centres=here.centres,
        hands_over=here.hands_over,
        form=form,
        application=application,
        verdict=verdict,
        papers=here.aid.papers_for(told) if told else (),
        laws=[cite(pack, basis, locale(), today) for basis in rests_on],
    )
    return page, status or max(form.status, application.status if application else 0)


@blueprint.post("/application.<any(pdf, docx):file_kind>")
@audience(Audience.OWNER)
def paper(checkup_id: uuid.UUID, file_kind: str) -> _Answer:
    """The application to keep or to print."""
    with owner_work() as work:
        here = _here(work, checkup_id)
    form = AidApplicationForm(at=_PAPER).offer(here.aid, here.terms)
    refused = _refused(here, form)
    return refused or send_paper(_make(here, form, file_kind), TYPES[file_kind])


def _refused(here: _Here, form: AidApplicationForm) -> _Answer | None:
    """The page again, where the form has faults or the matter is none for legal aid."""
    if form.validate():
        verdict = _verdict(here, form)
        return _page(here, form, None, verdict, _REFUSED) if verdict.result == OUT else None
    four = AidForm().offer(here.aid, here.terms)
    if not four.validate():
        return _page(here, four)
    return _page(here, four, form, _verdict(here, four))


def _make(here: _Here, form: AidApplicationForm, kind: str) -> bytes:
    named = [one.body.name for one in here.centres if one.body.slug == form.body.data]
    centre = next(iter([*named, *(one.body.name for one in here.centres)]), "")
    said = Application(form.told(here.aid), form.person.data, form.phone.data, form.words.data, centre)
    parts = parts_of(said, here.aid, here.terms, here.business)
    return make_paper(TITLE, city_day(now()).isoformat(), parts, kind)


@blueprint.post("/hand-over")
@audience(Audience.OWNER)
def hand_over(checkup_id: uuid.UUID) -> _Answer:
    """A packet for the centre with the application in it, to be looked at; nothing has left.

    Raises: NotFound for another body than a centre of hers; Conflict `not_now` where no referral may begin.
    """
    with owner_work() as work:
        here = _here(work, checkup_id)
    form = AidApplicationForm(at=_PAPER).offer(here.aid, here.terms)
    refused = _refused(here, form)
    if refused:
        return refused
    if not here.hands_over:
        raise Conflict("not_now")
    body = here.centre(form.body.data)
    made_paper = CheckedFile(TYPES[PDF], _make(here, form, PDF))
    words = summary_of(form.told(here.aid), form.words.data)
    wish = Wish(FILES, words, form.person.data, form.phone.data, given=((f"{TITLE}.pdf", made_paper),))
    settings = installation()
    with owner_work() as work:
        made, gone = draft(
            work,
            checkup_id=checkup_id,
            topic=_TOPIC,
            body=body,
            wish=wish,
            certificate="",
            keys=settings.keyring(),
            files_url=settings.files_url,
            now=now(),
        )
    remove_files(settings.files_url, gone)
    return redirect(url_for("help.one", checkup_id=checkup_id, referral_id=made.id))
