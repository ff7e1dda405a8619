import datetime as dt

from checkup.owner.trend import Measured, trend


def measured(number, month, score, *found):
    return Measured(number, dt.date(2026, month, 1), score, 50.0, 90.0, "C", True, frozenset(found))


def test_the_first_checkup_has_nothing_new_and_nothing_gone():
    (only,) = trend([measured("A", 1, 70.0, "con.unwritten")])
    assert (only.new, only.gone, only.gain) == ((), (), None)


def test_a_later_checkup_says_what_came_what_went_and_the_gain():
    first, second = measured("A", 1, 70.0, "a", "b"), measured("B", 7, 82.5, "b", "c")
    step = trend([second, first])[1]
    assert (step.now.case_number, step.new, step.gone, step.gain) == ("B", ("c",), ("a",), 12.5)


def test_without_a_score_there_is_no_gain():
    assert trend([measured("A", 1, None), measured("B", 7, 80.0)])[1].gain is None
