"""Connected parties: their keys, the tickets they send, and what is told to them. A body's system works with its
referrals in the body's own role (`providers.py`)."""

from tenants.access.cells import (
    ADD,
    ALL,
    CHANGE,
    IN_MY_PART,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    Access,
    Matrix,
    facts,
    holder_of,
)
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
# A helper asks for one ticket by its number, of the part of the city that her station answers for.
_NAMED_HERE = f"app_helps() AND {holder_of('number')} AND app_station_reaches(bureau_id)"
_OF_A_TICKET = "number IN (SELECT number FROM ticket)"
_WAITING = "owner_id IS NULL AND agreed_at IS NULL"
# To which case is the owner's: a desk that has told its number reads back no more than how far the offer is.
_TOLD_OF_OFFER = ("number", "offered_by", "offered_at", "expires_at", "agreed_at")
_OFFERED = "case_number IN (SELECT case_number FROM checkup) OR owner_id = app_person()"

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
        Access(A.OWNER, (READ,), "number IN (SELECT number FROM case_ticket)"),
        Access(A.HELPER, (READ,), _NAMED_HERE, _PROCESS),
        Access(A.OPERATOR, (READ,), "true", _PROCESS),
        Access(A.WORKER, (READ,), f"{OWN_FIRM} OR app_firm() IS NULL", _PROCESS),
        Access(
            A.WORKER, (CHANGE,), "ended_at IS NOT NULL OR app_firm() IS NULL", ("sealed", "due_on", "firm_id", "state")
        ),
    ),
    "ticket_reference": (
        Access(A.CLIENT, (READ, ADD), _ME),
        *(Access(a, (READ,), _TICKET_HERE) for a in (*_DESKS, A.WORKER)),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "ticket_event": (
        Access(A.CLIENT, (READ,), _MY_TICKET, ("ticket_id", "id", "was", "became", "at")),
        Access(A.CLIENT, (ADD,), "became IN ('received', 'routed')"),
        *(Access(a, (READ, ADD), _TICKET_HERE) for a in _DESKS),
        Access(A.WORKER, (ADD,), _TICKET_HERE),
    ),
    # A desk offers, the owner says yes or no; no desk takes back, or changes, what she has said yes to.
    "ticket_offer": (
        *(
            access
            for a in (A.BUREAU, A.HELPER)
            for access in (
                Access(a, (READ,), _OF_A_TICKET, _TOLD_OF_OFFER),
                Access(a, (ADD,), f"{_OF_A_TICKET} AND {_WAITING}"),
                Access(a, (REMOVE,), f"{_OF_A_TICKET} AND {_WAITING}"),
            )
        ),
        Access(A.OWNER, (READ, REMOVE), _OFFERED),
        Access(A.OWNER, (CHANGE,), _OFFERED, ("owner_id", "agreed_at"), "owner_id = app_person()"),
        Access(A.WORKER, (READ, REMOVE), "true"),
    ),
    "case_ticket": (
        Access(A.OWNER, (READ, CHANGE, REMOVE), OWN_CASE),
        Access(
            A.OWNER,
            (ADD,),
            f"{OWN_CASE} AND number IN (SELECT number FROM ticket_offer WHERE owner_id = app_person())",  # noqa: S608
        ),
        *facts("case_ticket"),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "ticket_message": (Access(A.CLIENT, (READ, ADD), _ME),),
    "notice": (
        Access(A.CLIENT, (READ,), _ME),
        *(Access(a, (ADD,), "state = 'waiting'") for a in (A.CLIENT, *_DESKS, A.WORKER)),
        Access(A.WORKER, (READ, CHANGE), "true"),
        Access(A.OPERATOR, (READ, CHANGE), "true"),
    ),
}
