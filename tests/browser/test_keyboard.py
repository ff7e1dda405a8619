"""A whole case without the mouse, from the queue to the signature, every key counted."""

import time

import pytest

from checkup.checkups import list_findings
from checkup.review.rules import is_undecided
from tenants.database import unit_of_work
from tests.factories import lawyer_scope, make_case
from tests.integration.test_signing import PARTNER
from webapp.demo.city import PASSWORD

pytestmark = pytest.mark.browser
FINDINGS, MOST_KEYS = 12, 60
REASON = "看过合同和转账记录，问题比系统估计的轻。"
ADVICE = "先补签合同，再把押金退给员工；拿不准就来问我。"


class Keyboard:
    """Presses keys and counts them; what is typed as text is counted apart."""

    def __init__(self, page):
        self.page, self.presses, self.typed = page, 0, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.typed += len(text)

    def until_settled(self):
        """The page has taken the last decision in: it comes back with the next version."""
        self.page.wait_for_function("document.querySelector('form[data-sending]') === null")


def find_case(settings):
    """A submitted checkup with exactly twelve findings, some of them grave."""
    for seed in SEEDS:
        case = make_case(settings, "in_review", seed=seed)
        with unit_of_work(lawyer_scope(case)) as session:
            found = [f for f in list_findings(session, checkup_id=case.checkup_id) if is_undecided(f)]
            if len(found) == FINDINGS:
                return case, found
    raise AssertionError("no seed gives twelve findings")
