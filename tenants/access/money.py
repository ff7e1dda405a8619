"""Fees, invoices, refunds and the ledger. No audience may change or remove a posting; the bureau sees none of it."""

from tenants.access.cells import ADD, ALL, CHANGE, OWN_CASE, OWN_FIRM, READ, Access, Matrix
from tenants.database import Audience as A

# Whose a Stripe customer is must be known before the firm is: the worker finds it anywhere, then acts within one.
_ANY_FIRM = f"{OWN_FIRM} OR app_firm() IS NULL"

MONEY: Matrix = {
    "fee": (
        Access(A.OWNER, (READ, CHANGE), OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "invoice": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, ALL, OWN_FIRM),
    ),
    "refund": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, ALL, OWN_FIRM),
    ),
    "payer": (Access(A.WORKER, ALL, _ANY_FIRM),),
    "firm_plan": (Access(A.FIRM, (READ,), OWN_FIRM), Access(A.WORKER, ALL, _ANY_FIRM)),
    "plan_visit": (Access(A.FIRM, (READ, ADD), OWN_FIRM), Access(A.WORKER, (READ, CHANGE), OWN_FIRM)),
    # Events and differences belong to nobody until the object they speak of is known.
    "stripe_notice": (Access(A.WORKER, ALL, "true"),),
    "money_difference": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, ALL, "true"),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "posting": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
    ),
}
