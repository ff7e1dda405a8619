"""Delegates (会计、店长、家人): whom an owner has asked, what she let them do, and what they read of a case by it."""

from tenants.access.cells import ADD, CHANGE, MINE, OWN_CASE, OWN_FIRM, READ, Access, Matrix, holder_of
from tenants.access.stations import TOLD_OF_DRAFT
from tenants.database import Audience as A

# It runs: accepted by her, with her yes to secrecy, until the owner or the day ends it.
_RUNS = (
    "delegate_id = app_person() AND accepted_at IS NOT NULL AND ended_at IS NULL AND ends_at > app_now() "
    "AND EXISTS (SELECT 1 FROM delegate_duty)"
)
_WAITS = "accepted_at IS NULL AND ended_at IS NULL AND answer_by > app_now() AND ends_at > app_now()"
# Asked at the phone that she comes in with, and not by herself.
_MY_PHONE = "(SELECT p.phone_digest FROM person p WHERE p.id = app_person())"
_ASKED = f"{_WAITS} AND owner_id <> app_person() AND phone_digest = {_MY_PHONE}"
# A delegate's role sees of `delegation` what runs and what waits for her yes; of a case what runs opens.
_GIVEN = "(firm_id, {column}) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL{more})"
_AREAS = " AND areas <> ''"
_ANY, _FILLS, _FIXES, _MESSAGES = (
    _GIVEN.format(column="checkup_id", more=more) for more in ("", _AREAS, " AND sees_fixes", " AND reads_messages")
)
_DRAFT = "state IN ('started', 'answering')"
_OWN_DRAFT = f"{_GIVEN.format(column='id', more=_AREAS)} AND {_DRAFT}"
_OF_DRAFT = f"{_FILLS} AND (firm_id, checkup_id) IN (SELECT firm_id, id FROM checkup WHERE {_DRAFT})"  # noqa: S608 - a constant
_IS_A_FIX = "(firm_id, checkup_id, risk) IN (SELECT firm_id, checkup_id, risk FROM fix)"
_ENDS = ("ended_at", "ended_why", "name", "shop", "phone_digest", "invitation_digest")
_ON_THE_LINK = (
    "firm_id", "id", "owner_id", "name", "kind", "shop", "phone_digest", "invitation_digest", "accepted_at", "ended_at",
    "answer_by", "ends_at",
)  # fmt: skip
# How a thing to do is worded; no score, no grade, no count of points.
TOLD_OF_FINDING = (
    "firm_id", "checkup_id", "risk", "likelihood", "case_place", "lawyer_action", "lawyer_likelihood",
)  # fmt: skip

DELEGATES: Matrix = {
    "delegation": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, _ENDS),
        # The link that was sent leads to whom it was sent to; of the case it tells nothing.
        Access(A.PUBLIC, (READ,), f"{holder_of('invitation_digest')} AND {_WAITS}", _ON_THE_LINK),
        Access(A.DELEGATE, (READ,), f"({_RUNS}) OR ({_ASKED})"),
        Access(A.DELEGATE, (CHANGE,), _ASKED, ("delegate_id", "accepted_at", "text_version"), becomes=_RUNS),
        Access(A.WORKER, (READ,), OWN_FIRM),
        Access(A.WORKER, (CHANGE,), OWN_FIRM, _ENDS),
    ),
    # Her own yes to secrecy; nobody takes it back or changes it.
    "delegate_duty": (Access(A.DELEGATE, (READ, ADD), MINE),),
}

# What a delegate does in tables of the case itself. Whatever else she may do, the process does beside the owner.
DELEGATES_CHECKUP = (
    Access(A.DELEGATE, (READ,), _GIVEN.format(column="id", more=""), TOLD_OF_DRAFT),
    Access(A.DELEGATE, (CHANGE,), _OWN_DRAFT, ("state",)),
)
DELEGATES_BUSINESS = (Access(A.DELEGATE, (READ,), "(firm_id, id) IN (SELECT firm_id, business_id FROM checkup)"),)
DELEGATES_ANSWERS = (
    Access(A.DELEGATE, (READ,), _OF_DRAFT),
    Access(A.DELEGATE, (CHANGE,), _OF_DRAFT, ("version", "sealed")),
)
DELEGATES_KEY = (Access(A.DELEGATE, (READ,), f"{_ANY} AND opens = 'facts'"),)
DELEGATES_EVENT = (Access(A.DELEGATE, (ADD,), f"{_OF_DRAFT} AND actor_id = app_person() AND became = 'answering'"),)
DELEGATES_FINDING = (Access(A.DELEGATE, (READ,), f"{_FIXES} AND {_IS_A_FIX}", TOLD_OF_FINDING),)
DELEGATES_FIX = (Access(A.DELEGATE, (READ,), _FIXES),)
DELEGATES_MESSAGE = (Access(A.DELEGATE, (READ,), _MESSAGES),)
DELEGATES_FIRM = (
    Access(
        A.DELEGATE,
        (READ,),
        "id IN (SELECT firm_id FROM delegation WHERE accepted_at IS NOT NULL)",
        ("id", "slug", "name", "name_en", "phone", "state", "wrapped_key"),
    ),
)
