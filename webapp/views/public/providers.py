"""Where else help is: the bodies that take referrals, by what they do and where."""

from flask import Blueprint, render_template, request

from tenants.database import Audience
from tenants.providers.directory import get_serving, list_people, list_serving
from webapp.edge.audiences import audience, public_work
from webapp.forms.providers import FindProviderForm

blueprint = Blueprint("providers", __name__, url_prefix="/providers")


@blueprint.get("")
@audience(Audience.PUBLIC)
def index() -> str:
    form = FindProviderForm(request.args)
    with public_work() as work:
        rows = list_serving(work, kind=form.kind.data, district=form.district.data)
    return render_template("public/providers.html", rows=rows, form=form)


@blueprint.get("/<slug>")
@audience(Audience.PUBLIC)
def one(slug: str) -> str:
    with public_work() as work:
        row = get_serving(work, slug)
        return render_template("public/provider.html", row=row, people=list_people(work, row.id))
