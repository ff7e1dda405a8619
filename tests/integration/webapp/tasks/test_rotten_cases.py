"""A case whose key is gone, or whose pack ships no more, has no night: those beside it at the same firm do."""

import datetime as dt
import logging
from itertools import product

import pytest
from sqlalchemy import create_engine, text

from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.models import KnownCalendar
from tests.factories import make_case
from webapp.jobs import _SUBJECTS

STATES = ("answering", "submitted", "in_review", "signed")
# Of what is wrong with more than one case there is one line.
UNKNOWN = "whether reports of cn-shanghai-msme 0.0.9 rest on a changed law is not known: it ships no more"
SAID = {"flag_law_changes_nightly": [UNKNOWN]}
CLOCKS = sorted((name, work) for subject in _SUBJECTS for name, (_, work) in subject.PERIODIC.items())


@pytest.fixture(scope="module")
def rotten(settings):
    """Cases of every state, some of them a year old, that nothing opens; what reads the clock finds them due."""
    ages = (dt.timedelta(0), dt.timedelta(days=400))
    kinds = [
        [
            make_case(settings, state, seed=1900 + n, at=now() - age)
            for n, (age, state) in enumerate(product(ages, STATES), kind)
        ]
        for kind in (0, 100)
    ]
    with unit_of_work(Scope(Audience.WORKER)) as session:  # a notice of holidays has come since
        session.add(KnownCalendar(until=city_day(now()) - dt.timedelta(days=30), since=now()))
    with create_engine(settings.admin_database_url).begin() as line:
        for keyless, packless in zip(*kinds, strict=True):
            line.execute(text("DELETE FROM case_key WHERE checkup_id = :id"), {"id": keyless.checkup_id})
            line.execute(text("UPDATE checkup SET pack_version = '0.0.9' WHERE id = :id"), {"id": packless.checkup_id})


@pytest.mark.parametrize(("name", "work"), CLOCKS, ids=[name for name, _ in CLOCKS])
def test_what_is_wrong_with_a_case_stops_nothing_at_its_firm(rotten, settings, caplog, name, work):
    with caplog.at_level(logging.ERROR):
        work(settings)
    said = [record.getMessage() for record in caplog.records]
    assert [one for one in said if "failed at case" not in one] == SAID.get(name, [])
