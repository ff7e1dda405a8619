"""The firm's desk: room, roster, green channel, saved views."""

from tenants.access.cells import (
    ADD,
    ALL,
    CHANGE,
    MINE,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    SUPERVISED,
    Access,
    Matrix,
    holds,
)
from tenants.database import Audience as A

_HERS = f"{OWN_FIRM} AND {MINE}"
_ADMINS = f"{OWN_FIRM} AND {holds('firm_admin')}"
_CLOCK = ("firm_id", "checkup_id", "state", "rung", "started_at", "due_at", "late_since", "ended_at")

DESK: Matrix = {
    "capacity": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (ADD, CHANGE), _HERS),
        Access(A.WORKER, (READ,), OWN_FIRM),
    ),
    "on_call": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (ADD, CHANGE, REMOVE), _ADMINS),
        Access(A.WORKER, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, ("firm_id", "day")),
    ),
    "green_call": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, (READ, CHANGE), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, _CLOCK),
        Access(A.WORKER, ALL, OWN_FIRM),
    ),
    "call_back": (
        Access(A.OWNER, (*ALL, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ, CHANGE), f"{OWN_FIRM} AND responsible_id = app_person()"),
        Access(A.WORKER, (READ, CHANGE, REMOVE), OWN_FIRM),
    ),
    "queue_view": (Access(A.FIRM, (*ALL, REMOVE), _HERS),),
}
