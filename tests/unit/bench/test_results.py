from dataclasses import replace

import pytest

from bench.measured import BEGINS, ENDS, write_table
from bench.results import NO_TARGET, Ground, Result, Row, median_of

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


def test_who_comes_while_it_runs_disturbs_it_as_well():
    assert Row(FAST, 3, replace(QUIET, busy_meanwhile=40.0), is_quick=False).verdict == "BUSY"


def test_a_figure_without_a_target_is_told_and_not_judged():
    row = Row(replace(FAST, target=NO_TARGET), 3, QUIET, is_quick=False)
    assert (row.verdict, row.result.told_target) == ("told", "—")


def test_the_table_is_put_between_its_marks_and_what_stands_around_stays(tmp_path):
    page = tmp_path / "measured.md"
    page.write_text(f"before\n{BEGINS}\nold\n{ENDS}\nafter\n", encoding="utf-8")
    write_table(page, [Row(FAST, 3, QUIET, is_quick=False)])
    text = page.read_text(encoding="utf-8")
    assert "| one | 1.000 s |  |  | ≤ 2 | met | 3 | 0.10 (3 %, then 0 %) |" in text
    assert (text.startswith("before"), text.endswith("after\n"), "old" in text) == (True, True, False)


def test_a_page_without_marks_is_left_alone(tmp_path):
    page = tmp_path / "measured.md"
    page.write_text("words", encoding="utf-8")
    with pytest.raises(ValueError, match="marks"):
        write_table(page, [])
    assert page.read_text(encoding="utf-8") == "words"


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
    assert all(part in row for part in ("one", "1.000", "≤ 2", "BUSY", "4.00 (95 %, then 0 %), 2, a machine"))
