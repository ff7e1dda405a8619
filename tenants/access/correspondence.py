"""What owner and lawyer write to each other, the scope letter, the owner's wish for paid work."""

from tenants.access.cells import ADD, CHANGE, OWN_CASE, OWN_FIRM, READ, REMOVE, Access, Matrix, cleared, facts
from tenants.database import Audience as A

_AFTER_SIGNING = "checkup_id IN (SELECT id FROM checkup WHERE signed_at IS NOT NULL)"  # noqa: S105 - a predicate

# What was written stays as it was written: only that nobody waits for it any more may be added, and the day by which
# it is waited for may move with a notice of holidays.
TALKING: Matrix = {
    "case_message": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, ("settled_at",)),
        *facts("case_message", ADD),
        Access(A.FIRM, (CHANGE,), cleared("case_message"), ("settled_at",)),
        Access(A.WORKER, (CHANGE,), OWN_FIRM, ("due_on",)),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "case_file": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        *facts("case_file", ADD),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # Added and never changed, by nobody: what the owner accepted is what is stored.
    "scope_letter": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ,), OWN_FIRM),
    ),
    # No firm can offer paid work: the owner alone adds a row, and only after her report is signed.
    "work_wish": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.OWNER, (ADD,), f"{OWN_CASE} AND {_AFTER_SIGNING}"),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
}
