"""Where a case stands, for whoever holds its number and its code: no account, process only, tries are counted."""

from flask import Blueprint, render_template, request

from checkup.correspondence.case_status import CaseStatus, read_status
from checkup.owner.resume_codes import ResumeTarget, code_digest, find_target
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.throttle import Locked, WrongCode
from tenants.typed.codes import code
from tenants.typed.text import for_machines
from webapp.edge.audiences import audience, public_work
from webapp.edge.devices import counted_as
from webapp.edge.i18n import translate as _
from webapp.edge.installation import installation
from webapp.edge.one_time_codes import guard
from webapp.edge.rates import door
from webapp.forms.public import StatusForm

blueprint = Blueprint("status", __name__, url_prefix="/status")
DOOR = "status"


@blueprint.get("")
@audience(Audience.PUBLIC)
def form() -> str:
    shown = StatusForm(formdata=None, data={"number": for_machines(request.args.get("number", ""))[:60]})
    return render_template("public/status.html", status=None, fault=None, form=shown)


@blueprint.post("")
@audience(Audience.PUBLIC)
@door
def look() -> tuple[str, int]:
    """A wrong number and a wrong code look the same; five wrong ones lock the number for a quarter of an hour,
    not for the browser in which the code was given out."""
    form = StatusForm()
    number = code(form.number.data)
    found = _find(number, form.code.data)
    counted = counted_as(number, known_by=code_digest(form.code.data, installation().pepper))
    try:
        guard(installation(), DOOR, counted, lambda _, tried: found is not None)
    except WrongCode:
        return _refused(form, 422, _("体检号或续答码不对，请再核对。"))
    except Locked:
        return _refused(form, 429, _("错得太多，请15分钟后再试。"))
    return render_template("public/status.html", status=found, fault=None, form=form), 200


def _refused(form: StatusForm, status: int, fault: str) -> tuple[str, int]:
    return render_template("public/status.html", status=None, fault=fault, form=form), status


def _find(number: str, typed: str) -> CaseStatus | None:
    pepper = installation().pepper
    with public_work(token=code_digest(typed, pepper)) as work:
        target = find_target(work, code=typed, pepper=pepper, now=now())
    return None if target is None else _read(target, number)


def _read(target: ResumeTarget, number: str) -> CaseStatus | None:
    """In the owner's own scope, so that nothing but her case can be read."""
    with unit_of_work(Scope(Audience.OWNER, target.firm_id, target.person_id)) as work:
        status = read_status(work, checkup_id=target.checkup_id, now=now())
    return status if code(status.case_number) == number else None
