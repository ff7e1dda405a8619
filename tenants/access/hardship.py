"""Hardship policies and waivers: who applies, who recommends, who decides, who only counts."""

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
    cleared,
    facts,
)
from tenants.access.providers import OPEN_AT_BODY, OPEN_IN_SEAT, OPEN_PACKET
from tenants.database import Audience as A

_MY_BUREAU = "bureau_id = app_bureau()"
# What an owner wrote is the bureau's to read only while it has to decide, or to check a declaration.
_STATES = "'applied', 'more_asked', 'recommended', 'appealed', 'reset_asked'"
_OPEN_WAIVERS = f"(SELECT id FROM waiver WHERE spot_check = 'due' OR state IN ({_STATES}))"  # noqa: S608 - a constant
_TO_DECIDE = f"waiver_id IN {_OPEN_WAIVERS} AND {SUPERVISED}"
# Why somebody cannot pay is a fact about the client: the firm reads it as it reads her answers.
_FIRM_MAY_READ = f"(SELECT w.id FROM waiver w WHERE {facts('w')[0].predicate})"  # noqa: S608 - constants
_FIRM_READS = f"waiver_id IN {_FIRM_MAY_READ}"
_FIRM_WRITES = f"waiver_id IN (SELECT w.id FROM waiver w WHERE {cleared('w')})"  # noqa: S608 - constants
# The number of an agreed call opens to whoever calls, and no earlier than she needs it (`checkup.calls`).
_OPEN_CALLS = (
    "(SELECT id FROM call_back WHERE firm_id = app_firm() AND responsible_id = app_person() "
    "AND starts_at <= app_now() + interval '15 minutes')"
)
# Means are promised by whoever decides under a policy in force, be it one's own or that of the bureau above.
_IN_FORCE = "policy_id IN (SELECT id FROM hardship_policy WHERE state = 'approved')"

RELIEF: Matrix = {
    "hardship_policy": (
        *(Access(a, (READ,), "state = 'approved'") for a in (A.PUBLIC, A.OWNER, A.FIRM)),
        Access(A.BUREAU, (READ,), f"state = 'approved' OR {IN_MY_PART}"),
        Access(A.BUREAU, (ADD, CHANGE), _MY_BUREAU),
        Access(A.WORKER, (READ,), "true"),
        Access(A.WORKER, (CHANGE,), "state = 'proposed'", ("simulation",)),
    ),
    "hardship_spend": (
        Access(A.OWNER, (READ,), _IN_FORCE),
        Access(A.BUREAU, ALL, _IN_FORCE),
    ),
    "waiver": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.FIRM, (READ, CHANGE), OWN_FIRM),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
        Access(A.BUREAU, (READ, CHANGE), SUPERVISED),
    ),
    "waiver_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ, ADD), SUPERVISED),
    ),
    "waiver_content": (
        Access(A.OWNER, ALL, OWN_CASE),
        Access(A.FIRM, (READ,), _FIRM_READS),
        Access(A.FIRM, (CHANGE,), _FIRM_WRITES),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
        Access(A.BUREAU, (READ, CHANGE), _TO_DECIDE),
    ),
    "waiver_evidence": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ,), _FIRM_READS),
        Access(A.WORKER, (READ, REMOVE), OWN_FIRM),
        Access(A.BUREAU, (READ,), _TO_DECIDE),
    ),
    "part_key": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ,), f"{OWN_FIRM} AND (part_id IN {_FIRM_MAY_READ} OR part_id IN {_OPEN_CALLS})"),
        Access(A.FIRM, (REMOVE,), f"{OWN_FIRM} AND part_id IN {_OPEN_CALLS}"),
        Access(A.WORKER, (*ALL, REMOVE), OWN_FIRM),
        Access(A.BUREAU, (READ,), f"part_id IN {_OPEN_WAIVERS} AND {SUPERVISED}"),
        Access(A.PROVIDER, (READ,), f"{OPEN_PACKET} OR {OPEN_AT_BODY}"),
        Access(A.PUBLIC, (READ,), OPEN_IN_SEAT),
    ),
}
