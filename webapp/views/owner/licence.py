"""拍营业执照: an owner takes a photo of her licence, looks through what was read, and says yes or no."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.cases.models import Checkup
from checkup.owner.details import why_fixed
from checkup.owner.prefilled import take_back, take_licence
from checkup.prefill import readings
from checkup.prefill.models import FOUND
from checkup.prefill.readings import Reading
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from webapp.edge.audiences import audience, owner_scope, owner_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.limits import takes_files
from webapp.forms.about import LicenceForm, LicencePhotoForm

blueprint = Blueprint("licence", __name__, url_prefix="/checkup/<uuid:checkup_id>/licence")


def _me() -> Actor:
    return Actor(owner_scope().person_id, _("店主本人"))


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    row, reading, is_fixed = _opened(checkup_id)
    if is_fixed:
        return redirect(url_for("mine.business", checkup_id=checkup_id))
    form = LicenceForm.with_found(reading.found) if reading is not None and reading.state == FOUND else None
    return _page(row, reading, LicencePhotoForm(formdata=None), form)


def _opened(checkup_id: uuid.UUID) -> tuple[Checkup, Reading | None, bool]:
    """The case, what was read, and whether its details are fixed by now."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        return row, readings.find_reading(work, checkup_id, case_keys()), bool(why_fixed(work, row))


def _page(row: Checkup, reading: Reading | None, photo: LicencePhotoForm, form: LicenceForm | None) -> tuple[str, int]:
    page = render_template("owner/licence.html", checkup=row, reading=reading, photo=photo, form=form)
    return page, photo.status if form is None else form.status


@blueprint.post("")
@audience(Audience.OWNER)
@takes_files(1)
def send(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    row, reading, is_fixed = _opened(checkup_id)
    if is_fixed:
        raise Conflict("not_now")
    form = LicencePhotoForm()
    if not form.validate():
        return _page(row, reading, form, None)
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


@blueprint.post("/take")
@audience(Audience.OWNER)
def take(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Her yes; then on with the questions, fewer now."""
    form = LicenceForm()
    if not form.validate():
        row, reading, _is_fixed = _opened(checkup_id)
        return _page(row, reading, LicencePhotoForm(formdata=None), form)
    with owner_work() as work:
        take_licence(work, checkup_id=checkup_id, told=form.told(), by=_me(), keys=case_keys(), now=now())
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
