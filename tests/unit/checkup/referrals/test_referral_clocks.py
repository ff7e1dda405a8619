"""By when a body takes its next step: in working days, a centre for legal aid in the law's own days."""

import datetime as dt

import pytest

from checkup.referrals.states import due_after
from tenants.providers.kinds import LEGAL_AID, NOTARY

FRIDAY = dt.datetime(2026, 11, 27, 4, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "state", "due"),
    [
        (LEGAL_AID, "offered", dt.date(2026, 12, 4)),
        (LEGAL_AID, "accepted", dt.date(2026, 11, 30)),
        (LEGAL_AID, "more_asked", dt.date(2026, 12, 4)),
        (NOTARY, "offered", dt.date(2026, 12, 2)),
        (NOTARY, "accepted", dt.date(2026, 12, 4)),
        (LEGAL_AID, "closed", None),
    ],
)
def test_each_step_has_its_last_day(kind, state, due):
    assert due_after(state, kind, FRIDAY) == due
