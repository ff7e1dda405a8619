"""Fees, invoices, refunds and the ledger. No audience may change or remove a posting; the bureau sees none of it."""

from tenants.access.cells import ADD, ALL, CHANGE, OWN_CASE, OWN_FIRM, READ, Access, Matrix
from tenants.access.providers import OWN_BODY, RUNNING
from tenants.database import Audience as A

# Whose a Stripe customer is must be known before the firm is: the worker finds it anywhere, then acts within one.
_ANY_FIRM = f"{OWN_FIRM} OR app_firm() IS NULL"

# A body asks for a matter in its hands, of its owner; behind a mailed link, which is one referral's, it asks nothing.
_OF_MY_MATTER = f"{OWN_BODY} AND app_token() IS NULL AND referral_id IN (SELECT id FROM referral)"  # noqa: S608
_ASKED_BY_BODY = (
    f"{OWN_BODY} AND app_token() IS NULL AND state = 'offered' AND "  # noqa: S608 - constants
    "(firm_id, referral_id, checkup_id, business_id, owner_id) IN "
    f"(SELECT firm_id, id, checkup_id, business_id, owner_id FROM referral WHERE state IN {RUNNING})"
)

MONEY: Matrix = {
    "fee": (
        Access(A.OWNER, (READ, CHANGE), OWN_CASE),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
        Access(A.PROVIDER, (READ,), _OF_MY_MATTER),
        Access(A.PROVIDER, (ADD,), _ASKED_BY_BODY),
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
        Access(A.PROVIDER, (READ,), "(firm_id, fee_id) IN (SELECT firm_id, id FROM fee)"),
    ),
}
