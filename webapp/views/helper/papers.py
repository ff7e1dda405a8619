"""Sheets of paper at a helper's station: printed for owners without a phone, and typed in twice when they come back."""

import datetime as dt
import functools
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from checkup.assisting import paper_rules
from checkup.assisting.agreeing import Agreed
from checkup.assisting.assist_rules import FILL, PAPER, door_of
from checkup.assisting.models import PaperEntry
from checkup.assisting.paper_entries import (
    BothTyped,
    Sheet,
    begin_entry,
    find_entry,
    get_entry,
    list_entries,
    open_entry,
    settle,
    type_again,
)
from checkup.packs.catalogue import PACK, get_pack
from checkup.packs.values import Pack
from checkup.rollout.releases import pack_in_force
from tenants.base import RECEPTION_ID
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tenants.stations import sheet_rules
from tenants.stations.models import PaperSheet
from tenants.stations.sheets import count_out, find_sheet, make_sheets, spoken, use_sheet, why_refused
from webapp.asking.guests import begin_for_guest
from webapp.asking.sheets import print_sheets
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.downloads import file_response
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.forms.papers.sheets import FirstSheetForm, PrintForm, SettleForm, SheetCodeForm, SheetForm, sheet_form
from webapp.views.helper.gate import at_work, standing
from webapp.wording.papers.sheet_words import said_on_sheet, sheet_refused

blueprint = Blueprint("helper_papers", __name__, url_prefix="/helper/papers")
_Answer = Response | tuple[str, int]
_ENTRY = "/entry/<uuid:checkup_id>"


@blueprint.get("")
@audience(Audience.HELPER, may="help")
@at_work
def show() -> _Answer:
    """The square on a sheet leads here, with its code."""
    return _page(by_code=SheetCodeForm(formdata=None, data={"code": request.args.get("code", "")}))


def _page(
    by_code: SheetCodeForm | None = None, printing: PrintForm | None = None, *, notice: str = "", status: int = 200
) -> tuple[str, int]:
    by_code = by_code or SheetCodeForm(formdata=None)
    printing = printing or PrintForm(formdata=None, data={"copies": 1})
    with staff_work() as work:
        page = render_template(
            "helper/paper/index.html",
            by_code=by_code,
            printing=printing,
            notice=notice,
            entries=[(one, _from(work, one)) for one in list_entries(work)],
            count_out=count_out(work, now()),
            now=now(),
            spoken=spoken,
        )
    return page, max(status, by_code.status, printing.status)


def _from(work: Session, entry: PaperEntry) -> dt.datetime:
    """From when on whoever is here may type it again."""
    return paper_rules.again_from(
        first_by=entry.first_by,
        first_at=entry.first_at,
        who=staff().person_id,
        has_colleague=bool(work.scalar(select(func.app_has_colleague()))),
    )


@blueprint.post("/print")
@audience(Audience.HELPER, may="help")
@at_work
def print_out() -> _Answer:
    form, station = PrintForm(), standing().station
    with form.faults_of_domain():
        if form.validate():
            with unit_of_work(Scope(Audience.OWNER, RECEPTION_ID)) as work:
                pack = pack_in_force(work, PACK, RECEPTION_ID)
            asked = {"copies": form.copies.data, "locale": form.language.data, "pack_version": pack.version}
            with staff_work() as work:
                sheets = make_sheets(work, station=station, **asked, by=actor(), now=now())
                work.expunge_all()
            typed_at = installation().public_url + url_for("helper_papers.show")
            made = print_sheets(sheets, station=station, pack=pack, typed_at=typed_at)
            return file_response(made, "application/pdf", f"famai-{sheets[0].code}.pdf")
    return _page(printing=form)


@blueprint.post("")
@audience(Audience.HELPER, may="help")
@at_work
def look_up() -> _Answer:
    """A sheet that came back: to its first typing, or where it was typed once, to the second."""
    form = SheetCodeForm()
    if not form.validate():
        return _page(form)
    with staff_work() as work:
        sheet = find_sheet(work, form.code.data)
        why = why_refused(sheet, now())
        waits = find_entry(work, sheet.code) if sheet is not None and why == sheet_rules.USED else None
        code = "" if sheet is None else sheet.code
    if waits is not None:
        return redirect(url_for("helper_papers.again", checkup_id=waits.checkup_id))
    if why:
        return _page(form, notice=sheet_refused(why), status=422)
    return redirect(url_for("helper_papers.first", code=code))


