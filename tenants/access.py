"""The access matrix: table → audience → verbs → predicate. The one place that says who sees which row.

Grants and row-level-security policies are generated from it (`tenants/grants.py`). What is not here is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tenants.database import Audience as A

OWN_FIRM = "firm_id = app_firm()"
OWN_CASE = "firm_id = app_firm() AND owner_id = app_person()"
HELD_TOKEN = "{column} = app_token()"  # noqa: S105 - a predicate, not a password
MINE = "person_id = app_person()"
IN_MY_PART = "bureau_id IN (SELECT app_bureaus())"
SUPERVISED = f"firm_id IN (SELECT id FROM firm WHERE {IN_MY_PART})"  # noqa: S608 - a constant
READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"

# What a role may do, beside what its audience's database role may touch. Views name the permission they need.
PERMISSIONS: dict[str, frozenset[str]] = {
    "lawyer": frozenset({"review"}),
    "firm_admin": frozenset({"run_firm"}),
    "officer": frozenset({"supervise"}),
}


@dataclass(frozen=True)
class Access:
    """One cell of the matrix. `columns` narrows SELECT and UPDATE to those columns (process, never content)."""

    audience: A
    verbs: tuple[str, ...]
    predicate: str
    columns: tuple[str, ...] = ()


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Everything that one of the roles allows."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))


def _token(column: str) -> str:
    return HELD_TOKEN.format(column=column)


_ALL = (READ, ADD, CHANGE)
_CASE = (Access(A.OWNER, _ALL, OWN_CASE), Access(A.FIRM, _ALL, OWN_FIRM), Access(A.WORKER, _ALL, OWN_FIRM))
_MINE_ANYWHERE = Access(A.SELF, (READ,), "owner_id = app_person()")
_PERSON_IS_ME = "id = app_person()"
_FACE = (
    "slug", "intro", "intro_en", "phone", "colour", "hours", "waiting_days", "languages", "logo_id", "keep_days",
)  # fmt: skip
_TRAIL = ("firm_id", "number", "at", "actor_name", "act", "about_id", "why", "previous_hash", "hash")

MATRIX: dict[str, tuple[Access, ...]] = {
    "bureau": (
        *(Access(a, (READ,), "true") for a in (A.PUBLIC, A.BUREAU, A.FIRM, A.OWNER)),
        Access(A.OPERATOR, _ALL, "true"),
    ),
    "bureau_post": (
        Access(A.BUREAU, (READ,), f"{MINE} OR {IN_MY_PART}"),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "firm": (
        Access(A.PUBLIC, (READ,), "state IN ('admitted', 'active', 'suspended')"),
        Access(A.PUBLIC, (ADD,), "state = 'applied' AND wrapped_key IS NULL"),
        Access(A.OWNER, (READ,), "id = app_firm() OR state IN ('admitted', 'active')"),
        Access(A.FIRM, (READ,), "id = app_firm() OR id IN (SELECT firm_id FROM membership)"),
        Access(A.FIRM, (CHANGE,), "id = app_firm()", _FACE),
        Access(A.BUREAU, (READ,), IN_MY_PART),
        Access(A.BUREAU, (CHANGE,), IN_MY_PART, ("state", "wrapped_key", "bureau_id")),
        Access(A.WORKER, (READ,), "id = app_firm() OR app_firm() IS NULL"),
        Access(A.OPERATOR, _ALL, "true"),
    ),
    "firm_event": (
        Access(A.PUBLIC, (ADD,), "became = 'applied'"),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ, ADD), SUPERVISED),
    ),
    "upload": (
        Access(A.PUBLIC, (READ,), "purpose = 'logo'"),
        Access(A.PUBLIC, (ADD,), "purpose = 'application'"),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
    ),
    "person": (
        Access(
            A.PUBLIC,
            (READ, ADD),
            f"{_token('email')} OR {_token('phone_digest')} OR (kind = 'guest' AND email IS NULL AND {_PERSON_IS_ME})",
        ),
        Access(A.OWNER, (READ, CHANGE), _PERSON_IS_ME),
        Access(A.FIRM, (READ,), "id = app_person() OR id IN (SELECT person_id FROM membership)"),
        Access(A.FIRM, (CHANGE,), _PERSON_IS_ME),
        Access(A.BUREAU, (READ, CHANGE), _PERSON_IS_ME),
        Access(A.WORKER, (READ,), _PERSON_IS_ME),
        Access(A.OPERATOR, (ADD,), "kind = 'staff'"),
        Access(A.OPERATOR, (READ, CHANGE), "sealed_totp IS NOT NULL", ("id", "sealed_totp")),
    ),
    "membership": (
        Access(A.FIRM, (READ,), f"{OWN_FIRM} OR {MINE}"),
        Access(A.FIRM, (ADD, REMOVE), OWN_FIRM),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "login_session": (
        Access(A.PUBLIC, (READ, CHANGE), _token("digest")),
        Access(A.FIRM, (READ, CHANGE), f"{MINE} OR {OWN_FIRM}"),
        Access(A.FIRM, (ADD,), MINE),
        Access(A.BUREAU, _ALL, MINE),
    ),
    "invitation": (
        Access(A.PUBLIC, (READ, CHANGE), _token("digest")),
        Access(A.FIRM, _ALL, OWN_FIRM),
        Access(A.BUREAU, (READ, ADD), SUPERVISED),
    ),
    "passkey": tuple(Access(a, (*_ALL, REMOVE), MINE) for a in (A.FIRM, A.BUREAU)),
    "attempt": (Access(A.PUBLIC, _ALL, _token("key")),),
    "business": (*_CASE, _MINE_ANYWHERE),
    "consent": _CASE,
    "message": (
        Access(A.OWNER, (ADD, READ), OWN_CASE),
        Access(A.FIRM, (ADD, READ), OWN_FIRM),
        Access(A.BUREAU, (ADD,), SUPERVISED),
        Access(A.WORKER, (*_ALL, REMOVE), OWN_FIRM),
    ),
    "verification": (
        Access(A.PUBLIC, (READ,), _token("number")),
        Access(A.FIRM, (ADD, READ), OWN_FIRM),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "resume_code": (
        Access(A.PUBLIC, (READ, CHANGE), _token("digest")),
        Access(A.OWNER, (*_ALL, REMOVE), MINE),
    ),
    "checkup": (*_CASE, _MINE_ANYWHERE),
    "answers": _CASE,
    "case_key": (
        Access(A.OWNER, (READ, ADD, REMOVE), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (*_ALL, REMOVE), OWN_FIRM),
    ),
    "finding": (
        Access(A.OWNER, (*_ALL, REMOVE), OWN_CASE),
        Access(A.FIRM, _ALL, OWN_FIRM),
        Access(A.WORKER, (*_ALL, REMOVE), OWN_FIRM),
    ),
    "document": (
        Access(A.OWNER, _ALL, OWN_CASE),
        Access(A.FIRM, _ALL, OWN_FIRM),
        Access(A.WORKER, (*_ALL, REMOVE), OWN_FIRM),
    ),
    "review": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, _ALL, OWN_FIRM),
        Access(A.WORKER, (READ, CHANGE), OWN_FIRM),
    ),
    "checkup_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, ("firm_id", "checkup_id", "id", "was", "became", "at")),
    ),
    # Nobody may write the log: entries are added by `famai_audit` alone (tenants/grants.py).
    "audit_entry": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, _TRAIL),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "audit_head": (
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED),
        Access(A.OPERATOR, (READ,), "true"),
    ),
    "erasure": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ,), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
    ),
    "break_glass": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, _ALL, OWN_FIRM),
    ),
    # Counts before disclosure control: for the worker that keeps them and the operator who releases, nobody else.
    "contribution": (Access(A.WORKER, (*_ALL, REMOVE), f"{OWN_FIRM} OR app_firm() IS NULL"),),
    "cube_cell": (Access(A.WORKER, (*_ALL, REMOVE), "true"), Access(A.OPERATOR, (READ,), "true")),
    "release": (
        Access(A.PUBLIC, (READ,), "true"),
        Access(A.WORKER, (READ,), "true"),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "subscriber": (Access(A.WORKER, (READ,), "true"), Access(A.OPERATOR, _ALL, "true")),
    "delivery": (Access(A.WORKER, (READ, CHANGE), "true"), Access(A.OPERATOR, _ALL, "true")),
    "released_cell": (
        Access(A.PUBLIC, (READ,), "true", ("number", "cell", "count", "status")),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
}
