"""Pro bono time: the trace, entries, rules, anomalies, the blind sample, recognition.

A lawyer reads her own record at every firm (`_HERS`): it stays with the person. The bureau sees lawyer, minutes, kind,
state and an opaque case id; no trace, no note, no packet, no owner.
"""

from tenants.access.cells import ADD, ALL, CHANGE, OWN_CASE, OWN_FIRM, READ, REMOVE, SUPERVISED, Access, Matrix, cleared
from tenants.database import Audience as A

_HERS = f"{OWN_FIRM} OR lawyer_id = app_person()"
_ASSESSOR = "assessor_id = app_person()"
SEEN_BY_BUREAUS = (
    "firm_id", "id", "lawyer_id", "lawyer_name", "checkup_id", "category", "source", "day", "spans", "minutes",
    "credited", "credited_minutes", "place", "witness", "reference", "corrects_id", "state", "made_at", "submitted_at",
    "confirmed_at", "confirmed_by", "settled_at",
)  # fmt: skip
FOR_ASSESSORS = (
    "id", "period", "assessor_id", "packet", "marks", "reason", "appointed_at", "submitted_at", "declined_at",
)  # fmt: skip
FOR_BUREAUS = (
    "firm_id", "id", "draw_id", "period", "entry_id", "assessor_id", "assessor_name", "marks", "reason",
    "appointed_at", "submitted_at", "declined_at",
)  # fmt: skip
EXPLAINED = (
    "firm_id", "id", "kind", "lawyer_id", "lawyer_name", "day", "numbers", "found_at", "reply", "replied_at",
    "settled_at", "settled_why",
)  # fmt: skip
_WAITS = f"{OWN_CASE} AND state = 'submitted'"
_ANSWERED = f"{OWN_CASE} AND state IN ('confirmed', 'questioned')"
_MY_WORD = (
    "firm_id = app_firm() AND actor_id = app_person() AND actor_kind = 'owner' AND was = 'submitted' "
    "AND entry_id IN (SELECT id FROM hour_entry)"
)
_KEEPER = Access(A.WORKER, (*ALL, REMOVE), _HERS)
_OWN_PART = "bureau_id IN (SELECT app_bureaus())"

HOURS: Matrix = {
    "activity_day": (
        Access(A.FIRM, (READ, REMOVE), "firm_id = app_firm() AND lawyer_id = app_person()"),
        # Nobody spends minutes on a case that is closed to her.
        Access(A.FIRM, (ADD, CHANGE), f"{cleared('activity_day')} AND lawyer_id = app_person()"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "hour_entry": (
        Access(A.OWNER, (READ,), OWN_CASE),
        # One tap on what waits for her word; what is claimed and what counts by it she cannot touch.
        Access(A.OWNER, (CHANGE,), _WAITS, ("state", "confirmed_at", "confirmed_by"), becomes=_ANSWERED),
        Access(A.FIRM, (READ,), _HERS),
        Access(A.FIRM, (ADD, CHANGE), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, SEEN_BY_BUREAUS),
        _KEEPER,
    ),
    "hour_event": (
        Access(A.OWNER, (ADD,), _MY_WORD),
        Access(A.FIRM, (READ,), _HERS),
        Access(A.FIRM, (ADD,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
        _KEEPER,
    ),
    # What is to be reached and what counts is no secret of anybody's.
    "hour_category": (
        *(Access(a, (READ,), "true") for a in (A.OWNER, A.FIRM, A.WORKER, A.BUREAU)),
        Access(A.BUREAU, (ADD, CHANGE), _OWN_PART),
    ),
    "hour_anomaly": (
        Access(A.FIRM, (READ,), _HERS),
        Access(A.FIRM, (CHANGE,), "lawyer_id = app_person()", ("reply", "replied_at")),
        Access(A.BUREAU, (READ,), SUPERVISED, EXPLAINED),
        Access(A.BUREAU, (CHANGE,), SUPERVISED, ("settled_at", "settled_why")),
        _KEEPER,
    ),
    "advice_print": (Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),),
    "sample_draw": (
        *(Access(a, (READ,), "true") for a in (A.PUBLIC, A.FIRM, A.BUREAU, A.WORKER)),
        Access(A.BUREAU, (ADD, CHANGE), _OWN_PART),
    ),
    "assessor": (Access(A.BUREAU, ALL, _OWN_PART),),
    "assessment": (
        Access(A.FIRM, (READ,), _ASSESSOR, FOR_ASSESSORS),
        Access(A.FIRM, (CHANGE,), _ASSESSOR, ("packet", "marks", "reason", "submitted_at", "declined_at")),
        Access(A.BUREAU, (READ,), SUPERVISED, FOR_BUREAUS),
        Access(A.BUREAU, (ADD,), SUPERVISED),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
    ),
    "hour_certificate": (
        Access(A.FIRM, (READ,), _HERS),
        Access(A.FIRM, (ADD,), "firm_id = app_firm() AND lawyer_id = app_person()"),
        Access(A.BUREAU, (READ,), SUPERVISED),
    ),
    "published_hours": (
        Access(A.PUBLIC, (READ,), OWN_FIRM),
        Access(A.FIRM, (READ, ADD, CHANGE, REMOVE), "firm_id = app_firm() AND lawyer_id = app_person()"),
    ),
}
