"""Where a case stands, for whoever holds its number and its code: no account, process only, tries are counted."""

from flask import Blueprint, render_template, request

from checkup.correspondence.case_status import CaseStatus, read_status
from checkup.owner.resume_codes import ResumeTarget, code_digest, find_target
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.throttle import Locked, WrongCode
from webapp.edge.audiences import audience, public_work
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard

blueprint = Blueprint("status", __name__, url_prefix="/status")
DOOR = "status"


@blueprint.get("")
@audience(Audience.PUBLIC)
def form() -> str:
    return render_template("public/status.html", status=None, fault=None, number=request.args.get("number", "")[:20])


@blueprint.post("")
@audience(Audience.PUBLIC)
def look() -> tuple[str, int]:
    """A wrong number and a wrong code look the same; five wrong ones lock the number for a quarter of an hour."""
    number = request.form.get("number", "").strip().upper()[:20]
    found = _find(number, request.form.get("code", "")[:40])
    try:
        guard(installation(), DOOR, number, lambda tried: found is not None)
    except WrongCode:
        return _refused(number, 422, _("体检号或续答码不对，请再核对。"))
    except Locked:
        return _refused(number, 429, _("错得太多，请15分钟后再试。"))
    return render_template("public/status.html", status=found, fault=None, number=number), 200


def _refused(number: str, code: int, fault: str) -> tuple[str, int]:
    return render_template("public/status.html", status=None, fault=fault, number=number), code


def _find(number: str, code: str) -> CaseStatus | None:
    pepper = installation().pepper
    with public_work(token=code_digest(code, pepper)) as work:
        target = find_target(work, code=code, pepper=pepper, now=now())
    return None if target is None else _read(target, number)


def _read(target: ResumeTarget, number: str) -> CaseStatus | None:
    """In the owner's own scope, so that nothing but her case can be read."""
    with unit_of_work(Scope(Audience.OWNER, target.firm_id, target.person_id)) as work:
        status = read_status(work, checkup_id=target.checkup_id, now=now())
    return status if status.case_number == number else None
