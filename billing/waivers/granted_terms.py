"""The terms of a granted waiver, read from its row."""

from billing.books.terms import Relief, Terms
from billing.waivers.models import Waiver
from tenants.errors import Conflict


def terms_of(row: Waiver) -> Terms:
    """For the ledger and the certificate. Raises: Conflict `not_now` for a waiver that was never granted."""
    if row.relief is None or row.valid_from is None or row.valid_until is None:
        raise Conflict("not_now")
    return Terms(
        relief=Relief(row.relief),
        fee_kinds=frozenset(row.fee_kinds.split()),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        basis_points=row.basis_points,
        months=row.months,
        instalments=row.instalments,
        cap_minor=row.cap_minor,
    )


def set_terms(row: Waiver, outcome: str, terms: Terms) -> None:
    """Write what is granted into the row."""
    row.outcome, row.relief, row.fee_kinds = outcome, terms.relief.value, " ".join(sorted(terms.fee_kinds))
    row.basis_points, row.months, row.instalments = terms.basis_points, terms.months, terms.instalments
    row.cap_minor, row.valid_from, row.valid_until = terms.cap_minor, terms.valid_from, terms.valid_until
    row.resets, row.used_minor, row.revoked_for = 0, 0, ""
