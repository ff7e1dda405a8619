"""Somebody who reads the files of all editions and previews, knows the codes, the rules and the threshold, and solves.

She is given more than she could know: which of the withheld numbers are below the threshold, and which of those that
stayed as they were have changed by less than it. Everything else she reads.
"""

import csv
import io
from collections import Counter
from functools import cache
from itertools import combinations, product

import highspy
import numpy as np

from cloud.cubes.cells import NONE, RISK, SURVEY, TOPIC, WITH, WITHOUT
from tests.attacked_cities import BANDS_OF, DOMAINS, FIRMS, SMALL, YEAR, fen_of

K, WIDTH = 10, 5
BLOCKS = {
    "base": ("district", "section", "size"), "grade": ("district", "size", "grade"), "band": ("grade", "band"),
    "month": ("district", "month"), "version": ("version",), "channel": ("district", "channel"), "relief": ("relief",),
    "stars": ("stars",), "mending": ("mended", "pace"), "topic:emp": ("district", "topic:emp"),
}  # fmt: skip
COLUMNS = {"DISTRICT": "district", "SECTION": "section", "SIZE": "size", "GRADE": "grade", "CHANNEL": "channel",
           "VERSION": "version"}  # fmt: skip
PLAIN = ("band", "stars", "mended", "pace", "relief")


def read_file(text):
    """(time, cell) → number, None where it is withheld."""
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        cell = [(name, row[column]) for column, name in COLUMNS.items() if row[column] != "_T"]
        time = row["TIME_PERIOD"]
        if time[4] == "-" and time[5:].isdigit() if len(time) > 4 else False:
            month = int(time[5:]) - 1
            time, more = f"{time[:4]}-Q{month // 3 + 1}", [("month", f"M{month % 3 + 1}")]
            cell += more
        if row["MEASURE"] == "ANSWERS":
            cell.append((row["TOPIC"], row["OUTCOME"]))
        elif row["MEASURE"] != "BUSINESSES":
            cell.append(("measure", row["MEASURE"].lower()))
        elif row["TOPIC"] != "_T":
            name = row["TOPIC"]
            cell.append((name if name in PLAIN or name.startswith(RISK) else f"{TOPIC}{name}", row["OUTCOME"]))
        found[time, tuple(sorted(cell))] = int(row["OBS_VALUE"]) if row["OBS_VALUE"] else None
    return found


def counted(truth):
    """Cell → how many of these businesses are in it."""
    cells = Counter()
    for _, items in truth:
        cells.update(set().union(*(cells_of(block, key) for block, key in items)))
    return cells


@cache
def cells_of(block, key):
    """Every cell that somebody with this entry is in."""
    if block.startswith(SURVEY):
        return frozenset({((block, *key),)})  # whoever answers need not be counted as a business
    names = (f"{RISK}{key[1]}",) if block == "risk" else BLOCKS.get(block, ())
    pairs = sorted(zip(names, (WITH,) if block == "risk" else key, strict=False))
    return frozenset(subsets(pairs))


def subsets(pairs, least=0):
    return [some for size in range(least, len(pairs) + 1) for some in combinations(pairs, size)]


