"""A park, chamber or bank branch applies to bring owners in: one form, and an answer by e-mail."""

from flask import Blueprint, render_template

from tenants.clock import now
from tenants.database import Audience
from tenants.firms.admission import get_bureau
from tenants.parks.admission import apply_partner
from webapp.edge.audiences import audience, public_work
from webapp.edge.rates import door
from webapp.forms.outreach.partners import PartnerApplicationForm

blueprint = Blueprint("partner_application", __name__, url_prefix="/partners/join")


@blueprint.get("")
@audience(Audience.PUBLIC)
def form() -> str:
    return render_template("public/partner_join.html", form=PartnerApplicationForm(formdata=None))


@blueprint.post("")
@audience(Audience.PUBLIC)
@door
def apply() -> tuple[str, int]:
    form = PartnerApplicationForm()
    if not form.validate():
        return render_template("public/partner_join.html", form=form), form.status
    with public_work() as work:
        bureau = get_bureau(work, form.district.data)
        apply_partner(work, form.application(), bureau_id=bureau.id, now=now())
    return render_template("public/joined.html", email=form.contact_email.data), 200
