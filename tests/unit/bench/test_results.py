from dataclasses import replace

import pytest

from bench.results import Ground, Result, Row, median_of

QUIET = Ground("a machine", 2, load=0.1, busy_percent=3.0)
BUSY = replace(QUIET, load=4.0, busy_percent=95.0)
FAST = Result("one", 1.0, "s", target=2.0)
SLOW = replace(FAST, value=3.0)


@pytest.mark.parametrize(("result", "verdict"), [(FAST, "met"), (SLOW, "MISSED")])
def test_on_a_quiet_machine_a_target_is_met_or_missed(result, verdict):
    assert Row(result, 3, QUIET, is_quick=False).verdict == verdict


@pytest.mark.parametrize("result", [FAST, SLOW])
def test_on_a_busy_machine_no_target_is_called_met_or_missed(result):
    assert Row(result, 3, BUSY, is_quick=False).verdict == "BUSY"


def test_a_quick_run_is_never_judged():
    assert Row(FAST, 1, QUIET, is_quick=True).verdict == "quick"


def test_a_target_on_the_ratio_asks_the_baseline():
    assert not replace(FAST, value=3.0, baseline=1.0).is_met
    assert replace(FAST, value=3.0, baseline=2.0).is_met
    assert replace(FAST, value=5.0, target=0.65, baseline=6.0, at_least=True).is_met


def test_the_median_is_taken_of_values_and_baselines_each():
    runs = [replace(FAST, value=value, baseline=baseline) for value, baseline in ((1, 30), (9, 10), (2, 20))]
    assert (median_of(runs).value, median_of(runs).baseline) == (2, 20)


def test_a_row_says_where_and_how_busy_it_was_measured():
    row = str(Row(FAST, 3, BUSY, is_quick=False))
    assert all(part in row for part in ("one", "1.000", "≤ 2", "BUSY", "4.00 (95 %), 2, a machine"))
