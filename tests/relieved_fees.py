"""Terms of relief as a certificate gives them, and the act that applies them to a fee."""

import datetime as dt

from billing.books import fee_accounts
from billing.books.terms import Relief, Terms
from tenants.clock import now

KINDS = frozenset({"contract_review"})


def terms(relief, **more):
    return Terms(Relief(relief), KINDS, dt.date(2020, 1, 1), dt.date(2099, 1, 1), **more)


HALF = terms("reduce", basis_points=5000)
THREE_PARTS = terms("instalments", instalments=3)
A_YEAR_LATER = terms("defer", months=12)


def apply(session, fee, what, certificate="C1", **more):
    return fee_accounts.apply_terms(session, fee_id=fee.id, terms=what, certificate=certificate, now=now(), **more)
