"""Checkups, answers, findings, reviews, what owner and lawyer write: the case and its content."""

from tenants.access.cells import (
    ADD,
    ALL,
    CASE,
    CHANGE,
    MINE_ANYWHERE,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    SUPERVISED,
    Access,
    Matrix,
    cleared,
    facts,
    holds,
)
from tenants.access.delegates import (
    DELEGATES_ANSWERS,
    DELEGATES_CHECKUP,
    DELEGATES_EVENT,
    DELEGATES_FINDING,
    DELEGATES_KEY,
    DELEGATES_MESSAGE,
)
from tenants.access.stations import (
    HELPERS_ANSWERS,
    HELPERS_CHECKUP,
    HELPERS_EVENT,
    HELPERS_FINDING,
    HELPERS_KEY,
)
from tenants.database import Audience as A

_WANTED = (
    "firm_id = app_firm() AND EXISTS (SELECT 1 FROM checkup k WHERE k.firm_id = {table}.firm_id "
    "AND k.id = {table}.checkup_id AND k.review_wanted)"
)


def _wanted(table: str) -> str:
    """The case is one whose owner wants a lawyer."""
    return _WANTED.format(table=table)


def _case_keys() -> tuple[Access, ...]:
    """The key for names opens before the conflict check, the key for facts after it."""
    reading = facts("case_key")[0].predicate
    return (
        Access(A.FIRM, (READ,), f"({reading}) OR (opens = 'names' AND {_wanted('case_key')})"),
        Access(A.FIRM, (ADD,), f"opens = 'names' AND {_wanted('case_key')}"),
    )


_OWNER_MOVES = (
    "state", "lawyer_id", "lawyer_name", "version", "offered_until", "offer_reasons", "touched_at", "warned_at",
    "unread_at", "reply_by",
)  # fmt: skip
_PROCESS = ("firm_id", "checkup_id", "id", "kind", "was", "became", "at")
# Whoever asked or recused cannot take that back alone; whoever was clear, or gave the case back, may say anything anew.
_OWN_CHECK = f"{OWN_FIRM} AND person_id = app_person()"
# Who runs the firm takes a case from a lawyer: it closes to her. No wall is ever taken down by it.
_ADMINS = f"{OWN_FIRM} AND {holds('firm_admin')}"
_OTHERS_CHECK = f"{OWN_FIRM} AND person_id <> app_person() AND {holds('partner')}"
_AFTER_SIGNING = "checkup_id IN (SELECT id FROM checkup WHERE signed_at IS NOT NULL)"  # noqa: S105 - a predicate

WORK: Matrix = {
    "checkup": (*CASE, MINE_ANYWHERE, *HELPERS_CHECKUP, *DELEGATES_CHECKUP),
    # Clocks and stages, kept by a trigger on `checkup`: no score, no grade, no business, and nobody writes it.
    "progress": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
    ),
    "answers": (
        Access(A.OWNER, ALL, OWN_CASE),
        *facts("answers", CHANGE),
        *HELPERS_ANSWERS,
        *DELEGATES_ANSWERS,
        Access(A.WORKER, ALL, OWN_FIRM),
    ),
    "case_key": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        *_case_keys(),
        *HELPERS_KEY,
        *DELEGATES_KEY,
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "finding": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        *facts("finding", ADD, CHANGE),
        *HELPERS_FINDING,
        *DELEGATES_FINDING,
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "document": (
        Access(A.OWNER, ALL, OWN_CASE),
        *facts("document", ADD, CHANGE),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "review": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, _OWNER_MOVES),
        Access(A.FIRM, ALL, OWN_FIRM),
        Access(A.WORKER, ALL, OWN_FIRM),
    ),
    "review_event": (
        Access(A.OWNER, (READ,), OWN_CASE, _PROCESS),
        Access(A.OWNER, (ADD,), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, _PROCESS),
    ),
    "case_parties": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.FIRM, (READ,), _wanted("case_parties")),
        Access(A.WORKER, ALL, OWN_FIRM),
    ),
    "conflict_check": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (ADD,), _OWN_CHECK),
        Access(
            A.FIRM,
            (CHANGE,),
            f"({_OWN_CHECK} AND outcome IN ('clear', 'released')) OR ({_OTHERS_CHECK}) "
            f"OR ({_ADMINS} AND outcome = 'clear')",
            becomes=f"({_OWN_CHECK}) OR ({_OTHERS_CHECK}) OR ({_ADMINS} AND outcome = 'released')",
        ),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "firm_party": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (ADD, CHANGE, REMOVE), f"{OWN_FIRM} AND {holds('firm_admin')}"),
        Access(A.WORKER, (READ,), OWN_FIRM),
    ),
    "checkup_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, ("firm_id", "checkup_id", "id", "was", "became", "at")),
        *HELPERS_EVENT,
        *DELEGATES_EVENT,
    ),
    "erasure": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
    ),
    "break_glass": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (ADD,), f"{OWN_FIRM} AND asked_by = app_person() AND allowed_by IS NULL AND ends_at IS NULL"),
        Access(A.FIRM, (CHANGE,), f"{OWN_FIRM} AND asked_by <> app_person()"),
    ),
}

# What a lawyer does with a case: decide, sign, correct.
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

# What was written stays as it was written: only that nobody waits for it any more may be added, and the day by which
# it is waited for may move with a notice of holidays.
TALKING: Matrix = {
    "case_message": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, ("settled_at",)),
        *facts("case_message", ADD),
        *DELEGATES_MESSAGE,
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
