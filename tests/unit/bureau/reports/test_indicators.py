import pytest

from bureau.reports.edition_rules import Definition, Frozen, compare, from_bytes, rate, to_bytes, total_score
from bureau.reports.formulas import FormulaFault, check_formula, evaluate, names_in
from bureau.reports.measures import Measure, make_book

BOOK = make_book(
    [
        Measure("signed", 80.0, "count", "process: reviews_signed 2026-12-31"),
        Measure("businesses", 100.0, "count", "release 4: total"),
        Measure("businesses@310113", None, "count", "release 4: district=310113", is_withheld=True),
        Measure("signed@310113", 12.0, "count", "process"),
        Measure("nothing", 0.0, "count", "process"),
    ]
)


def definition(formula="signed / businesses * 100", **changed):
    values = {"key": "reach", "version": 1, "name": {"zh-Hans": "签发率", "en": "Signed"}, "formula": formula}
    return Definition(**{**values, "unit": "percent", "weight": 10, "source": "", "target": 90.0, **changed})


def frozen(*definitions, book=BOOK, place=None):
    return Frozen(
        "2026", place or {"zh-Hans": "上海", "en": "Shanghai"}, book, rate(definitions, book), {"4": "ab"}, 10
    )


def test_a_formula_is_arithmetic_over_measures():
    assert evaluate("(signed + 20) / businesses - -1", BOOK).value == 2.0


@pytest.mark.parametrize("text", ["__import__('os')", "signed.real", "signed if 1 else 2", "[1]", "2 ** 99", "", "'a'",
                                  "True", "signed(", "(" * 200])  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(FormulaFault, match="not_a_formula|too_long"):
        names_in(text)


def test_an_unknown_measure_is_named():
    with pytest.raises(FormulaFault) as fault:
        check_formula("signed / busineses", frozenset(BOOK))
    assert fault.value.part == "busineses"


def test_a_withheld_measure_makes_the_result_unknown_and_is_named():
    outcome = evaluate("signed / businesses", BOOK, "310113")
    assert (outcome.value, outcome.lacking) == (None, ("businesses@310113",))


def test_a_division_by_nought_is_no_number():
    assert evaluate("signed / nothing", BOOK).lacking == ("÷0",)


def test_an_edition_survives_its_bytes():
    edition = frozen(definition())
    assert from_bytes(to_bytes(edition)) == edition
    assert to_bytes(from_bytes(to_bytes(edition))) == to_bytes(edition)


def test_the_total_is_weighted_progress_capped_at_the_target():
    over = definition("signed", key="many", target=40.0, weight=30)
    assert total_score(frozen(definition(), over).rated) == pytest.approx((10 * 80 / 90 + 30) / 40 * 100)


def test_there_is_no_total_while_a_weighted_indicator_is_unknown():
    assert total_score(frozen(definition("signed / nothing")).rated) is None


def test_like_is_compared_with_like():
    before, now = frozen(definition()), frozen(definition("signed / 2"))
    assert compare(frozen(definition()), before)[0].change == 0
    assert compare(now, before)[0].change is None
    assert compare(frozen(definition(version=2)), before)[0].is_alike is False


def test_two_measures_of_one_name_are_refused():
    with pytest.raises(ValueError, match="signed"):
        make_book([Measure("signed", 1.0, "count", "a"), Measure("signed", 2.0, "count", "b")])
