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
    """One cell of the matrix. `columns` narrows SELECT and UPDATE to those columns (process, never content).

    `becomes` is what a changed row must be afterwards, where that differs from which rows may be changed.
    """

    audience: A
    verbs: tuple[str, ...]
    predicate: str
    columns: tuple[str, ...] = ()
    becomes: str = ""


Matrix = dict[str, tuple[Access, ...]]
CASE = (Access(A.OWNER, ALL, OWN_CASE), Access(A.FIRM, ALL, OWN_FIRM), Access(A.WORKER, ALL, OWN_FIRM))
MINE_ANYWHERE = Access(A.SELF, (READ,), "owner_id = app_person()")


def holder_of(column: str) -> str:
    """Whoever holds the token that this column names."""
    return HELD_TOKEN.format(column=column)


_CLEARED = (
    "EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id "
    "WHERE c.firm_id = {table}.firm_id AND c.checkup_id = {table}.checkup_id "
    "AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)"
)
_GLASS = (
    "EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = {table}.firm_id AND g.checkup_id = {table}.checkup_id "
    "AND g.asked_by = app_person() AND g.ends_at > app_now())"
)


def cleared(table: str) -> str:
    """Rows of a case (the table has `checkup_id`) in which this person has found no conflict and a lawyer is wanted."""
    return f"{OWN_FIRM} AND {_CLEARED.format(table=table)}"


def facts(table: str, *changes: str) -> tuple[Access, ...]:
    """The firm's cells for a table with case content: only for whoever has found no conflict.

    Reading takes the person's own clear conflict check, while the owner wants a lawyer, or break-glass; the verbs in
    `changes` take the clear check.
    """
    reading = f"{OWN_FIRM} AND ({_CLEARED.format(table=table)} OR {_GLASS.format(table=table)})"
    return (Access(A.FIRM, (READ,), reading), *((Access(A.FIRM, changes, cleared(table)),) if changes else ()))


_HOLDS = (
    "EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() "
    "AND m.role = '{role}')"
)


def holds(role: str) -> str:
    """The person has this role in the firm."""
    return _HOLDS.format(role=role)
