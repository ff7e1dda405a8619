"""The desk of gatherings, one for a bureau and for a firm: list, making, one page with its steps, the code at the door.

Each view runs in the scope of whoever is here; row security says what is hers, and `_is_ours` what she may change.
"""

import uuid
from collections.abc import Callable, Sequence

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.gatherings import making, reading
from bureau.gatherings.handouts import put_handout
from bureau.gatherings.making import Host
from bureau.gatherings.models import Gathering, Handout, Speaker
from bureau.hours.time_spans import Span, show_spans
from checkup.packs.catalogue import PACK, get_pack
from checkup.review.colleagues import list_colleagues
from tenants.campaigns.making import list_campaigns
from tenants.campaigns.models import Campaign
from tenants.campaigns.states import RUNNING
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, NotFound
from tenants.firms.admission import list_supervised
from tenants.firms.states import SERVING as SERVING_FIRMS
from tenants.models import Bureau, Firm, Partner
from tenants.parks.admission import list_known
from tenants.parks.states import SERVING
from webapp.drawn_papers import TYPES
from webapp.edge.audiences import Desk, actor, public_work, staff, staff_work
from webapp.edge.downloads import file_response
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.limits import takes_files
from webapp.forms.base import Form
from webapp.forms.bureau import TopicForm
from webapp.forms.outreach.gatherings import (
    AskedFirmsForm,
    CallOffForm,
    GatheringForm,
    HandoutForm,
    HeldForm,
    SpeakersForm,
)
from webapp.gatherings.door import show_door
from webapp.gatherings.poster import LANGUAGES, print_poster, read_poster
from webapp.wording.codes import topic_name

_Answer = Response | str | tuple[str, int]
_desk = Desk(Audience.BUREAU, Audience.FIRM)
_at, open_desk = _desk.at, _desk.open
_REFUSED = 409


@_at("")
def index() -> str:
    with staff_work() as work:
        rows = reading.list_of_host(work)
    return render_template("shared/gatherings.html", rows=rows, ours=_is_ours, now=now())


def _is_ours(row: Gathering) -> bool:
    """A firm's are its own to change, all others their bureau's."""
    return row.by_firm == staff().firm_id


@_at("/new")
def new() -> _Answer:
    """Of the area of law that the address names, where an alert of the trends asked for it."""
    asked = TopicForm(request.args)
    topic = asked.topic.data if asked.topic.data in {domain.id for domain in get_pack(PACK).domains} else ""
    told = {"topic": topic, "name": _("{topic}：开店要注意什么", topic=topic_name(topic))} if topic else {}
    with staff_work() as work:
        home = work.get_one(Firm, staff().firm_id) if staff().firm_id else work.get_one(Bureau, staff().bureau_id)
    return _new(GatheringForm(formdata=None, data={"kind": "lecture", "district": home.district or "", **told}))


def _new(form: GatheringForm) -> tuple[str, int]:
    with staff_work() as work:
        form.offer(*_partners_and_campaigns(work))
    return render_template("shared/gathering_new.html", form=form), form.status


def _partners_and_campaigns(work: Session) -> tuple[list[Partner], list[Campaign]]:
    """Those that a bureau may name; a firm knows none."""
    if staff().firm_id is not None:
        return [], []
    partners = [one for one in list_known(work) if one.state == SERVING]
    return partners, [one for one in list_campaigns(work) if one.state == RUNNING and one.by_firm is None]


@_at("/new", "POST")
def make() -> _Answer:
    form = GatheringForm()
    with form.faults_of_domain(), staff_work() as work:
        form.offer(*_partners_and_campaigns(work))
        if form.validate():
            row = making.make_gathering(work, form.plan(), _host(work, form), by=actor(), now=now())
            return redirect(url_for(".one", gathering_id=row.id))
    return _new(form)


def _host(work: Session, form: GatheringForm) -> Host:
    firm_id = staff().firm_id
    if firm_id is not None:
        return Host(work.get_one(Firm, firm_id).bureau_id, by_firm=firm_id)
    return Host(staff().bureau_id or abort(404), partner_id=form.partner.row_id, campaign_id=form.campaign.row_id)


@_at("/<uuid:gathering_id>")
def one(gathering_id: uuid.UUID) -> _Answer:
    return _one(gathering_id)


def _one(gathering_id: uuid.UUID, notice: str = "", **sent: Form) -> tuple[str, int]:
    """`sent`: the form that was refused, by its name on the page."""
    with staff_work() as work:
        row = reading.get_gathering(work, gathering_id)
        speakers = reading.list_speakers(work, row.id)
        firms = _firms(work)
        asked = set(reading.list_firm_ids(work, row.id))
        forms = _forms(row, asked, [one for one, _firm in speakers]) | sent
        _offer(work, row, forms, firms)
        page = render_template(
            "shared/gathering.html",
            row=row,
            is_ours=_is_ours(row),
            now=now(),
            speakers=speakers,
            asked=[one for one in firms if one.id in asked],
            partner=reading.find_partner(work, row) if staff().bureau_id else None,
            told=reading.read_told(work, row.id),
            events=reading.list_events(work, row.id),
            door=show_door(row),
            handout=work.get(Handout, row.id),
            notice=notice,
            posters=LANGUAGES,
            **forms,
        )
    return page, _REFUSED if notice else max(form.status for form in forms.values())


