"""`famai pack impact` looks at every stored checkup of the old pack, of whatever firm."""

import re

import pytest

from tests.factories import make_case
from tests.own_city import own_city


@pytest.fixture
def city(settings, tmp_path):
    with own_city(tmp_path, settings) as opened:
        yield opened


def test_checkups_of_a_firm_that_the_public_no_longer_sees_are_counted(city):
    made, run, sql = city
    make_case(made, seed=1)
    hidden = make_case(made, seed=2, firm="jiangwan")
    sql("UPDATE firm SET state = 'suspended' WHERE id = :id", id=hidden.firm_id)
    told = run("pack", "impact", "cn-shanghai-msme", "cn-shanghai-msme")
    assert told.exit_code == 0, told.output
    assert re.search(r"→ .*: 2 checkups", told.output)
