"""What calls for a lesson or a route, and counts in the next report: findings that stand."""

import pytest

from checkup.cases.models import FindingRow


@pytest.mark.parametrize("action", [None, "confirm", "change"])
def test_what_was_found_stands_unless_it_was_dismissed(action):
    assert FindingRow(state="found", lawyer_action=action).stands


def test_what_a_lawyer_dismissed_stands_no_more():
    assert not FindingRow(state="found", lawyer_action="dismiss").stands


@pytest.mark.parametrize(("action", "stands"), [(None, False), ("dismiss", False), ("confirm", True), ("change", True)])
def test_a_hint_stands_once_a_lawyer_made_a_finding_of_it(action, stands):
    assert FindingRow(state="hint", lawyer_action=action).stands is stands
