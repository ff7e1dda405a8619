"""A law firm applies to join: one form, its papers, and an answer by e-mail."""

from flask import Blueprint, render_template

from tenants.clock import now
from tenants.database import Audience
from tenants.files import write_file
from tenants.firms.admission import apply_firm
from tenants.uploads import record_upload
from webapp.edge.audiences import audience, public_work
from webapp.edge.installation import installation
from webapp.edge.limits import takes_files
from webapp.edge.rates import door
from webapp.forms.auth import JoinForm

blueprint = Blueprint("joining", __name__, url_prefix="/join")


@blueprint.get("")
@audience(Audience.PUBLIC)
def form() -> str:
    return render_template("public/join.html", form=JoinForm())


@blueprint.post("")
@audience(Audience.PUBLIC)
@door
@takes_files()
def apply() -> tuple[str, int]:
    form = JoinForm()
    if not form.validate():
        return render_template("public/join.html", form=form), form.status
    with public_work() as work:
        firm = apply_firm(work, form.application(), now=now())
        rows = [
            record_upload(work, firm_id=firm.id, purpose="application", name=name, file=file, now=now())
            for name, file in form.papers.data
        ]
        for row, (_name, file) in zip(rows, form.papers.data, strict=True):
            write_file(installation().files_url, row.path, file.content)
    return render_template("public/joined.html", email=form.contact_email.data), 200
