"""The firm's scope letter: read it, accept it with a code, keep it."""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.letters.acceptance import accept_letter, draft_for, find_in_force, list_letters
from checkup.letters.rendering import render_letter_pdf
from checkup.owner.resume_codes import holds_code
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid
from tenants.login.throttle import Locked, TooManySends, WrongCode
from tenants.phones import find_by_phone, keep_phone, normal_phone, own_phone, phone_digest
from webapp.edge.audiences import audience, owner_scope, owner_work, public_work
from webapp.edge.errors import fault_text
from webapp.edge.i18n import LOCALES, locale
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.one_time_codes import check_code, guard, send_code
from webapp.outside.sms import NotSent

blueprint = Blueprint("letter", __name__, url_prefix="/checkup/<uuid:checkup_id>/letter")
DOOR = "letter"


@blueprint.get("")
@audience(Audience.OWNER)
def show(checkup_id: uuid.UUID) -> Response | str:
    """The letter that waits for her yes, or the one she accepted."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        held, letters = find_in_force(work, row), list_letters(work, row=row, keys=case_keys())
    if held is not None:
        return render_template("owner/letter_held.html", checkup=row, accepted=letters[0])
    if not row.review_wanted:
        return redirect(url_for("owner.result", checkup_id=checkup_id))
    return _offer(checkup_id)[0]


def _offer(checkup_id: uuid.UUID, status: int = 200, **shown: object) -> tuple[str, int]:
    language = request.form.get("locale", locale())
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        letter = draft_for(work, checkup_id=checkup_id, locale=language if language in LOCALES else locale())
    page = {"phone": "", "is_sent": False, "phone_fault": None, "code_fault": None, **shown}
    return render_template("owner/letter.html", checkup=row, letter=letter, **page), status


@blueprint.post("/send")
@audience(Audience.OWNER)
def send(checkup_id: uuid.UUID) -> tuple[str, int]:
    """Send the code to her phone; one kept before must be the same one."""
    raw = request.form.get("phone", "")[:40]
    try:
        number = normal_phone(raw)
        with owner_work() as work:
            get_checkup_row(work, checkup_id)
            kept = own_phone(work, owner_scope().person_id)
        if kept not in (None, phone_digest(number, installation().pepper)):
            return _offer(checkup_id, 422, phone=raw, phone_fault=_("这不是您之前用的手机号。"))
        send_code(installation(), DOOR, number, "letter_code")
    except Invalid as invalid:
        return _offer(checkup_id, 422, phone=raw, phone_fault=fault_text(invalid.faults[0]))
    except (Locked, TooManySends):
        return _offer(checkup_id, 429, phone=raw, is_sent=True, phone_fault=_("发得太多或错得太多，请15分钟后再试。"))
    except NotSent:
        return _offer(checkup_id, 503, phone=raw, phone_fault=_("短信没发出去，请过一会儿再试，或用续答码。"))
    return _offer(checkup_id, phone=number, is_sent=True)


@blueprint.post("/accept")
@audience(Audience.OWNER)
def accept(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Her yes, with the code; what is stored is the very text she saw."""
    how = "phone" if "phone" in request.form else "code"
    phone, fault = request.form.get("phone", "")[:40], f"{how}_fault"
    try:
        if not _is_accepted(checkup_id):
            _check(checkup_id, how)
            _accept(checkup_id, how)
    except (WrongCode, Invalid):
        said = _("验证码不对，或者过期了。") if how == "phone" else _("续答码不对，或者过期了。")
        return _offer(checkup_id, 422, phone=phone, is_sent=how == "phone", **{fault: said})
    except Locked:
        return _offer(checkup_id, 429, phone=phone, **{fault: _("错得太多，请15分钟后再试。")})
    except Conflict as conflict:
        if conflict.code != "letter_changed":
            raise
        return _offer(checkup_id, 409, code_fault=_("说明书刚有改动，下面是最新的，请再看一遍。"))
    return redirect(url_for("owner.result", checkup_id=checkup_id))


def _is_accepted(checkup_id: uuid.UUID) -> bool:
    with owner_work() as work:
        return find_in_force(work, get_checkup_row(work, checkup_id)) is not None


def _check(checkup_id: uuid.UUID, how: str) -> None:
    """Raises: WrongCode, Locked, Invalid; NotFound for a checkup that is not hers."""
    settings, code = installation(), request.form.get("code", "")[:40]
    with owner_work() as work:
        get_checkup_row(work, checkup_id)
        holds = holds_code(work, checkup_id=checkup_id, code=code, pepper=settings.pepper, now=now())
    if how == "code":
        guard(settings, DOOR, str(checkup_id), lambda tried: holds)
        return
    number = normal_phone(request.form.get("phone", ""))
    check_code(settings, DOOR, number, code)
    _keep(phone_digest(number, settings.pepper))


def _keep(digest: str) -> None:
    """A phone that proved to be hers also brings her back here, unless she already comes in as somebody else."""
    with public_work(token=digest) as work:
        held_by = find_by_phone(work, digest)
    person_id = owner_scope().person_id
    if held_by is None and person_id is not None:
        with owner_work() as work:
            keep_phone(work, person_id=person_id, digest=digest, held_by=None)


def _accept(checkup_id: uuid.UUID, how: str) -> None:
    language = request.form.get("locale", "")
    with owner_work() as work:
        accept_letter(
            work,
            checkup_id=checkup_id,
            locale=language if language in LOCALES else locale(),
            seen_hash=request.form.get("seen", ""),
            how=how,
            by=Actor(owner_scope().person_id, _("店主本人")),
            keys=case_keys(),
            now=now(),
        )


@blueprint.get("/letter.pdf")
@audience(Audience.OWNER)
def pdf(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        letters = list_letters(work, row=row, keys=case_keys()) or abort(404)
    return Response(render_letter_pdf(letters[0]), mimetype="application/pdf")
