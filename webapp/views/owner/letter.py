"""The firm's scope letter: read it, accept it with a code, keep it."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from checkup.cases.checkups import get_checkup_row
from checkup.fixes.ringing import ring_at
from checkup.letters.acceptance import accept_letter, draft_for, find_in_force, list_letters
from checkup.letters.rendering import render_letter_pdf
from checkup.owner.resume_codes import holds_code
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.login.throttle import Locked, TooManySends, WrongCode
from tenants.phones import find_by_phone, keep_phone, own_phone, phone_digest
from webapp.edge.audiences import audience, owner, owner_work, public_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import case_keys, installation
from webapp.edge.one_time_codes import check_code, guard, send_code
from webapp.edge.rates import door
from webapp.forms.owner import LetterByCodeForm, LetterByPhoneForm, LetterForm
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
    return _offer(checkup_id, LetterByPhoneForm(formdata=None))[0]


def _offer(
    checkup_id: uuid.UUID, form: LetterForm, status: int = 200, *, is_sent: bool = False, fault: str = "", at: str = ""
) -> tuple[str, int]:
    """`fault` stands at the way that was gone: `phone` or `code`."""
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        letter = draft_for(work, checkup_id=checkup_id, locale=form.language)
    page = render_template(
        "owner/letter.html",
        checkup=row,
        letter=letter,
        by_phone=form if isinstance(form, LetterByPhoneForm) else LetterByPhoneForm(formdata=None),
        by_code=LetterByCodeForm(formdata=None, at="resume"),
        is_sent=is_sent,
        faults={at: fault} if fault else {},
    )
    return page, status


@blueprint.post("/send")
@audience(Audience.OWNER)
@door
def send(checkup_id: uuid.UUID) -> tuple[str, int]:
    """Send the code to her phone; one kept before must be the same one."""
    form = LetterByPhoneForm()
    if not form.validate():
        return _offer(checkup_id, form, form.status)
    with owner_work() as work:
        get_checkup_row(work, checkup_id)
        kept = own_phone(work, owner().person_id)
    if kept not in (None, phone_digest(form.phone.data, installation().pepper)):
        return _offer(checkup_id, form, 422, at="phone", fault=_("这不是您之前用的手机号。"))
    try:
        send_code(installation(), DOOR, form.phone.data, "letter_code")
    except (Locked, TooManySends):
        said = _("发得太多或错得太多，请15分钟后再试。")
        return _offer(checkup_id, form, 429, is_sent=True, at="phone", fault=said)
    except NotSent:
        return _offer(checkup_id, form, 503, at="phone", fault=_("短信没发出去，请过一会儿再试，或用续答码。"))
    return _offer(checkup_id, form, is_sent=True)


@blueprint.post("/accept")
@audience(Audience.OWNER)
@door
def accept(checkup_id: uuid.UUID) -> Response | tuple[str, int]:
    """Her yes, with the code; what is stored is the very text she saw."""
    by_phone = LetterByPhoneForm()
    form = by_phone if by_phone.phone.raw_data else LetterByCodeForm()
    how = "phone" if form is by_phone else "code"
    try:
        if not _is_accepted(checkup_id):
            _check(checkup_id, form)
            _accept(checkup_id, form, how)
    except WrongCode:
        said = _("验证码不对，或者过期了。") if how == "phone" else _("续答码不对，或者过期了。")
        return _offer(checkup_id, form, 422, is_sent=how == "phone", at=how, fault=said)
    except Locked:
        return _offer(checkup_id, form, 429, at=how, fault=_("错得太多，请15分钟后再试。"))
    except Conflict as conflict:
        if conflict.code != "letter_changed":
            raise
        return _offer(checkup_id, form, 409, at="code", fault=_("说明书刚有改动，下面是最新的，请再看一遍。"))
    return redirect(url_for("owner.result", checkup_id=checkup_id))


def _is_accepted(checkup_id: uuid.UUID) -> bool:
    with owner_work() as work:
        return find_in_force(work, get_checkup_row(work, checkup_id)) is not None


def _check(checkup_id: uuid.UUID, form: LetterByPhoneForm | LetterByCodeForm) -> None:
    """Raises: WrongCode, Locked; NotFound for a checkup that is not hers."""
    settings = installation()
    with owner_work() as work:
        get_checkup_row(work, checkup_id)
        holds = holds_code(work, checkup_id=checkup_id, code=form.code.data, pepper=settings.pepper, now=now())
    if not form.validate():
        raise WrongCode
    if isinstance(form, LetterByCodeForm):
        guard(settings, DOOR, str(checkup_id), lambda _, tried: holds)
        return
    check_code(settings, DOOR, form.phone.data, form.code.data)
    _keep(phone_digest(form.phone.data, settings.pepper))


def _keep(digest: str) -> None:
    """A phone that proved to be hers also brings her back here, unless she already comes in as somebody else."""
    with public_work(token=digest) as work:
        held_by = find_by_phone(work, digest)
    if held_by is None:
        with owner_work() as work:
            keep_phone(work, person_id=owner().person_id, digest=digest, held_by=None)


def _accept(checkup_id: uuid.UUID, form: LetterForm, how: str) -> None:
    with owner_work() as work:
        accept_letter(
            work,
            checkup_id=checkup_id,
            locale=form.language,
            seen_hash=form.seen.data,
            how=how,
            by=Actor(owner().person_id, _("店主本人")),
            keys=case_keys(),
            now=now(),
        )
        if isinstance(form, LetterByPhoneForm) and form.ring.data:
            ring_at(work, checkup_id=checkup_id, phone=form.phone.data, keys=case_keys(), now=now())


@blueprint.get("/letter.pdf")
@audience(Audience.OWNER)
def pdf(checkup_id: uuid.UUID) -> Response:
    with owner_work() as work:
        row = get_checkup_row(work, checkup_id)
        letters = list_letters(work, row=row, keys=case_keys()) or abort(404)
    return Response(render_letter_pdf(letters[0]), mimetype="application/pdf")
