"""The database holds each state to the moves that lead to it."""

import pytest

import billing.waivers.states
import bureau.complaints.states
import bureau.hours.states
import checkup.cases.states
import checkup.desk.green_rules
import checkup.fixes.states
import checkup.review.states
import cloud.partners.ticket_states
import cloud.releases.states
import tenants.firms.states
from tenants.base import Base, among
from webapp.registry import register_models

LIVES = {
    "checkup": checkup.cases.states.LIFE,
    "progress": checkup.cases.states.LIFE,
    "complaint": bureau.complaints.states.LIFE,
    "firm": tenants.firms.states.LIFE,
    "fix": checkup.fixes.states.LIFE,
    "green_call": checkup.desk.green_rules.LIFE,
    "hour_entry": bureau.hours.states.LIFE,
    "release_draft": cloud.releases.states.LIFE,
    "review": checkup.review.states.LIFE,
    "ticket": cloud.partners.ticket_states.LIFE,
    "waiver": billing.waivers.states.LIFE,
}


@pytest.mark.parametrize("table", LIVES)
def test_a_state_is_one_of_its_life(table):
    register_models()
    rules = [str(rule.sqltext) for rule in Base.metadata.tables[table].c.state.constraints]
    assert str(among("state", LIVES[table].states).sqltext) in rules
