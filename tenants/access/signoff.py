"""Signatures, editions of reports, the firm's text blocks."""

from tenants.access.cells import ADD, ALL, CHANGE, OWN_CASE, OWN_FIRM, READ, Access, Matrix, facts
from tenants.database import Audience as A

REVIEWING: Matrix = {
    # What was issued is read and added, never changed; the worker blanks the content of an erased case.
    "edition": (
        Access(A.OWNER, (READ,), OWN_CASE),
        *facts("edition", ADD),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "signing": (
        *facts("signing", ADD),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    # Rounded counts over all firms, without any business behind a number below ten.
    "risk_quality": (Access(A.WORKER, ALL, "true"), Access(A.OPERATOR, (READ,), "true")),
    "text_block": (Access(A.FIRM, ALL, OWN_FIRM),),
}