@blueprint.get("/sheet/<code>")
@audience(Audience.HELPER, may="help")
@at_work
def first(code: str) -> _Answer:
    with staff_work() as work:
        sheet, why = _living(work, code)
        return _stop(why) if sheet is None else _first_page(sheet, _empty(FirstSheetForm, sheet.pack_version))


def _living(work: Session, code: str) -> tuple[PaperSheet | None, str]:
    sheet = find_sheet(work, code)
    why = why_refused(sheet, now())
    return (None, why) if why else (sheet, "")


def _stop(why: str) -> tuple[str, int]:
    is_unknown = why == sheet_rules.UNKNOWN
    return _page(notice=sheet_refused(why), status=HTTPStatus.NOT_FOUND if is_unknown else HTTPStatus.CONFLICT)


def _pack(version: str) -> Pack:
    return get_pack(PACK, version)


def _empty(kind: type[SheetForm], version: str) -> SheetForm:
    return sheet_form(kind, _pack(version))(formdata=None)


def _first_page(sheet: PaperSheet, form: SheetForm) -> tuple[str, int]:
    return render_template("helper/paper/typing.html", form=form, code=spoken(sheet.code), is_first=True), form.status


@blueprint.post("/sheet/<code>")
@audience(Audience.HELPER, may="help")
@at_work
def type_first(code: str) -> _Answer:
    """The record is begun with it, on her signature; of two who type the same sheet the slower one is told so."""
    with staff_work() as work:
        sheet, why = _living(work, code)
        if sheet is None:
            return _stop(why)
        form = sheet_form(FirstSheetForm, _pack(sheet.pack_version))()
        if not (form.validate() and form.check_day(city_day(sheet.printed_at))):
            return _first_page(sheet, form)
    with staff_work() as work:
        used = use_sheet(work, code, now())
        if isinstance(used, str):
            return _stop(used)
        _begin(work, used, form)
    return redirect(url_for("helper_papers.show"))


def _begin(work: Session, sheet: PaperSheet, form: FirstSheetForm) -> None:
    agreed, typed = _agreed(form.shows), form.typed()
    lies = Sheet(sheet.code, sheet.pack_version, form.signed_on.data)
    row = begin_for_guest(
        work,
        trade=str(typed[paper_rules.TRADE]),
        channel=door_of(agreed.station.kind),
        said_by=PAPER,
        reads=sheet.locale,
    )
    begin_entry(work, row=row, agreed=agreed, sheet=lies, typed=typed, keys=case_keys(), now=now())


def _agreed(shows: str) -> Agreed:
    return Agreed(standing().station, actor(), FILL, PAPER, shows)


@contextmanager
def _beside(checkup_id: uuid.UUID) -> Iterator[tuple[Session, PaperEntry]]:
    """A unit of work in the owner's scope, by a sheet that waits at this helper's station. Raises: NotFound."""
    with staff_work() as work:
        entry = get_entry(work, checkup_id)
        work.expunge(entry)
        enter_scope(work, Scope(Audience.OWNER, entry.firm_id, entry.owner_id))
        yield work, entry


def _while_it_waits(view: Callable[..., _Answer]) -> Callable[..., _Answer]:
    """A view of a sheet that is being typed; it says so where that is settled by now, or was taken over."""

    @functools.wraps(view)
    def shown(checkup_id: uuid.UUID) -> _Answer:
        try:
            return view(checkup_id)
        except NotFound:
            return _over()

    return shown


def _over() -> tuple[str, int]:
    said = _("这张纸已经对好、记下了，或者店主自己接过去了。不用再录；刚才这一步没有存。")
    return _page(notice=said, status=HTTPStatus.NOT_FOUND)


@blueprint.get(_ENTRY)
@audience(Audience.HELPER, may="help")
@at_work
@_while_it_waits
def again(checkup_id: uuid.UUID) -> _Answer:
    """The second typing, blind; where it is done, what differs."""
    with staff_work() as work:
        entry = get_entry(work, checkup_id)
        since = _from(work, entry)
    if entry.second_at is not None:
        return redirect(url_for("helper_papers.compare", checkup_id=checkup_id))
    return _too_soon(since) or _again_page(entry, _empty(SheetForm, entry.pack_version))


