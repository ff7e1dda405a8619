"""Fixes, reminders, changes of law, shared reports, ratings, complaints."""

from tenants.access.cells import (
    ADD,
    ALL,
    CHANGE,
    IN_MY_PART,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    SUPERVISED,
    Access,
    Matrix,
    facts,
    holder_of,
)
from tenants.access.delegates import DELEGATES_FIX
from tenants.database import Audience as A

_RUNS = f"{holder_of('digest')} AND ended_at IS NULL AND expires_at > app_now()"
_MY_SHARE = "(firm_id, share_id) IN (SELECT firm_id, id FROM share)"
# One about a body is answered above the body and the firm, and by nobody between who has only the firm.
_TO_ANSWER = f"{SUPERVISED} AND (bureau_id IS NULL OR {IN_MY_PART})"
_MY_COMPLAINT = "(firm_id, complaint_id) IN (SELECT firm_id, id FROM complaint)"
_SNAPSHOT = ("firm_id", "id", "digest", "level", "sealed", "made_at", "expires_at", "ended_at")
# What a bureau works with: what was written to it, the firm, the clock. Not the owner, not the case.
_TO_BUREAU = (
    "firm_id", "id", "provider_id", "bureau_id", "state", "wants_call", "sealed_words", "sealed_phone",
    "sealed_outcome", "opened_at", "due_on", "settled_at",
)  # fmt: skip

MENDING: Matrix = {
    "fix": (
        Access(A.OWNER, (READ, CHANGE, REMOVE), OWN_CASE),
        *facts("fix", ADD, CHANGE),
        *DELEGATES_FIX,
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "fix_event": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        *facts("fix_event", ADD),
        *DELEGATES_FIX,
        Access(A.WORKER, (READ, ADD, REMOVE), OWN_FIRM),
    ),
    "fix_proof": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, ("risk",)),
        *facts("fix_proof"),
        *DELEGATES_FIX,
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "reminder_wish": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "reminder": (
        Access(A.OWNER, (READ, REMOVE), OWN_CASE),
        Access(A.WORKER, (READ, ADD, REMOVE), OWN_FIRM),
    ),
    "law_change": (
        *(Access(a, (READ,), "true") for a in (A.OWNER, A.FIRM, A.WORKER)),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "law_flag": (
        Access(A.OWNER, (READ, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ, CHANGE), OWN_FIRM),
        Access(A.WORKER, (READ, ADD, REMOVE), OWN_FIRM),
    ),
    "share": (
        Access(A.PUBLIC, (READ,), _RUNS, _SNAPSHOT),
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "share_key": (
        Access(A.PUBLIC, (READ,), _MY_SHARE),
        Access(A.OWNER, (READ, ADD, REMOVE), _MY_SHARE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "share_opening": (
        Access(A.PUBLIC, (ADD,), _MY_SHARE),
        Access(A.OWNER, (READ, REMOVE), _MY_SHARE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    # Nobody's but its owner's until she has said yes; then it is what she said of her business.
    "licence_reading": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        Access(A.WORKER, (READ, CHANGE, REMOVE), OWN_FIRM),
    ),
    "lesson_taken": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        *facts("lesson_taken", ADD, CHANGE),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "rating": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "complaint": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, ("state", "wants_call", "sealed_words", "sealed_phone")),
        Access(A.BUREAU, (READ,), _TO_ANSWER, _TO_BUREAU),
        Access(A.BUREAU, (CHANGE,), _TO_ANSWER, ("state", "sealed_outcome", "settled_at")),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "complaint_key": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.BUREAU, (READ,), _MY_COMPLAINT, ("firm_id", "complaint_id", "wrapped_key")),
        Access(A.WORKER, (READ, CHANGE, REMOVE), OWN_FIRM),
    ),
    "complaint_event": (
        Access(A.OWNER, (READ, ADD), _MY_COMPLAINT),
        Access(A.BUREAU, (READ, ADD), _MY_COMPLAINT),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
    ),
}
