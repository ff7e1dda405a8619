"""Stations, their helpers, kiosks and queues: who may help, what was decided, what a helper reads of a case."""

from tenants.access.cells import (
    ADD,
    CHANGE,
    IN_MY_PART,
    MINE,
    OWN_CASE,
    OWN_FIRM,
    READ,
    REMOVE,
    Access,
    Matrix,
    holder_of,
)
from tenants.database import Audience as A

MY_STATIONS = f"station_id IN (SELECT id FROM station WHERE {IN_MY_PART})"  # noqa: S608 - a constant
_OWN_STATION = "station_id = app_station()"
AT_WORK = f"app_helps() AND {_OWN_STATION}"
_HAS_POST = "station_id IN (SELECT station_id FROM helper_post)"
_ITSELF = "id = app_station()"
# A helper's help runs: at her station, which is open, by her, who is bound to secrecy, until it ends or its time is up.
_RUNS = f"{AT_WORK} AND helper_id = app_person() AND ended_at IS NULL AND ends_at > app_now()"
_HELPED = "(firm_id, {column}) IN (SELECT firm_id, checkup_id FROM assistance)"
_FILLS = "(firm_id, {column}) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill')"
_FILLED = _FILLS.format(column="checkup_id")
_DRAFT = "state IN ('started', 'answering')"
_OWN_DRAFT = f"{_FILLS.format(column='id')} AND {_DRAFT}"
# Whoever types beside an owner reads where her checkup stands, a helper its light too; no score, no grade, no count.
TOLD_OF_DRAFT = (
    "firm_id", "id", "business_id", "owner_id", "case_number", "state", "mode", "focus", "pack_id", "pack_version",
    "pack_hash", "locale", "channel", "review_wanted", "started_at", "submitted_at", "signed_at",
)  # fmt: skip
TOLD_OF_CHECKUP = (*TOLD_OF_DRAFT, "light")
_TOLD_OF_BUSINESS = ("form", "staff", "staff_to", "revenue", "revenue_to", "assets", "assets_to", "unsaid", "size")
TOLD_OF_ENTRY = (
    "firm_id", "checkup_id", "owner_id", "station_id", "sheet_code", "pack_version", "signed_on", "shows", "first_by",
    "first_name", "first_at", "second_by", "second_name", "second_at", "ends_at",
)  # fmt: skip
_ENDS = ("ended_at", "ended_why")
# What a kiosk's device, or a phone before its screen, holds.
_PINS = f"{holder_of('device_digest')} OR {holder_of('code_digest')}"
_SWITCHED_OFF = ("ended_by", "ended_at")
_ON_DEVICE = f"kiosk_id IN (SELECT id FROM kiosk WHERE {holder_of('device_digest')})"  # noqa: S608 - a constant
_SERVES = (
    "kiosk_id IN (SELECT k.id FROM kiosk k JOIN station s ON s.id = k.station_id "
    "WHERE k.device_digest = app_token() AND k.ended_at IS NULL AND s.state = 'admitted')"
)
# A queue lives for a day of the city; its square leads to it.
_TODAY = "(app_now() AT TIME ZONE 'Asia/Shanghai')::date"
_AT_QUEUE = f"station_id IN (SELECT station_id FROM venue_queue WHERE {holder_of('code')}) AND day = {_TODAY}"  # noqa: S608 - a constant
_TAKES = (
    "state = 'waiting' AND holder IS NOT NULL AND station_id IN (SELECT q.station_id FROM venue_queue q "  # noqa: S608 - a constant
    f"JOIN station s ON s.id = q.station_id WHERE q.code = app_token() AND q.open_on = {_TODAY} "
    "AND s.state = 'admitted')"
)
_CALLS = f"{AT_WORK} AND day = {_TODAY}"
TOLD_OF_NUMBER = ("station_id", "day", "number", "state", "taken_at", "called_at", "ended_at")
_SHOWN = f"{_ON_DEVICE} OR {holder_of('handover_digest')}"

