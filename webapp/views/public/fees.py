"""What is free and what is not: open to everybody, before the first question."""

from flask import Blueprint, render_template, request

from billing.fees.catalogue import get_catalogue
from billing.fees.offers import quote
from billing.fees.pricing import Price
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Invalid
from webapp.edge.audiences import audience
from webapp.edge.errors import fault_text

blueprint = Blueprint("prices", __name__, url_prefix="/fees")


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> str | tuple[str, int]:
    """The catalogue of today, and a calculation if one is asked for."""
    today, wanted, given = city_day(now()), request.args.get("service", ""), request.args.get("given", "")[:40]
    catalogue = get_catalogue()
    price: Price | None = None
    faults: dict[str, str] = {}
    if wanted:
        try:
            price = quote(wanted, given, day=today)
        except Invalid as invalid:
            faults = {fault.field: fault_text(fault) for fault in invalid.faults}
    page = render_template(
        "public/fees.html",
        catalogue=catalogue,
        offered=catalogue.offered_on(today),
        typed={"service": wanted, "given": given},
        price=price,
        faults=faults,
        today=today,
    )
    return page, 422 if faults else 200
