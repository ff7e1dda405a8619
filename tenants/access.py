"""The access matrix: table → audience → verbs → predicate. The one place that says who sees which row.

Grants and row-level-security policies are generated from it (`tenants/grants.py`). What is not here is refused.
"""

from collections.abc import Iterable

from tenants.matrix.cells import Matrix
from tenants.matrix.desk import DESK
from tenants.matrix.hours import HOURS
from tenants.matrix.mending import MENDING
from tenants.matrix.money import MONEY
from tenants.matrix.people import PEOPLE
from tenants.matrix.relief import RELIEF
from tenants.matrix.reviewing import REVIEWING
from tenants.matrix.statistics import STATISTICS
from tenants.matrix.steering import STEERING
from tenants.matrix.talking import TALKING
from tenants.matrix.tickets import TICKETS
from tenants.matrix.work import WORK

# What a role may do, beside what its audience's database role may touch. Views name the permission they need.
PERMISSIONS: dict[str, frozenset[str]] = {
    "lawyer": frozenset({"review", "library", "recommend"}),
    "partner": frozenset({"review", "library", "recommend", "second_sign", "decide_conflict"}),
    "firm_admin": frozenset({"run_firm", "library", "recommend"}),
    "officer": frozenset({"supervise"}),
    "operator": frozenset({"operate"}),
}

MATRIX: Matrix = {
    **PEOPLE,
    **WORK,
    **DESK,
    **REVIEWING,
    **STATISTICS,
    **STEERING,
    **MONEY,
    **HOURS,
    **TALKING,
    **RELIEF,
    **MENDING,
    **TICKETS,
}


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Everything that one of the roles allows."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))
