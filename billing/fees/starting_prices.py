"""What a body's cheapest service begins at, by its list and after a certificate of relief. Pure."""

import datetime as dt
from dataclasses import dataclass

from billing.books.money import Money
from billing.books.terms import Terms
from billing.fees.catalogue import Catalogue, Service
from billing.fees.pricing import Rule


@dataclass(frozen=True)
class Starting:
    """`full`: by the list; `now`: after the certificate; `is_from`: more where more is at stake."""

    full: Money
    now: Money
    is_from: bool


def starting_price(
    catalogue: Catalogue, slug: str, *, day: dt.date, terms: Terms | None, used_minor: int = 0
) -> Starting | None:
    """None for a body without a price. `terms`: of a certificate that the body honours."""
    found = [
        _starting(service, dated.rule, day, terms, used_minor)
        for service, dated in catalogue.offered_on(day)
        if service.by == slug
    ]
    return min(found, key=lambda one: one.now, default=None)


def _starting(service: Service, rule: Rule, day: dt.date, terms: Terms | None, used_minor: int) -> Starting:
    full = rule.price("1").total
    off = terms.let_off(full.amount_minor, used_minor) if terms and terms.covers(service.kind, day) else 0
    return Starting(full, Money(full.amount_minor - off, full.currency), is_from=rule.asks is not None)
