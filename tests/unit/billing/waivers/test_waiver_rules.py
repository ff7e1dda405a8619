import datetime as dt

import pytest

from billing.books.terms_wording import kinds_words, terms_words
from billing.hardship import deadlines
from billing.hardship.policy import DecisionClock
from billing.waivers import states
from billing.waivers.policy_simulation import look_at
from billing.waivers.withholding import Cell, total, withhold
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


def cells(*counts):
    return [Cell(f"g{number}", count, count * 100, count * 10) for number, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((50, 30, 20), []),
        ((50, 30, 9), ["g1", "g2"]),  # one hidden alone would follow from the total
        ((50, 30, 4, 3), ["g1", "g2", "g3"]),  # two hidden with fewer than ten together say too much
        ((50, 30, 6, 5), ["g2", "g3"]),
        ((9, 0), ["g0"]),
        ((12,), []),
        ((), []),
    ],
)
def test_small_groups_are_withheld_with_enough_beside_them(counts, hidden):
    shown = withhold(cells(*counts))
    assert [cell.key for cell in shown if cell.is_withheld] == hidden
    assert all(cell.count == cell.promised_minor == cell.used_minor == 0 for cell in shown if cell.is_withheld)


def test_a_total_below_the_threshold_is_not_shown():
    assert total(cells(5, 4)) is None
    assert total(cells(5, 5)) == Cell("", 10, 1000, 100)


def test_terms_are_said_in_both_languages():
    said = terms_words("reduce", cap_minor=500_000, basis_points=5000)
    assert said == {"zh-Hans": "减 50%，一共最多减 ¥5,000.00", "en": "50 % off, up to ¥5,000.00 in all"}
    kinds = kinds_words(["appraisal", "notarisation"])
    assert kinds == {"zh-Hans": "公证、司法鉴定", "en": "Notarisation, Forensic appraisal"}


def kept(changed, was, would_be):
    answers = {
        side: dict(zip(("yes", "likely", "person", "no"), counts, strict=True))
        for side, counts in (("was", was), ("would_be", would_be))
    }
    sums = {"waive": 500, "defer": 0}
    return {"cases": sum(was), "changed": changed, "answers": answers, "minor": {"was": sums, "would_be": sums}}


def test_a_simulation_tells_of_no_fewer_than_ten_applications_and_gives_none_away():
    found = look_at(kept(4, (30, 20, 4, 15), (3, 0, 11, 55)))
    assert found.changed is None
    assert found.answers["was"] == {"yes": 30, "likely": 20, "person": None, "no": None}
    assert found.answers["would_be"] == {"yes": None, "likely": 0, "person": None, "no": 55}
    assert (found.minor["was"]["waive"], found.minor["would_be"]["waive"]) == (500, None)


def test_a_simulation_of_many_is_told_whole():
    found = look_at(kept(20, (30, 20, 14, 15), (10, 0, 14, 55)))
    assert (found.changed, found.answers["was"]["person"], found.minor["would_be"]["waive"]) == (20, 14, 500)
