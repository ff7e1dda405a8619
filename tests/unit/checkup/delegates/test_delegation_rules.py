"""What an owner may ask of a delegate."""

import datetime as dt

import pytest

from checkup.delegates.delegation_rules import LASTS, LONGEST, Asked, check_asked, ends_at
from tenants.clock import CITY
from tenants.errors import Invalid

TODAY = dt.date(2026, 11, 24)
GOOD = {
    "name": "刘会计", "kind": "accountant", "areas": ("tax",), "sees_fixes": False, "reads_messages": False,
    "until": TODAY + LASTS,
}  # fmt: skip


def check(**told):
    return check_asked(Asked(**{**GOOD, **told}), known_areas=("tax", "con"), today=TODAY)


@pytest.mark.parametrize(
    ("told", "field", "code"),
    [
        ({"until": TODAY - dt.timedelta(days=1)}, "until", "not_within_a_year"),
        ({"until": TODAY}, "until", "not_within_a_year"),
        ({"until": TODAY + LONGEST + dt.timedelta(days=1)}, "until", "not_within_a_year"),
        ({"areas": ("moon",)}, "areas", "unknown_option"),
        ({"areas": ()}, "areas", "nothing_asked"),
        ({"areas": (), "reads_messages": True}, "areas", "nothing_asked"),
        ({"kind": "landlord"}, "kind", "unknown_option"),
        ({"name": "  "}, "name", "required"),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(told, field, code):
    with pytest.raises(Invalid) as refused:
        check(**told)
    assert [(one.field, one.code) for one in refused.value.faults] == [(field, code)]


def test_things_to_do_alone_are_enough():
    assert check(areas=(), sees_fixes=True) == "刘会计"


def test_the_last_day_is_helped_to_its_end():
    assert ends_at(TODAY) == dt.datetime(2026, 11, 25, tzinfo=CITY)