def _too_soon(since: dt.datetime) -> tuple[str, int] | None:
    if since <= now():
        return None
    said = _("第二遍要隔一会儿、看着纸重新录，最好换一位同事。您自己录：{since}以后。", since=since)
    return _page(notice=said, status=HTTPStatus.CONFLICT)


def _again_page(entry: PaperEntry, form: SheetForm) -> tuple[str, int]:
    page = render_template("helper/paper/typing.html", form=form, code=spoken(entry.sheet_code), is_first=False)
    return page, form.status


@blueprint.post(_ENTRY)
@audience(Audience.HELPER, may="help")
@at_work
@_while_it_waits
def type_second(checkup_id: uuid.UUID) -> _Answer:
    with staff_work() as work:
        entry = get_entry(work, checkup_id)
        refused = _too_soon(_from(work, entry))
    if refused is not None:
        return refused
    form = sheet_form(SheetForm, _pack(entry.pack_version))()
    if not form.validate():
        return _again_page(entry, form)
    try:
        with _beside(checkup_id) as (work, _entry):
            type_again(work, checkup_id=checkup_id, typed=form.typed(), by=actor(), keys=case_keys(), now=now())
    except Conflict:
        return _page(
            notice=_("同事刚录好第二遍，您这一遍没有存。在下面点“对一对”，看两遍一样不一样。"),
            status=HTTPStatus.CONFLICT,
        )
    return redirect(url_for("helper_papers.compare", checkup_id=checkup_id))


@blueprint.get(f"{_ENTRY}/settle")
@audience(Audience.HELPER, may="help")
@at_work
@_while_it_waits
def compare(checkup_id: uuid.UUID) -> _Answer:
    """What the two typings have not alike, side by side, to be settled by the paper."""
    with _beside(checkup_id) as (work, _entry):
        both = open_entry(work, checkup_id=checkup_id, keys=case_keys())
        work.expunge_all()
    if both.second is None:
        return redirect(url_for("helper_papers.again", checkup_id=checkup_id))
    return _compare_page(both, _settling(both, sheet_form(SettleForm, _pack(both.entry.pack_version))(formdata=None)))


def _settling(both: BothTyped, form: SettleForm) -> SettleForm:
    """The form, asking what differs alone."""
    form.ask(paper_rules.differing(both.first, both.second or {}, _pack(both.entry.pack_version)))
    return form


def _compare_page(both: BothTyped, form: SettleForm) -> tuple[str, int]:
    pack, second = _pack(both.entry.pack_version), both.second or {}
    for key in form.list_keys():
        said = {"first": said_on_sheet(pack, key, both.first), "second": said_on_sheet(pack, key, second)}
        form[key].hint = _("第一遍录的：{first}　｜　第二遍录的：{second}", **said)
    page = render_template("helper/paper/settle.html", form=form, entry=both.entry, code=spoken(both.entry.sheet_code))
    return page, form.status


@blueprint.post(f"{_ENTRY}/settle")
@audience(Audience.HELPER, may="help")
@at_work
@_while_it_waits
def settle_it(checkup_id: uuid.UUID) -> _Answer:
    """Into the record; the page says what of the sheet does not count, and what is still to be asked."""
    try:
        with _beside(checkup_id) as (work, entry):
            both = open_entry(work, checkup_id=checkup_id, keys=case_keys())
            form = _settling(both, sheet_form(SettleForm, _pack(entry.pack_version))())
            if not form.validate():
                work.expunge_all()
                return _compare_page(both, form)
            typed = {**paper_rules.alike(both.first, both.second or {}), **form.typed()}
            agreed = _agreed(entry.shows)
            done = settle(work, checkup_id=checkup_id, agreed=agreed, typed=typed, keys=case_keys(), now=now())
            help_id = done.help.id
    except Conflict:
        return _over()
    page = render_template(
        "helper/paper/done.html",
        done=done,
        help_id=help_id,
        code=spoken(both.entry.sheet_code),
        asked={one.id: one for one in (*_pack(both.entry.pack_version).questions, *done.pack.questions)},
    )
    return page, HTTPStatus.OK
