"""A law firm applies to join: one form, its papers, and an answer by e-mail."""

from flask import Blueprint, current_app, render_template, request
from werkzeug.datastructures import FileStorage

from tenants.clock import now
from tenants.database import Audience
from tenants.errors import FieldFault, Invalid
from tenants.files import write_file
from tenants.firm_life import Application, apply_firm, parse_application
from tenants.uploads import MOST_BYTES, MOST_FILES, CheckedFile, check_file, record_upload
from webapp.audiences import audience, public_work
from webapp.errors import fault_text

blueprint = Blueprint("joining", __name__, url_prefix="/join")


@blueprint.get("")
@audience(Audience.PUBLIC)
def form() -> str:
    return render_template("public/join.html", typed={}, faults={})


@blueprint.post("")
@audience(Audience.PUBLIC)
def apply() -> tuple[str, int]:
    request.max_content_length = MOST_FILES * MOST_BYTES
    request.max_form_parts = 40
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
            write_file(current_app.extensions["famai"].files_url, row.path, file.content)
    return render_template("public/joined.html", email=application.contact_email), 200


def _checked() -> tuple[Application, list[tuple[str, CheckedFile]]]:
    """The application and its papers, or every fault of both at once. Raises: Invalid."""
    faults: list[FieldFault] = []
    given = [file for file in request.files.getlist("papers") if file.filename]
    papers = list[tuple[str, CheckedFile]]()
    if not 1 <= len(given) <= MOST_FILES:
        faults.append(FieldFault("papers", "number_of_files", {"most": MOST_FILES}))
    for file in given[:MOST_FILES]:
        try:
            papers.append((_shown_name(file), check_file(file.stream.read(MOST_BYTES + 1), "papers")))
        except Invalid as invalid:
            faults += invalid.faults
    try:
        application = parse_application(request.form)
    except Invalid as invalid:
        faults += invalid.faults
    if faults:
        raise Invalid(tuple(faults))
    return application, papers


def _shown_name(file: FileStorage) -> str:
    """The name as the bureau will see it: one printable line."""
    return "".join(c for c in (file.filename or "") if c.isprintable())[-100:]
