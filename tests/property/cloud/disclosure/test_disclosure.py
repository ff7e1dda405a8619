"""An attacker who reads every edition, preview and year finds out nothing; without any one protection she does."""

import dataclasses
from collections import Counter

import pytest

from cloud.cubes.cells import WITH, WITHOUT, base_block, shown_cells, topic_block
from cloud.disclosure import editions, sum_suppression, suppression
from cloud.disclosure.dominance import Amount, find_unsafe, is_dominated, open_amounts, protect_amounts
from cloud.disclosure.editions import dense_cells, tell
from cloud.disclosure.insiders import find_insiders
from cloud.disclosure.quarters import make_quarter
from cloud.disclosure.suppression import find_primary, protect
from cloud.releases import draft
from tests.attacked_cities import YEAR, City, live_a_year, live_small, shrink_city
from tests.attacker import attack
from tests.telling import tell as say

CITIES = 30


@pytest.fixture(autouse=True)
def small_city(monkeypatch):
    shrink_city(monkeypatch)


@pytest.mark.parametrize("seed", range(CITIES))
def test_an_attacker_with_all_files_and_previews_finds_out_nothing(seed):
    city = live_a_year(City(seed))
    assert attack(city) == {}
    assert city.seen


@pytest.mark.parametrize("seed", range(5))
def test_quarters_too_small_to_be_told_are_told_with_their_year(seed):
    city = live_small(City(seed))
    assert attack(city) == {}
    assert city.refused["small"] == 4
    assert city.seen[0][0] == YEAR
    assert any(",F" in line and ",_T,_T,_T,_T,_T,_T,_T,_T," in line for line in city.seen[0][1].splitlines())


def found_in_cities(seeds=range(12), **how):
    found = Counter()
    for seed in seeds:
        found.update(attack(live_a_year(City(seed, **how))))
    return found


def only_small(quarter, cells, k):
    """What gives away is withheld, and nothing beside it."""
    return suppression.Verdict(find_primary(cells, k) | find_insiders(cells, quarter.firms.values(), 5) - {()})


def without_insiders(cities, quarter, *rest):
    return PROVE(cities, dataclasses.replace(quarter, firms={}), *rest)


PROVE = suppression.prove
# What is switched off, where, and by which kind of attack it shows.
PROTECTIONS = {
    "the threshold": ([(suppression, "find_primary", lambda cells, k: frozenset())], "small"),
    "hiding with": ([(editions, "protect", lambda q, cells, k: only_small(q, cells, k))], "narrowed"),
    "knowing the threshold": ([(suppression, "room_of", lambda *_: {})], "narrowed"),
    "staying as told": ([(place, "retell", lambda q, s, k: tell(q, k)) for place in (editions, draft)], "moved"),
    "hiding changes": ([(editions, "_safe_to_move", lambda n, q, s, wish, k: wish)], "narrowed"),
    "a firm's own": ([(p, "find_insiders", lambda *_: frozenset()) for p in (suppression, editions)], "left"),
    "a firm's proof": ([(place, "prove", without_insiders) for place in (suppression, editions)], "insider"),
    "a firm's change": ([(editions, "_is_of_many", lambda *_: True)], "change"),
    "dominance": ([(sum_suppression, "gives_away", lambda *_: False)], "sum"),
    "adding as told": ([(draft, "_all_told", lambda parts: True)], "year"),
    "those that came again": ([(draft, "tell_distinct", lambda distinct, *_: distinct)], "distinct"),
}


@pytest.mark.parametrize("name", PROTECTIONS)
def test_without_one_protection_the_attacker_finds_something(monkeypatch, name):
    off, kind = PROTECTIONS[name]
    for place, what, instead in off:
        monkeypatch.setattr(place, what, instead)
    assert found_in_cities()[kind]


def test_previews_that_were_not_told_would_give_a_single_business_away():
    assert found_in_cities(range(4), are_previews_told=False)["moved"]


def test_an_area_of_eighteen_with_two_hidden_risks_is_withheld_or_its_risks_stay_wide():
    """The one who knows the threshold would know both risks to be nine."""
    counts = {
        "base": Counter({("d1", "C", "micro"): 100}),
        "topic:emp": Counter({("d1", WITH): 18, ("d1", WITHOUT): 82}),
        "risk": Counter({("emp", "emp.a"): 9, ("emp", "emp.b"): 9}),
    }
    quarter = make_quarter(counts)
    verdict = protect(quarter, dense_cells(quarter.world.cells(), 10))
    assert (("topic:emp", WITH),) in verdict.hidden
    assert not verdict.open


def make_city(seed, many=None):
    city = City(seed)
    city.come("2026-Q1", many or city.rng.choice((60, 200, 600)))
    return city.quarters()["2026-Q1"]


