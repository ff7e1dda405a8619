"""What runs on the line of owners, firms and strangers cannot become a bureau, the operator, the worker or the log-in
path, whatever SQL somebody brings it to run."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from demo.city import demo_id
from tenants.database import Audience, Scope, enter_scope, unit_of_work

PRIVILEGED = [audience for audience in Audience if audience.is_privileged]
COMMON = [audience for audience in Audience if not audience.is_privileged]
CROSSINGS = [(one, other) for one in COMMON for other in PRIVILEGED] + [(one, COMMON[0]) for one in PRIVILEGED]
# As a statement, and as what an injected expression reaches.
WAYS = ["SET LOCAL ROLE {role}", "SELECT set_config('role', '{role}', true)"]

pytestmark = pytest.mark.usefixtures("settings")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("audience", "other"), CROSSINGS)
def test_no_role_of_the_other_line_is_put_on(audience, other, way):
    refused = pytest.raises(ProgrammingError, match="permission denied to set role")
    with refused, unit_of_work(Scope(audience, demo_id("hubin"))) as work:
        work.execute(text(way.format(role=other.role)))


@pytest.mark.parametrize("way", ["RESET ROLE", "SET LOCAL ROLE NONE"])
@pytest.mark.parametrize("other", PRIVILEGED)
def test_nor_from_the_login_role_itself(other, way):
    refused = pytest.raises(ProgrammingError, match="permission denied to set role")
    with refused, unit_of_work(Scope(Audience.FIRM, demo_id("hubin"))) as work:
        work.execute(text(way))
        work.execute(text(f"SET LOCAL ROLE {other.role}"))


def test_a_unit_of_work_does_not_cross_over():
    with pytest.raises(Exception, match="permission denied to set role"), unit_of_work(Scope(Audience.OWNER)) as work:
        enter_scope(work, Scope(Audience.BUREAU, bureau_id=demo_id("bureau")))
