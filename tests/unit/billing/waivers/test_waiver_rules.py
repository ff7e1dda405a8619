import datetime as dt
import statistics
from collections import Counter

import pytest

from billing.books.terms_wording import kinds_words, terms_words
from billing.hardship import deadlines
from billing.hardship.policies import policy_of
from billing.hardship.policy import DecisionClock
from billing.hardship.policy_reader import read_shipped
from billing.waivers import policy_simulation, states
from tenants.errors import Conflict

NATURAL = DecisionClock(7, "natural", 3, 3, 60, 5)
WORKING = DecisionClock(10, "working", 3, 3, 60, 5)
MONDAY = dt.date(2026, 11, 2)


def test_seven_days():
    assert deadlines.decide_by(NATURAL, MONDAY) == dt.date(2026, 11, 9)


def test_ten_working_days():
    assert deadlines.decide_by(WORKING, MONDAY) == dt.date(2026, 11, 16)


def test_a_last_day_without_work_moves_on():
    assert deadlines.decide_by(NATURAL, dt.date(2026, 10, 31)) == dt.date(2026, 11, 9)  # from Saturday the 7th


def test_an_answer_leaves_at_least_a_day_to_read_it():
    assert deadlines.days_left(NATURAL, MONDAY, MONDAY + dt.timedelta(days=30)) == 1
    assert deadlines.days_left(WORKING, dt.date(2026, 11, 16), MONDAY) == 10


def test_the_firm_has_its_days_before_the_bureau_decides():
    assert not deadlines.is_recommendation_late(NATURAL, MONDAY, dt.date(2026, 11, 5))
    assert deadlines.is_recommendation_late(NATURAL, MONDAY, dt.date(2026, 11, 6))


def test_nobody_but_an_officer_grants_or_refuses():
    for move in ("grant", "refuse", "allow", "uphold", "revoke", "reset", "keep"):
        assert [role for role, moves in states.ROLES.items() if move in moves] == ["bureau"]


def test_a_machine_can_only_end_what_was_erased():
    assert states.ROLES["system"] == {"withdraw"}


def test_every_refusal_can_be_appealed():
    assert {state for (state, move) in states.LIFE.moves if move == "appeal"} == {"refused", "revoked"}


@pytest.mark.parametrize(
    ("state", "move", "role", "code"),
    [
        ("granted", "grant", "bureau", "not_now"),
        ("decided", "appeal", "owner", "not_now"),
        ("applied", "grant", "firm", "not_yours"),
        ("appealed", "uphold", "owner", "not_yours"),
        ("revoked", "reset", "bureau", "not_now"),
    ],
)
def test_a_move_that_is_not_in_the_table_is_refused(state, move, role, code):
    with pytest.raises(Conflict) as refused:
        states.LIFE.after(state, move, of=states.ROLES[role])
    assert refused.value.code == code


def test_terms_are_said_in_both_languages():
    said = terms_words("reduce", cap_minor=500_000, basis_points=5000)
    assert said == {"zh-Hans": "减 50%，一共最多减 ¥5,000.00", "en": "50 % off, up to ¥5,000.00 in all"}
    kinds = kinds_words(["appraisal", "notarisation"])
    assert kinds == {"zh-Hans": "公证、司法鉴定", "en": "Notarisation, Forensic appraisal"}


@pytest.fixture
def trial():
    """A year of forty applications, and what officers are told of it, four hundred times."""
    tally = policy_simulation.Tally(40, Counter(yes=25, no=15), Counter(waive=1200, defer=0),
                                    Counter({("yes", "half_price"): 25, ("no", ""): 15}))  # fmt: skip
    policy = policy_of(read_shipped())
    return [policy_simulation.tell_trial(tally, policy) for _ in range(400)]


def test_a_trial_tells_exactly_what_was_decided_and_nearly_what_would_be(trial):
    assert {one["answers"]["was"]["yes"] for one in trial} == {25}
    would_be = [one["answers"]["would_be"]["no"] for one in trial]
    assert len(set(would_be)) > 5
    assert 14 < statistics.mean(would_be) < 16
    assert all(one["minor"]["was"] == {"waive": 1200, "defer": 0} for one in trial)


def test_counts_of_nobody_have_noise_like_the_others(trial):
    """Else one that is not nought would tell of somebody."""
    assert len({one["answers"]["would_be"]["person"] for one in trial}) > 3