STATIONS: Matrix = {
    "station": (
        Access(A.HELPER, (READ,), _ITSELF),
        Access(A.PUBLIC, (READ,), "id IN (SELECT station_id FROM kiosk UNION ALL SELECT station_id FROM venue_queue)"),
        Access(A.OWNER, (READ,), "id IN (SELECT station_id FROM assistance)"),
        Access(A.BUREAU, (READ, ADD), IN_MY_PART),
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, ("name", "name_en", "phone", "state")),
    ),
    "station_event": (Access(A.BUREAU, (READ, ADD), MY_STATIONS),),
    "helper_post": (
        Access(A.AUTH, (READ,), MINE),
        Access(A.HELPER, (READ,), f"{MINE} AND {_OWN_STATION}"),
        Access(A.BUREAU, (READ, ADD, REMOVE), MY_STATIONS),
    ),
    # Her own yes, at the station where she has a post; nobody takes it back or changes it.
    "duty_receipt": (
        Access(A.HELPER, (READ,), f"{MINE} AND {_OWN_STATION}"),
        Access(A.HELPER, (ADD,), f"{MINE} AND {_OWN_STATION} AND {_HAS_POST}"),
        Access(A.BUREAU, (READ,), MY_STATIONS),
    ),
    # The owner's yes, which she alone gives and takes back; what moves with a record to a firm has ended.
    "assistance": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.OWNER, (ADD,), f"{OWN_CASE} AND (ended_at IS NOT NULL OR app_may_help(station_id, helper_id))"),
        Access(A.OWNER, (CHANGE,), OWN_CASE, _ENDS),
        Access(A.HELPER, (READ,), _RUNS),
        Access(A.WORKER, (READ,), OWN_FIRM),
        Access(A.WORKER, (CHANGE,), OWN_FIRM, _ENDS),
    ),
    "claim_code": (
        Access(A.PUBLIC, (READ,), holder_of("digest")),
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        # That a code is out, and how; the code itself is the owner's.
        Access(
            A.HELPER,
            (READ,),
            _HELPED.format(column="checkup_id"),
            ("firm_id", "checkup_id", "sent", "made_at", "expires_at"),
        ),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "kiosk": (
        Access(A.PUBLIC, (READ,), _PINS),
        Access(A.PUBLIC, (CHANGE,), _PINS, ("device_digest", "paired_at")),
        Access(A.HELPER, (READ, ADD), AT_WORK),
        Access(A.HELPER, (CHANGE,), AT_WORK, _SWITCHED_OFF),
        Access(A.BUREAU, (READ, ADD), MY_STATIONS),
        Access(A.BUREAU, (CHANGE,), MY_STATIONS, _SWITCHED_OFF),
    ),
    # Printed and typed at one station: at another its code names nothing.
    "paper_sheet": (
        Access(A.HELPER, (READ, ADD), AT_WORK),
        Access(A.HELPER, (CHANGE,), AT_WORK, ("used_at",)),
        Access(A.WORKER, (READ, REMOVE), "true"),
    ),
    # That a sheet waits, to every helper of the station; what was typed is opened in its owner's scope alone.
    "paper_entry": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        Access(A.OWNER, (CHANGE,), OWN_CASE, ("second_by", "second_name", "second_at", "sealed")),
        Access(A.HELPER, (READ,), f"{AT_WORK} AND ends_at > app_now()", TOLD_OF_ENTRY),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
    ),
    "venue_queue": (
        Access(A.PUBLIC, (READ,), holder_of("code")),
        Access(A.HELPER, (READ, ADD), AT_WORK),
        Access(A.HELPER, (CHANGE,), AT_WORK, ("open_on",)),
    ),
    # Whoever stands in the queue reads how it goes; whoever took a number changes nothing of it.
    "venue_number": (
        Access(A.PUBLIC, (READ,), _AT_QUEUE),
        Access(A.PUBLIC, (ADD,), f"{_TAKES} AND day = {_TODAY}"),
        Access(A.HELPER, (READ,), _CALLS, TOLD_OF_NUMBER),
        Access(A.HELPER, (ADD,), f"{_CALLS} AND state = 'waiting' AND holder IS NULL"),
        Access(A.HELPER, (CHANGE,), _CALLS, ("state", "called_at", "ended_at")),
        Access(A.WORKER, (READ, REMOVE), "true"),
    ),
    # Who is there no helper and no bureau reads; the worker takes away what a device that was pulled out has left.
    "kiosk_visit": (
        Access(A.PUBLIC, (READ, REMOVE), _SHOWN),
        Access(A.PUBLIC, (ADD,), _SERVES),
        Access(A.PUBLIC, (CHANGE,), _ON_DEVICE, ("seen_at", "handover_digest", "handover_until")),
        Access(A.WORKER, (READ, REMOVE), "true"),
    ),
}

# What a helper does in tables of the case itself (`tenants.access.cases`, `tenants.access.people`).
HELPERS_CHECKUP = (
    Access(A.HELPER, (READ,), _HELPED.format(column="id"), TOLD_OF_CHECKUP),
    Access(A.HELPER, (CHANGE,), _OWN_DRAFT, ("state",)),
)
HELPERS_BUSINESS = (
    Access(A.HELPER, (READ,), "(firm_id, id) IN (SELECT firm_id, business_id FROM checkup)"),
    Access(
        A.HELPER,
        (CHANGE,),
        f"(firm_id, id) IN (SELECT firm_id, business_id FROM checkup WHERE {_OWN_DRAFT})",  # noqa: S608 - a constant
        _TOLD_OF_BUSINESS,
    ),
)
HELPERS_ANSWERS = (
    Access(A.HELPER, (READ,), _FILLED),
    Access(A.HELPER, (CHANGE,), _FILLED, ("version", "sealed")),
)
HELPERS_KEY = (Access(A.HELPER, (READ,), f"{_FILLED} AND opens = 'facts'"),)
HELPERS_FINDING = (
    Access(
        A.HELPER,
        (READ,),
        "(firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE shows = 'findings')",
    ),
)
HELPERS_EVENT = (Access(A.HELPER, (ADD,), f"{_FILLED} AND actor_id = app_person() AND became = 'answering'"),)
HELPERS_FIRM = (
    Access(
        A.HELPER,
        (READ,),
        "id IN (SELECT firm_id FROM assistance)",
        ("id", "slug", "name", "name_en", "phone", "state", "wrapped_key"),
    ),
)
