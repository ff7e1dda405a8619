"""The access matrix: table → audience → verbs → predicate. The one place that says who sees which row.

Grants and row-level-security policies are generated from it (`tenants/access/sql.py`). What is not here is refused.
"""

from collections.abc import Iterable

from tenants.access.cases import REVIEWING, TALKING, WORK
from tenants.access.cells import Matrix
from tenants.access.delegates import DELEGATES
from tenants.access.desk import DESK
from tenants.access.fixes import MENDING
from tenants.access.hardship import RELIEF
from tenants.access.hours import HOURS
from tenants.access.money import MONEY
from tenants.access.outreach import OUTREACH
from tenants.access.people import PEOPLE
from tenants.access.providers import PROVIDERS
from tenants.access.running import RUNNING
from tenants.access.stations import STATIONS
from tenants.access.statistics import STATISTICS
from tenants.access.steering import STEERING
from tenants.access.tickets import TICKETS

# What a role may do, beside what its audience's database role may touch. Views name the permission they need.
PERMISSIONS: dict[str, frozenset[str]] = {
    "lawyer": frozenset({"queue", "review", "library", "recommend"}),
    "partner": frozenset({"queue", "review", "library", "recommend", "second_sign", "decide_conflict"}),
    "firm_admin": frozenset({"queue", "run_firm", "library", "recommend"}),
    "officer": frozenset({"supervise"}),
    "head": frozenset({"supervise", "run_bureau"}),
    "clerk": frozenset({"handle"}),
    "chief": frozenset({"handle", "run_body"}),
    "helper": frozenset({"help"}),
    "agent": frozenset({"promote"}),
    "principal": frozenset({"promote", "run_partner"}),
    "operator": frozenset({"operate"}),
}

MATRIX: Matrix = {
    **PEOPLE,
    **PROVIDERS,
    **STATIONS,
    **DELEGATES,
    **OUTREACH,
    **WORK,
    **DESK,
    **REVIEWING,
    **STATISTICS,
    **STEERING,
    **RUNNING,
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
