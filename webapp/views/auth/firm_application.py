"""A law firm applies to join: one form, its papers, and an answer by e-mail."""

from flask import Blueprint, render_template, request

from tenants.clock import now
from tenants.database import Audience
from tenants.errors import FieldFault, Invalid
from tenants.files import write_file
from tenants.firms.admission import Application, apply_firm, parse_application
from tenants.uploads import CheckedFile, record_upload
from webapp.edge.audiences import audience, public_work
from webapp.edge.errors import fault_text
from webapp.edge.installation import installation
from webapp.edge.uploads import checked_files

blueprint = Blueprint("joining", __name__, url_prefix="/join")


@blueprint.get("")
@audience(Audience.PUBLIC)
def form() -> str:
    return render_template("public/join.html", typed={}, faults={})


@blueprint.post("")
@audience(Audience.PUBLIC)
def apply() -> tuple[str, int]:
    try:
        application, papers = _checked()
    except Invalid as invalid:
        faults = {fault.field: fault_text(fault) for fault in invalid.faults}
        return render_template("public/join.html", typed=request.form, faults=faults), 422
    with public_work() as work:
        firm = apply_firm(work, application, now=now())
        rows = [
            record_upload(work, firm_id=firm.id, purpose="application", name=name, file=file, now=now())
            for name, file in papers
        ]
        for row, (_name, file) in zip(rows, papers, strict=True):
            write_file(installation().files_url, row.path, file.content)
    return render_template("public/joined.html", email=application.contact_email), 200


def _checked() -> tuple[Application, list[tuple[str, CheckedFile]]]:
    """The application and its papers, or every fault of both at once. Raises: Invalid."""
    faults: list[FieldFault] = []
    papers, application = list[tuple[str, CheckedFile]](), None
    try:
        papers = checked_files("papers", least=1)
    except Invalid as invalid:
        faults += invalid.faults
    try:
        application = parse_application(request.form)
    except Invalid as invalid:
        faults += invalid.faults
    if faults or application is None:
        raise Invalid(tuple(faults))
    return application, papers
