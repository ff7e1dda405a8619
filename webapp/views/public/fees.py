"""What is free and what is not: open to everybody, before the first question."""

from flask import Blueprint, render_template, request

from billing.fees.offers import quote
from billing.fees.pricing import Price
from tenants.clock import city_day, now
from tenants.database import Audience
from webapp.edge.audiences import audience
from webapp.edge.i18n import pick
from webapp.edge.installation import fee_catalogue
from webapp.forms.public import QuoteForm

blueprint = Blueprint("prices", __name__, url_prefix="/fees")


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> str | tuple[str, int]:
    """The catalogue of today, and a calculation if one is asked for."""
    today, catalogue, form = city_day(now()), fee_catalogue(), QuoteForm(request.args)
    offered = catalogue.offered_on(today)
    form.service.options = [(service.id, pick(dict(service.name))) for service, _price in offered]
    price: Price | None = None
    with form.faults_of_domain():
        if form.service.data and form.validate():
            price = quote(catalogue, form.service.data, form.given.data, day=today)
    page = render_template(
        "public/fees.html", catalogue=catalogue, offered=offered, form=form, price=price, today=today
    )
    return page, form.status
