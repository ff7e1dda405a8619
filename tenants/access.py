"""The access matrix: table → audience → verbs → predicate. The one place that says who sees which row.

Grants and row-level-security policies are generated from it (`tenants/grants.py`). What is not here is refused.
"""

from dataclasses import dataclass

from tenants.database import Audience as A

OWN_FIRM = "firm_id = app_firm()"
OWN_CASE = "firm_id = app_firm() AND owner_id = app_person()"
HELD_TOKEN = "{column} = app_token()"  # noqa: S105 - a predicate, not a password
SUPERVISED = "firm_id IN (SELECT id FROM firm WHERE bureau_id = app_bureau())"
READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"


@dataclass(frozen=True)
class Access:
    """One cell of the matrix. `columns` narrows SELECT to those columns (process, never content)."""

    audience: A
    verbs: tuple[str, ...]
    predicate: str
    columns: tuple[str, ...] = ()


def _token(column: str) -> str:
    return HELD_TOKEN.format(column=column)


_ALL = (READ, ADD, CHANGE)
_CASE = (Access(A.OWNER, _ALL, OWN_CASE), Access(A.FIRM, _ALL, OWN_FIRM), Access(A.WORKER, _ALL, OWN_FIRM))
_PERSON_IS_ME = "id = app_person()"

MATRIX: dict[str, tuple[Access, ...]] = {
    "bureau": (
        *(Access(a, (READ,), "true") for a in (A.PUBLIC, A.BUREAU, A.FIRM)),
        Access(A.OPERATOR, _ALL, "true"),
    ),
    "firm": (
        Access(A.PUBLIC, (READ,), "state = 'active'"),
        Access(A.OWNER, (READ,), "id = app_firm()"),
        Access(A.FIRM, (READ,), "id = app_firm() OR id IN (SELECT firm_id FROM membership)"),
        Access(A.BUREAU, (READ,), "bureau_id = app_bureau()"),
        Access(A.WORKER, (READ,), "id = app_firm()"),
        Access(A.OPERATOR, _ALL, "true"),
    ),
    "person": (
        Access(
            A.PUBLIC,
            (READ, ADD),
            f"{_token('email')} OR (kind = 'guest' AND email IS NULL AND {_PERSON_IS_ME})",
        ),
        Access(A.OWNER, (READ, CHANGE), _PERSON_IS_ME),
        Access(A.FIRM, (READ,), "id = app_person() OR id IN (SELECT person_id FROM membership)"),
        Access(A.WORKER, (READ,), _PERSON_IS_ME),
        Access(A.OPERATOR, (ADD,), "kind = 'staff'"),
    ),
    "membership": (
        Access(A.FIRM, (READ,), f"{OWN_FIRM} OR person_id = app_person()"),
        Access(A.OPERATOR, (READ, ADD), "true"),
    ),
    "business": _CASE,
    "consent": _CASE,
    "message": (
        Access(A.OWNER, (ADD, READ), OWN_CASE),
        Access(A.FIRM, (ADD, READ), OWN_FIRM),
        Access(A.WORKER, _ALL, OWN_FIRM),
    ),
    "verification": (
        Access(A.PUBLIC, (READ,), _token("number")),
        Access(A.FIRM, (ADD, READ), OWN_FIRM),
        Access(A.WORKER, (READ,), OWN_FIRM),
    ),
    "resume_code": (
        Access(A.PUBLIC, (READ, CHANGE), _token("digest")),
        Access(A.OWNER, (*_ALL, REMOVE), "person_id = app_person()"),
    ),
    "checkup": _CASE,
    "answers": _CASE,
    "finding": (
        Access(A.OWNER, (*_ALL, REMOVE), OWN_CASE),
        Access(A.FIRM, _ALL, OWN_FIRM),
        Access(A.WORKER, (*_ALL, REMOVE), OWN_FIRM),
    ),
    "document": _CASE,
    "review": (
        Access(A.OWNER, (READ,), OWN_CASE),
        Access(A.FIRM, _ALL, OWN_FIRM),
        Access(A.WORKER, (READ,), OWN_FIRM),
    ),
    "checkup_event": (
        Access(A.OWNER, (READ, ADD), OWN_CASE),
        Access(A.FIRM, (READ, ADD), OWN_FIRM),
        Access(A.WORKER, (READ, ADD), OWN_FIRM),
        Access(A.BUREAU, (READ,), SUPERVISED, ("firm_id", "checkup_id", "id", "was", "became", "at")),
    ),
}