def test_no_published_count_lies_between_zero_and_the_threshold():
    for seed in range(5):
        told = tell(make_city(seed), 10).cells
        assert not [n for cell, n in told.items() if n is not None and 0 < n < 10 and "measure" not in dict(cell)]


def test_a_group_in_which_everybody_has_the_finding_is_hidden():
    counts = {("d1", WITH): 40, ("d2", WITH): 30, ("d2", WITHOUT): 30}
    blocks = [base_block(Counter({("d1", "C", "micro"): 40, ("d2", "C", "micro"): 60})),
              topic_block("emp", Counter(counts))]  # fmt: skip
    primary = find_primary(shown_cells(blocks), 10)
    assert (("district", "d1"), ("topic:emp", WITH)) in primary
    assert (("district", "d2"), ("topic:emp", WITH)) not in primary


def test_a_threshold_below_five_is_refused():
    with pytest.raises(ValueError, match="below 5"):
        protect(make_quarter({}), {}, k=4)


@pytest.mark.parametrize(
    ("amounts", "dominated"), [([100, 1, 1, 1], True), ([10] * 30, False), ([5, 5], True), ([], False), ([0, 0], False)]
)
def test_sums_that_one_or_two_carry_are_dominated(amounts, dominated):
    assert is_dominated(amounts) is dominated


def amount(*contributions):
    return Amount(sum(contributions), len(contributions), tuple(sorted(contributions, reverse=True)[:3]))


def test_a_sum_is_withheld_together_with_one_that_hides_it():
    amounts = {"d1": amount(*[500, 1, 1] * 5), "d2": amount(9000, *[1] * 20), "d3": amount(*[100] * 30),
               "d4": amount(*[300] * 30)}  # fmt: skip
    unsafe = find_unsafe(amounts, k=10, counted=amounts.keys())
    assert unsafe == {"d2"}
    hidden = protect_amounts(amounts, unsafe, k=10)
    assert hidden > unsafe
    assert open_amounts(amounts, hidden, 10) == {}


def test_a_sum_alone_among_empty_ones_takes_the_total_with_it():
    amounts = {"d1": amount(9000, 1, 1), "d2": amount()}
    assert protect_amounts(amounts, {"d1"}, k=10) is None


def plain_suppression(cells, k=10):
    """What a table-by-table clerk does: in each row and column with one hidden cell, hide the smallest other one."""
    hidden = set(find_primary(cells, k))
    lines = {}
    for cell in cells:
        for name, _ in cell:
            total = tuple(part for part in cell if part[0] != name)
            if total in cells:
                lines.setdefault((total, name), []).append(cell)
    changed = True
    while changed:
        changed = False
        for (total, _), inside in lines.items():
            gone = [cell for cell in inside if cell in hidden]
            others = [cell for cell in inside if cell not in hidden]
            if len(gone) == 1 and total not in hidden and others:
                hidden.add(min(others, key=lambda cell: (cells[cell] == 0, cells[cell], cell)))
                changed = True
    return hidden


def kept(cells, hidden):
    """(share of non-zero cells published, share of the count published)"""
    counted = [cell for cell, count in cells.items() if count]
    shown = [cell for cell in counted if cell not in hidden]
    return len(shown) / len(counted), sum(cells[c] for c in shown) / sum(cells[c] for c in counted)


def cell_key_method(cells, seed):
    """Consistent small noise per cell, up to two, and none on zero: what an office for statistics would do instead."""
    noise = {cell: City((seed, cell).__repr__()).rng.choice((-2, -1, 0, 1, 2)) for cell in cells}
    return {cell: max(0, count + noise[cell]) if count else 0 for cell, count in cells.items()}


def test_utility_is_told_beside_plain_suppression_and_beside_the_cell_key_method(capsys):
    ours, plain, off = [], [], []
    for seed in range(CITIES):
        quarter = make_city(seed)
        cells = dense_cells(quarter.world.cells(), 10)
        told = tell(quarter, 10).cells
        ours.append(kept(cells, {cell for cell in cells if told.get(cell) is None}))
        plain.append(kept(cells, plain_suppression(cells)))
        keyed = cell_key_method(cells, seed)
        off.append(sum(0 < cells[c] < 10 and abs(keyed[c] - cells[c]) < 3 for c in cells) / len(cells))
    mean = [[sum(one[i] for one in shares) / len(shares) for i in (0, 1)] for shares in (ours, plain)]
    with capsys.disabled():
        say(
            f"kept: {mean[0][0]:.0%} of cells, {mean[0][1]:.0%} of counts; table by table, unsafe: {mean[1][0]:.0%} "
            f"and {mean[1][1]:.0%}; cell key: every cell, a small one known to two in {sum(off) / len(off):.0%}"
        )
    assert mean[0][0] >= 0.6 * mean[1][0]
    assert mean[0][1] >= 0.7 * mean[1][1]