class Solver:
    """All that is known of one quarter at one moment, as equations over its finest counts."""

    def __init__(self, cells, least=None):
        self.ways, self.columns, self.rows = {}, 0, []
        risks = sorted({name for cell in cells for name, _ in cell if name.startswith(RISK)})
        surveys = sorted({name for cell in cells for name, _ in cell if name.startswith(SURVEY)})
        named = {name: sorted({v for cell in cells for n, v in cell if n == name}) for name in ("version", *surveys)}
        low = []
        for dimensions in (*BLOCKS.values(), *((name,) for name in (*risks, *surveys))):
            for key in self.keys(dimensions, named):
                pairs = list(zip(dimensions, key, strict=True))
                for some in subsets(pairs, least=1 if dimensions[0].startswith((RISK, SURVEY)) else 0):
                    self.ways.setdefault(tuple(sorted(some)), {}).setdefault(dimensions, []).append(self.columns)
                low.append((least or {}).get(tuple(sorted(pairs)), 0))
                self.columns += 1
        self.low = np.array(low, dtype=float)
        for ways in self.ways.values():
            first, *others = ways.values()
            self.rows += [(first, other, 0, 0) for other in others]
        self.reason(risks)

    def keys(self, dimensions, named):
        values = {**named, "month": ("M1", "M2", "M3"), "topic:emp": (WITH, WITHOUT)}
        keys = product(*(values.get(d) or SMALL.get(d, (WITH,)) for d in dimensions))
        if dimensions == ("grade", "band"):
            return [key for key in keys if key[1] in BANDS_OF[key[0]]]
        if dimensions == ("mended", "pace"):
            return [key for key in keys if (key[0] == "all") == (key[1] != NONE)]
        return list(keys)

    def reason(self, risks):
        """Who has a risk has its area, who has the area one of its risks."""
        area = (("topic:emp", WITH),)
        held = [self.way(((risk, WITH),)) for risk in risks if risk.removeprefix(RISK) in DOMAINS["emp"]]
        self.rows += [(risk, self.way(area), -np.inf, 0) for risk in held]
        self.rows += [(risk, self.way(()), -np.inf, 0) for risk in held]
        if len(held) == len(DOMAINS["emp"]):
            self.rows.append((self.way(area), sum(held, []), -np.inf, 0))

    def way(self, cell):
        return next(iter(self.ways[cell].values()))

    def know(self, cell, least, most):
        if cell in self.ways:
            self.rows.append((self.way(cell), [], least, most))

    def narrowed(self, wanted, known=None):
        """Of the wanted cells those that are narrowed below the width, or below what they were `known` to be before."""
        found = self.widths(wanted)
        return [cell for cell, width in found.items() if width < min(WIDTH, (known or {}).get(cell, WIDTH))]

    def widths(self, wanted):
        """How far apart the least and the most of each wanted cell lie, in whole numbers, as far as it matters."""
        solver = self.solver()
        ranges = {cell: (np.inf, -np.inf) for cell in wanted if cell in self.ways}
        for cell in list(ranges):
            for sign in (1, -1):
                if ranges[cell][1] - ranges[cell][0] >= WIDTH:
                    break
                costs = np.zeros(self.columns)
                costs[self.way(cell)] = sign
                solver.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), costs)
                solver.run()
                assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, (solver.getModelStatus(), cell)
                point = np.array(solver.getSolution().col_value)
                for other, (low, high) in ranges.items():
                    value = point[self.way(other)].sum()
                    low, high = min(low, np.ceil(value - 1e-6)), max(high, np.floor(value + 1e-6))
                    ranges[other] = (low, high)
        return {cell: high - low for cell, (low, high) in ranges.items()}

    def solver(self):
        starts, index, values = [0], [], []
        for plus, minus, _, _ in self.rows:
            index += [*plus, *minus]
            values += [1.0] * len(plus) + [-1.0] * len(minus)
            starts.append(len(index))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, len(self.rows)
        model.col_cost_, model.col_lower_ = np.zeros(self.columns), self.low
        model.col_upper_ = np.full(self.columns, 1e5)
        model.row_lower_ = np.array([row[2] for row in self.rows], dtype=float)
        model.row_upper_ = np.array([row[3] for row in self.rows], dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = np.array(starts), np.array(index)
        model.a_matrix_.value_ = np.array(values)
        solver = highspy._core._Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("simplex_strategy", 4)
        solver.passModel(model)
        return solver


def attack(city):
    """Everything that is found out, by kind of attack."""
    found, before, own, looked = Counter(), {}, {}, {}
    for period, told, truth in city.seen:
        cells = read_file(told) if isinstance(told, str) else told
        whole = sorted({time for time, _ in cells if "Q" in time} or {period})
        found.update(of_year(period, cells, truth) if period == YEAR and whole != [YEAR] else {})
        for time in whole:
            now = {cell: n for (when, cell), n in cells.items() if when == time}
            people = [one for q, held in truth.items() if q == time or time == YEAR for one in held]
            if time not in before or before[time] != now:
                found.update(of_pattern(before.get(time, {}), now))
                found.update(of_one_time(before.get(time), now, people))
                found.update(of_change(before.get(time), now, owned(people), own.setdefault(time, {})))
            if period == time:
                found.update(of_last(before.get(time), now, people, looked.setdefault(time, {})))
            before[time] = now
    return +found


def of_pattern(before, now):
    """A number that appears, goes, or moves by a few points at somebody."""
    both = before.keys() & now.keys()
    is_new = before.get((), 0) is None
    return Counter(
        gone=sum(before[c] is not None and now[c] is None for c in both),
        shown=0 if is_new else sum(before[c] is None and now[c] is not None for c in both),
        moved=sum(None not in (before[c], now[c]) and 0 < abs(now[c] - before[c]) < K
                  for c in both if "measure" not in dict(c)),
        came=0 if is_new else sum(0 < (n or 0) < K or n is None for c, n in now.items() if before and c not in before),
    )  # fmt: skip


def of_one_time(before, now, people):
    counts = {cell: n for cell, n in now.items() if "measure" not in dict(cell)}
    return (of_sums(now, people) if before is None else Counter()) + of_counts(
        before, counts, counted(people), owned(people)
    )


def owned(people):
    """Firm → what it knows to be its own."""
    return {firm: counted([one for one in people if one[0] == firm]) for firm in FIRMS}


def of_counts(before, counts, truth, owned, make=Solver):
    """`make`: how what is known is put together, of the counts that were told and the least that each can be."""
    found = Counter(small=sum(0 < (n or 0) < K for n in counts.values()))
    fresh = {cell for cell, n in counts.items() if n is not None and (before is None or before.get(cell) != n)}
    solver, wanted = make(counts), set()
    for cell, n in counts.items():
        if cell in fresh:
            solver.know(cell, n, n)
        elif n is None and 0 < truth[cell] < K:
            solver.know(cell, 1, K - 1)
            wanted.add(cell)
        elif n is not None and 0 < abs(truth[cell] - n) < K:
            wanted.add(cell)
        if n is not None and cell not in fresh and abs(truth[cell] - n) < K:
            solver.know(cell, n - K + 1, n + K - 1)
    found["narrowed"] += len(solver.narrowed(sorted(wanted)))
    for own in owned.values():
        found.update(of_firm(own, counts, fresh, truth, make))
    return found


def of_firm(own, counts, fresh, truth, make):
    """What a firm finds out of the others' businesses: it knows its own, and then the threshold's reason as well. Both
    together leave little of a count that is nearly all its own, whatever is told; so no more than that may be lost."""
    if own[()] in (0, truth[()]):
        return Counter()
    alone, knowing, bare = make(counts, own), make(counts, own), make(counts, own)
    for cell, n in counts.items():
        if cell in fresh:
            alone.know(cell, n, n)
            knowing.know(cell, n, n)
        elif n is None and 0 < truth[cell] < K:
            knowing.know(cell, max(1, own[cell]), K - 1)
            bare.know(cell, max(1, own[cell]), K - 1)  # what she brings along, without a number that was told
    left = sum(0 < counts[c] - own[c] < WIDTH for c in fresh if c)
    wanted = sorted(c for c, n in counts.items() if n is None and 0 < truth[c] < K and truth[c] > own[c])
    tight = knowing.narrowed(wanted)
    both = knowing.narrowed(tight, bare.widths(tight)) if tight else ()
    return Counter(insider=len(alone.narrowed(tight)) if tight else 0, left=left, both=len(both))


def of_change(before, now, owned, own):
    """What a firm finds out of a change: it knows how much of it was its own. `own`: as it was when it was told."""
    found = Counter()
    for firm, mine in owned.items():
        for cell, n in now.items():
            if n is None or "measure" in dict(cell) or (before is not None and before.get(cell) == n):
                continue
            change, then = n - ((before or {}).get(cell) or 0), own.get((firm, cell), 0)
            if before is not None and mine[cell] != then:
                found["change"] += abs(change - (mine[cell] - then)) < WIDTH
            own[firm, cell] = mine[cell]
    return found


def of_last(before, now, people, looked):
    """A number that stays while few come, and moves once one more has come: that one is in it. The attacker sees each
    draft that was tried, the rule by which a number moves, and how many came into each group and went, of each firm.
    `looked`: what there was to count when it could last be seen that a number had changed by less than it takes."""
    found, here = Counter(), {name: counted([one for one in people if one[0] != name]) for name in ("", *FIRMS)}
    moved = {cell for cell, n in now.items() if before and n not in (None, before.get(cell, 0))}
    groups = {}
    for cell in filter(is_told_of, now):
        groups.setdefault(crowd_of(cell), []).append(cell)
    for group, cells in groups.items():
        then = looked.setdefault(group, here)
        moves = {name: moves_of(cells, then[name], here[name]) for name in here}
        who = {name: max(moves[name]) for name in here}
        others = [who[name] for name in FIRMS if who[name] < who[""]]
        mine = [cell for cell in cells if cell in moved]
        if who[""] < 2 * K or min(others, default=K) < 2 * WIDTH:
            found["last"] += len(mine)
            continue
        for cell in mine:
            change = here[""][cell] - then[""][cell]
            rest = moves[""][change < 0] - abs(change)
            found["alike"] += bool(change) and not is_harmless(cell) and rest < (K if "topic:emp" in dict(cell) else 1)
        looked[group] = here
    return found


def moves_of(cells, then, here):
    """How many at least came into these cells, and went out; who is not rated yet has not come."""
    moves = [here[cell] - then[cell] for cell in cells if NONE not in dict(cell).values()]
    return sum(n for n in moves if n > 0), sum(-n for n in moves if n < 0)


def is_harmless(cell):
    return all(value in (NONE, WITHOUT) for name, value in cell if name not in ("district", "size"))


def is_told_of(cell):
    return any(name in ("grade", "topic:emp", *PLAIN) for name, _ in cell)


def crowd_of(cell):
    """The names of a cell's dimensions, and the group whose members it divides."""
    return tuple(name for name, _ in cell), tuple(one for one in cell if one[0] in ("district", "size"))


def of_sums(now, people):
    """Sums behind which a few stand, or one; the same of what is left to a firm that takes away its own."""
    found = Counter()
    for cell, n in now.items():
        if dict(cell).get("measure") == "waived_fen" and n:
            place = dict(cell).get("district")
            who = [firm for firm, items in people
                   if ("relief", ("waived",)) in items and place in (None, items[0][1][0])]  # fmt: skip
            for taken, least in (("", K), *((firm, WIDTH) for firm in FIRMS if firm in who)):
                fen = sorted(fen_of(firm) for firm in who if firm != taken)
                found["sum of few" if taken else "sum"] += bool(fen) and (
                    len(fen) < least or sum(fen[-2:]) > 0.85 * sum(fen)
                )
    return found


def of_year(period, cells, truth):
    """Quarters that the year gives away: all parts but one are told, or the year is told where a part is not."""
    found = Counter()
    quarters = sorted({time for time, _ in cells if "Q" in time})
    for (time, cell), n in cells.items():
        if time == period and n is not None and not {"measure", "quarter"} & dict(cell).keys():
            parts = [cells.get((quarter, cell), 0) for quarter in quarters]
            found["year"] += parts.count(None) == 1
    told, distinct = cells.get((period, ())), cells.get((period, (("measure", "distinct"),)))
    found["distinct"] += None not in (told, distinct) and 0 < told - distinct < K
    return found
