"""The firm's face as its admin edits it."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from billing.stripe.subscriptions import require_branding
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import FieldFault, Invalid
from tenants.files import write_file
from tenants.firms.profile import LANGUAGES, SERVICE_TIMES, parse_face, set_face, set_logo
from tenants.models import Firm
from tenants.uploads import MOST_BYTES, check_logo, record_upload
from webapp.edge.audiences import actor, audience, firm_id, staff_work
from webapp.edge.errors import fault_text
from webapp.edge.installation import installation

blueprint = Blueprint("face", __name__, url_prefix="/firm/face")


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> tuple[str, int]:
    with staff_work() as work:
        firm = work.get_one(Firm, firm_id())
    typed = {field: getattr(firm, field) for field in ("slug", "intro", "intro_en", "phone", "hours", "colour")}
    typed["waiting_days"] = "" if firm.waiting_days is None else str(firm.waiting_days)
    typed |= {field: str(getattr(firm, field)) for field in ("keep_days", "revisit_months", *SERVICE_TIMES)}
    return _page(firm, typed, firm.languages.split(), {}), 200


def _page(firm: Firm, typed: dict[str, str], languages: list[str], faults: dict[str, str]) -> str:
    return render_template(
        "firm/face.html", firm=firm, typed=typed, languages=languages, all_languages=LANGUAGES, faults=faults
    )


@blueprint.post("")
@audience(Audience.FIRM, may="run_firm")
def save() -> Response | tuple[str, int]:
    languages = request.form.getlist("languages")
    try:
        face = parse_face(request.form, languages)
        logo = request.files.get("logo")
        picture = check_logo(logo.stream.read(MOST_BYTES + 1), "logo") if logo and logo.filename else None
        with staff_work() as work:
            firm = work.get_one(Firm, firm_id())
            was = firm.colour
            set_face(work, firm=firm, face=face)
            if picture is not None or firm.colour != was:
                require_branding(work, firm.id)
            if picture is not None:
                row = record_upload(work, firm_id=firm.id, purpose="logo", name="logo", file=picture, now=now())
                write_file(installation().files_url, row.path, picture.content)
                set_logo(firm, row.id)
            audit.note(work, firm_id=firm.id, act="firm.face", by=actor())
    except (Invalid, IntegrityError) as refused:
        invalid = refused if isinstance(refused, Invalid) else Invalid((FieldFault("slug", "taken"),))
        with staff_work() as work:
            firm = work.get_one(Firm, firm_id())
        faults = {fault.field: fault_text(fault) for fault in invalid.faults}
        return _page(firm, request.form.to_dict(), languages, faults), 422
    return redirect(url_for("face.show"))
