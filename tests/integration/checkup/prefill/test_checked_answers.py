"""Answers of other checks in a record: scored like all others, and out again."""

from checkup.cases.checkups import get_checkup_row, open_checkup, submit_checkup
from checkup.prefill.checked_answers import leave_checked, take_checked
from checkup.prefill.values import EarlierCheck
from tenants.clock import now
from tenants.database import unit_of_work
from tests.factories import make_case, owner_scope

CHECK = EarlierCheck("市监局", "2026-10-12", {"lic.permits": "all"})


def test_what_was_scored_with_them_is_open_again_without_them(settings):
    case, keys = make_case(settings, "answering", seed=33), settings.keyring()
    asked = {"checkup_id": case.checkup_id, "keys": keys}
    with unit_of_work(owner_scope(case)) as work:
        take_checked(work, checks=[CHECK], **asked, now=now())
        submit_checkup(work, **asked, now=now())
    with unit_of_work(owner_scope(case)) as work:
        assert open_checkup(work, **asked).answers["lic.permits"] == "all"
        assert leave_checked(work, **asked, now=now())
        assert get_checkup_row(work, case.checkup_id).state == "answering"
        assert "lic.permits" not in open_checkup(work, **asked).answers
        assert not leave_checked(work, **asked, now=now())
