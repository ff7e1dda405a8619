"""营业执照上的资料: an owner has her licence read from a photo or looked up by its code, and says yes or no."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.owner.details import why_fixed
from checkup.owner.prefilled import agree_to_look_up, take_back, take_found
from checkup.packs.answer_words import answer_text
from checkup.prefill import readings
from checkup.prefill.checked_answers import list_checked
from checkup.prefill.earlier_checks import Checked
from checkup.prefill.models import FOUND
from checkup.prefill.readings import Reading
from checkup.prefill.values import Found
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, FieldFault, NotFound
from tenants.models import Business
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import pick
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.forms.about import LicenceForm, LicencePhotoForm, LookUpForm
from webapp.outside.business_register import NotTold, count_look_up, look_up_code
from webapp.settings import BusinessRegister

blueprint = Blueprint("licence", __name__, url_prefix="/checkup/<uuid:checkup_id>/licence")
_UNTOLD = {"away": 503, "another": 503, "often": 429}


@dataclass(frozen=True)
class _Opened:
    """A case, what was read for it, what other checks have answered, and the code that its business has by now."""

    row: Checkup
    reading: Reading | None
    is_fixed: bool
    code: str
    checked: Sequence[Checked]


def _me() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    opened = _open(checkup_id)
    if opened.is_fixed:
        return redirect(url_for("mine.business", checkup_id=checkup_id))
    reading = opened.reading
    form = LicenceForm.with_found(reading.found) if reading is not None and reading.state == FOUND else None
    return _page(opened, form=form)


def _open(checkup_id: uuid.UUID) -> _Opened:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        business = work.get_one(Business, (row.firm_id, row.business_id))
        reading = readings.find_reading(work, checkup_id, case_keys())
        checks = reading.found.checks if reading is not None else ()
        checked = (
            list_checked(work, checkup_id=checkup_id, checks=checks, keys=case_keys(), now=now()) if checks else ()
        )
        return _Opened(row, reading, bool(why_fixed(work, row)), business.credit_code or "", checked)


def _page(
    opened: _Opened,
    *,
    form: LicenceForm | None = None,
    photo: LicencePhotoForm | None = None,
    by_code: LookUpForm | None = None,
    untold: str = "",
) -> tuple[str, int]:
    """`untold`: why the register told nothing."""
    photo = photo or LicencePhotoForm(formdata=None)
    if installation().register is not None:
        by_code = by_code or LookUpForm(formdata=None, data={"code": opened.code})
    page = render_template(
        "owner/licence.html",
        checkup=opened.row,
        reading=opened.reading,
        checked=[(one, pick(answer_text(one.question, one.value))) for one in opened.checked],
        form=form,
        photo=photo,
        by_code=by_code,
        untold=untold,
    )
    return page, _UNTOLD[untold] if untold else max(one.status for one in (form, photo, by_code) if one is not None)


@blueprint.post("")
@audience(Audience.OWNER)
@takes_files(1)
def send(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    opened = _open_unfixed(checkup_id)
    form = LicencePhotoForm()
    if not form.validate():
        return _page(opened, photo=form)
    ((_name, photo),) = form.photo.data
    with owner_work() as work:
        readings.ask(
            work,
            checkup_id=checkup_id,
            photo=photo,
            keys=case_keys(),
            files_url=installation().files_url,
            now=now(),
        )
    return redirect(url_for("licence.show", checkup_id=checkup_id))


def _open_unfixed(checkup_id: uuid.UUID) -> _Opened:
    """Raises: NotFound, Conflict `not_now` where the details are fixed by now."""
    opened = _open(checkup_id)
    if opened.is_fixed:
        raise Conflict("not_now")
    return opened


@blueprint.post("/look-up")
@audience(Audience.OWNER)
def look_up(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Her code goes to the business register, by her yes alone; what it says waits for another one."""
    register, opened = installation().register, _open_unfixed(checkup_id)
    if register is None:
        raise NotFound
    form = LookUpForm()
    if form.validate():
        try:
            found = _ask(register, checkup_id, form.code.data)
        except NotTold as fault:
            return _page(opened, by_code=form, untold=fault.why)
        if found is not None:
            with owner_work() as work:
                readings.put_answer(work, checkup_id=checkup_id, found=found, keys=case_keys(), now=now())
            return redirect(url_for("licence.show", checkup_id=checkup_id))
        form.refuse(FieldFault("code", "not_registered"))
    return _page(opened, by_code=form)


def _ask(register: BusinessRegister, checkup_id: uuid.UUID, code: str) -> Found | None:
    """Counted and receipted before anything goes out, which happens in no unit of work. Raises: NotTold."""
    count_look_up(owner_scope().person_id, request.remote_addr or "")
    with owner_work() as work:
        agree_to_look_up(work, checkup_id=checkup_id, by=_me(), now=now())
    return look_up_code(register, code)


@blueprint.post("/take")
@audience(Audience.OWNER)
def take(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Her yes; then on with the questions, fewer now."""
    form = LicenceForm()
    if not form.validate():
        return _page(_open(checkup_id), form=form)
    with owner_work() as work:
        take_found(
            work,
            checkup_id=checkup_id,
            told=form.told(),
            with_answers=form.with_answers.data,
            by=_me(),
            keys=case_keys(),
            now=now(),
        )
    return redirect(url_for("owner.go_on", checkup_id=checkup_id))


@blueprint.post("/leave")
@audience(Audience.OWNER)
def leave(checkup_id: uuid.UUID) -> Response:
    """What was read is not hers: nothing of it is kept."""
    with owner_work() as work:
        readings.drop_reading(work, checkup_id)
    return redirect(url_for("licence.show", checkup_id=checkup_id))


@blueprint.post("/undo")
@audience(Audience.OWNER)
def undo(checkup_id: uuid.UUID) -> Response:
    """不是我家, after she had said yes."""
    with owner_work() as work:
        take_back(work, checkup_id=checkup_id, by=_me(), keys=case_keys(), now=now())
    return redirect(url_for("mine.business", checkup_id=checkup_id))
