"""The words of the matrix: verbs, predicates, one cell."""

from dataclasses import dataclass

from tenants.database import Audience as A

OWN_FIRM = "firm_id = app_firm()"
OWN_CASE = "firm_id = app_firm() AND owner_id = app_person()"
HELD_TOKEN = "{column} = app_token()"  # noqa: S105 - a predicate, not a password
MINE = "person_id = app_person()"
IN_MY_PART = "bureau_id IN (SELECT app_bureaus())"
SUPERVISED = f"firm_id IN (SELECT id FROM firm WHERE {IN_MY_PART})"  # noqa: S608 - a constant
READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
ALL = (READ, ADD, CHANGE)


@dataclass(frozen=True)
class Access:
    """One cell of the matrix. `columns` narrows SELECT and UPDATE to those columns (process, never content)."""

    audience: A
    verbs: tuple[str, ...]
    predicate: str
    columns: tuple[str, ...] = ()


Matrix = dict[str, tuple[Access, ...]]
CASE = (Access(A.OWNER, ALL, OWN_CASE), Access(A.FIRM, ALL, OWN_FIRM), Access(A.WORKER, ALL, OWN_FIRM))
MINE_ANYWHERE = Access(A.SELF, (READ,), "owner_id = app_person()")


def holder_of(column: str) -> str:
    """Whoever holds the token that this column names."""
    return HELD_TOKEN.format(column=column)
