"""Connected parties: their keys, the tickets they send, and what is told to them. A body's system works with its
referrals in the body's own role (`providers.py`)."""

from tenants.access.cells import ADD, ALL, CHANGE, IN_MY_PART, OWN_FIRM, READ, REMOVE, Access, Matrix
from tenants.database import Audience as A

_ME = "subscriber_id::text = app_token()"
_MY_TICKET = "ticket_id IN (SELECT ticket_id FROM ticket_reference)"
_KNOWN_TICKET = "id IN (SELECT ticket_id FROM ticket_reference) OR number = app_token()"
_TICKET_HERE = "ticket_id IN (SELECT id FROM ticket)"
# Who asks and what about is sealed for the firm that takes the ticket: bureau, operator and parties see the rest.
_PROCESS = (
    "id", "number", "source", "wish", "topic", "district", "bureau_id", "firm_id", "state", "is_hard", "received_at",
    "due_on", "ended_at",
)  # fmt: skip
_MOVES = ("bureau_id", "firm_id", "state", "is_hard", "due_on", "ended_at")
_DESKS = (A.BUREAU, A.FIRM)

TICKETS: Matrix = {
    "api_client": (
        Access(A.CLIENT, (READ,), f"id::text = app_token() OR {_ME}"),
        Access(A.OPERATOR, ALL, "true"),
    ),
    "api_token": (
        Access(A.CLIENT, (READ,), "digest = app_token()"),
        Access(A.CLIENT, (ADD,), "client_id IN (SELECT id FROM api_client)"),
        Access(A.OPERATOR, (READ, REMOVE), "true"),
        Access(A.WORKER, (READ, REMOVE), "true"),
    ),
    "ticket": (
        Access(A.CLIENT, (READ,), _KNOWN_TICKET, _PROCESS),
        Access(A.CLIENT, (ADD,), "state IN ('received', 'routed')"),
        Access(A.BUREAU, (READ,), IN_MY_PART, _PROCESS),
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, _MOVES),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.FIRM, (CHANGE,), OWN_FIRM, _MOVES),
        Access(A.OPERATOR, (READ,), "true", _PROCESS),
        Access(A.WORKER, (READ,), f"{OWN_FIRM} OR app_firm() IS NULL", _PROCESS),
        Access(A.WORKER, (CHANGE,), "ended_at IS NOT NULL OR app_firm() IS NULL", ("sealed", "due_on")),
    ),
    "ticket_reference": (
        Access(A.CLIENT, (READ, ADD), _ME),
        *(Access(a, (READ,), _TICKET_HERE) for a in _DESKS),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "ticket_event": (
        Access(A.CLIENT, (READ,), _MY_TICKET, ("ticket_id", "id", "was", "became", "at")),
        Access(A.CLIENT, (ADD,), "became IN ('received', 'routed')"),
        *(Access(a, (READ, ADD), _TICKET_HERE) for a in _DESKS),
    ),
    "ticket_message": (Access(A.CLIENT, (READ, ADD), _ME),),
    "notice": (
        Access(A.CLIENT, (READ,), _ME),
        *(Access(a, (ADD,), "state = 'waiting'") for a in (A.CLIENT, *_DESKS, A.WORKER)),
        Access(A.WORKER, (READ, CHANGE), "true"),
        Access(A.OPERATOR, (READ, CHANGE), "true"),
    ),
}