def _forms(row: Gathering, asked: set[uuid.UUID], speakers: Sequence[Speaker]) -> dict[str, Form]:
    """Before anybody typed."""
    lawyers = tuple(str(one.lawyer_id) for one in speakers)
    planned = show_spans((Span(row.begins_at, row.ends_at),))
    return {
        "plan": GatheringForm(formdata=None, data=GatheringForm.of(row)),
        "firms": AskedFirmsForm(formdata=None, data={"firms": tuple(map(str, asked))}),
        "speaking": SpeakersForm(formdata=None, data={"speakers": lawyers}),
        "held": HeldForm(formdata=None, data={"times": planned, "came": lawyers}),
        "off": CallOffForm(formdata=None),
        "handing": HandoutForm(formdata=None),
    }


def _firms(work: Session) -> list[Firm]:
    """Those that a bureau may ask; a firm knows itself."""
    firm_id = staff().firm_id
    if firm_id is not None:
        return [work.get_one(Firm, firm_id)]
    return [firm for firm in list_supervised(work) if firm.state in SERVING_FIRMS]


def _offer(work: Session, row: Gathering, forms: dict[str, Form], firms: Sequence[Firm]) -> None:
    for form in forms.values():
        match form:
            case AskedFirmsForm():
                form.offer(firms)
            case SpeakersForm() if staff().firm_id is not None:
                form.offer(list_colleagues(work, firm_id=firms[0].id))
            case HeldForm():
                form.offer([one for one, _firm in reading.list_speakers(work, row.id)])


def _change(gathering_id: uuid.UUID, name: str, form: Form, change: Callable[[Session, Gathering], None]) -> _Answer:
    """One form of the page, done in a unit of its own; refused, the page again with what was typed."""
    try:
        with form.faults_of_domain(), staff_work() as work:
            row = reading.get_gathering(work, gathering_id)
            _offer(work, row, {name: form}, _firms(work))
            if form.validate():
                change(work, row)
                return redirect(url_for(".one", gathering_id=gathering_id))
    except Conflict:
        return _one(gathering_id, _("现在改不了：还没开始、已经开始，或者已经取消、办完了。"), **{name: form})
    return _one(gathering_id, **{name: form})


def _change_ours(
    gathering_id: uuid.UUID, name: str, form: Form, change: Callable[[Session, Gathering], None]
) -> _Answer:
    """The same by its maker alone, while nobody else changes it. Raises: NotFound."""

    def do(work: Session, row: Gathering) -> None:
        if not _is_ours(row):
            raise NotFound
        change(work, making.get_to_change(work, row.id))

    return _change(gathering_id, name, form, do)


@_at("/<uuid:gathering_id>/plan", "POST")
def plan(gathering_id: uuid.UUID) -> _Answer:
    form = GatheringForm()

    def do(work: Session, row: Gathering) -> None:
        making.change_plan(work, row, form.plan(), by=actor(), now=now())

    return _change_ours(gathering_id, "plan", form, do)


@_at("/<uuid:gathering_id>/firms", "POST", (Audience.BUREAU,))
def ask_firms(gathering_id: uuid.UUID) -> _Answer:
    form = AskedFirmsForm()
    return _change_ours(gathering_id, "firms", form, lambda work, row: making.set_firms(work, row, form.wanted()))


@_at("/<uuid:gathering_id>/speakers", "POST", (Audience.FIRM,))
def speak(gathering_id: uuid.UUID) -> _Answer:
    """At a gathering of the firm's own, or of a bureau that asked it."""
    form = SpeakersForm()

    def put(work: Session, row: Gathering) -> None:
        making.set_speakers(work, row, firm_id=staff().firm_id or abort(404), wanted=form.wanted())

    return _change(gathering_id, "speaking", form, put)


@_at("/<uuid:gathering_id>/handout", "POST")
@takes_files(1)
def hand_out(gathering_id: uuid.UUID) -> _Answer:
    """Everybody may read it, also once it is over."""
    form = HandoutForm()

    def put(work: Session, row: Gathering) -> None:
        [(name, file)] = form.paper.data
        put_handout(work, row, name=name, file=file, files_url=installation().files_url)

    return _change_ours(gathering_id, "handing", form, put)


@_at("/<uuid:gathering_id>/cancel", "POST")
def cancel(gathering_id: uuid.UUID) -> _Answer:
    form = CallOffForm()

    def do(work: Session, row: Gathering) -> None:
        making.cancel(work, row, why=form.why.data, by=actor(), now=now())

    return _change_ours(gathering_id, "off", form, do)


@_at("/<uuid:gathering_id>/close", "POST")
def close(gathering_id: uuid.UUID) -> _Answer:
    form = HeldForm()

    def do(work: Session, row: Gathering) -> None:
        making.close(work, row, times=form.times.data, came=form.those_who_came(), by=actor(), now=now())

    return _change_ours(gathering_id, "held", form, do)


@_at("/<uuid:gathering_id>/poster/<language>.<file_kind>")
def poster(gathering_id: uuid.UUID, language: str, file_kind: str) -> Response:
    """To be shown, or taken away where the address says so."""
    with staff_work() as work:
        row = reading.get_gathering(work, gathering_id)
    with public_work() as work:
        held = read_poster(work, row, now())
    events_url = installation().public_url + url_for("gatherings.index")
    content = print_poster(held, locale=language, kind=file_kind, events_url=events_url)
    is_shown = file_kind == "svg" and "download" not in request.args
    name = f"{row.number}-{language}.{file_kind}"
    return file_response(content, TYPES[file_kind], name, is_shown=is_shown)


@_at("/<uuid:gathering_id>/door")
def door(gathering_id: uuid.UUID) -> str:
    """What is held out at the door; it renews itself."""
    with staff_work() as work:
        row = reading.get_gathering(work, gathering_id)
    return render_template(
        "shared/gathering_door.html", row=row, door=show_door(row), now=now(), back=url_for(".one", gathering_id=row.id)
    )
