"""A score exactly on the edge of a grade has that grade, in fractions, in the single engine and in the bulk engine."""

import dataclasses
import uuid
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkup.packs.conditions import ALWAYS, NEVER, Compare
from checkup.packs.values import Basis, Case, Domain, Law, Option, Pack, Question, Risk
from checkup.scoring.bulk import encode, score_frame
from checkup.scoring.model import score
from tests.strategies import MODEL_2, TEXT, TODAY

EDGES = {"A": 250, "B": 625, "C": 1000, "D": 1500}  # ten-thousandths of harm at which the stretched score is the band
BANDS = {"A": 90.0, "B": 75.0, "C": 60.0, "D": 40.0}
ASKED = Question("q", "d", TEXT, TEXT, TEXT, "choice", (Option("a", TEXT),), None, None, None, True, ALWAYS)
# Hints alone: nothing that would stand on the ladder.
MODEL = dataclasses.replace(MODEL_2, ladder=tuple(r for r in MODEL_2.ladder if r.likelihood >= 0.5))


def _pack(likelihoods):
    """One risk for each (severity, ten-thousandths)."""
    risks = tuple(
        Risk(f"r{n}", "d", TEXT, severity, TEXT, ALWAYS, (Case(Compare("is", "q", "a"), value / 10_000),), 0.0, None,
             (Basis("law", ("1",), TODAY),), TEXT, TEXT, 1, "none", None, NEVER)
        for n, (severity, value) in enumerate(likelihoods)
    )  # fmt: skip
    domain = Domain("d", TEXT, (ASKED,), risks)
    return Pack("p", "1", str(uuid.uuid4()), "X", TODAY, TEXT, (), BANDS, (domain,), {"law": Law(TEXT)}, MODEL)


@st.composite
def on_the_edge(draw, grade):
    """Pairs of equal weight, as far above the edge as below it: their sum is the edge, their decimals are not."""
    edge, made = EDGES[grade], []
    for _ in range(draw(st.integers(1, 12))):
        severity, aside = draw(st.integers(1, 5)), draw(st.integers(0, edge))
        made += [(severity, edge + aside), (severity, edge - aside)]
    return draw(st.permutations(made))


@pytest.mark.parametrize("grade", EDGES)
@settings(max_examples=60)
@given(st.data())
def test_a_score_on_the_edge_of_a_grade_has_it_and_one_step_below_has_not(grade, data):
    likelihoods = data.draw(on_the_edge(grade))
    for below in (0, 1):
        severity, value = likelihoods[0]
        pack = _pack([(severity, value + below), *likelihoods[1:]])
        weights = Fraction(sum(r.weight for r in pack.risks))
        harm = sum(r.weight * Fraction(str(r.cases[0].is_)) for r in pack.risks)
        exact = 100 - 400 * harm / weights
        wanted = next((g for g in BANDS if exact >= BANDS[g]), "E")
        single = score(pack, {}, {"q": "a"}, today=TODAY)
        (bulk,) = score_frame(pack, encode(pack, [({}, {"q": "a"})])).iter_rows(named=True)
        assert (wanted == grade) == (below == 0)
        assert {single.grade, single.grade_low, single.grade_high, bulk["grade"], bulk["grade_low"]} == {wanted}
        assert single.score == bulk["score"] == float(exact)
