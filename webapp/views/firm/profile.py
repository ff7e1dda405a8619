"""The firm's face as its admin edits it."""

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from billing.stripe.subscriptions import read_subscription_of, require_branding
from tenants import audit
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import FieldFault
from tenants.files import write_file
from tenants.firms.profile import Face, set_face, set_logo
from tenants.models import Firm
from tenants.uploads import record_upload
from webapp.edge.audiences import actor, audience, firm_id, staff_work
from webapp.edge.installation import installation
from webapp.edge.limits import takes_files
from webapp.forms.firm import FaceForm

blueprint = Blueprint("face", __name__, url_prefix="/firm/face")


@blueprint.get("")
@audience(Audience.FIRM, may="run_firm")
def show() -> tuple[str, int]:
    with staff_work() as work:
        firm = work.get_one(Firm, firm_id())
    held = {field: getattr(firm, field) for field in Face.__dataclass_fields__}
    return _page(firm, FaceForm(data=held | {"languages": tuple(firm.languages.split())}))


def _page(firm: Firm, form: FaceForm) -> tuple[str, int]:
    with staff_work() as work:
        plan = read_subscription_of(work, firm.id).plan
    return render_template("firm/face.html", firm=firm, form=form, has_branding=plan.has_branding), form.status


@blueprint.post("")
@audience(Audience.FIRM, may="run_firm")
@takes_files(1)
def save() -> Response | tuple[str, int]:
    form = FaceForm()
    with form.faults_of_domain():
        if form.validate():
            try:
                with staff_work() as work:
                    _save(work, form)
                return redirect(url_for("face.show"))
            except IntegrityError:  # of two firms at the same moment one has the address
                form.refuse(FieldFault("slug", "taken"))
    with staff_work() as work:
        firm = work.get_one(Firm, firm_id())
    return _page(firm, form)


def _save(work: Session, form: FaceForm) -> None:
    firm, picture = work.get_one(Firm, firm_id()), form.picture()
    was = firm.colour
    set_face(work, firm=firm, face=form.face())
    if picture is not None or firm.colour != was:
        require_branding(work, firm.id)
    if picture is not None:
        row = record_upload(work, firm_id=firm.id, purpose="logo", name="logo", file=picture, now=now())
        write_file(installation().files_url, row.path, picture.content)
        set_logo(firm, row.id)
    audit.note(work, firm_id=firm.id, act="firm.face", by=actor())
