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
from billing.books.accounts import FEE_LIFE, INVOICE_LIFE
from tenants.base import Base, among
from tenants.lives import PROPOSAL
from webapp.registry import register_models

LIVES = {
    "checkup": checkup.cases.states.LIFE,
    "progress": checkup.cases.states.LIFE,
    "fee": FEE_LIFE,
    "invoice": INVOICE_LIFE,
    "hardship_policy": PROPOSAL,
    "parameter": PROPOSAL,
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


def test_no_state_is_free_text():
    register_models()
    states = [table.c.state for table in Base.metadata.tables.values() if "state" in table.c]
    held = [column for column in states if any("state IN" in str(rule.sqltext) for rule in column.constraints)]
    assert states
    assert [str(column) for column in states if column not in held] == []
