"""Somebody who reads the files of all editions and previews, knows the codes, the rules and the threshold, and solves.

She is given more than she could know: which of the withheld numbers are below the threshold, and which of those that
stayed as they were have changed by less than it. Everything else she reads.
"""

import csv
import io
from collections import Counter
from itertools import product

import highspy
import numpy as np

from cloud.cubes.cells import NONE, RISK, TOPIC, WITH, WITHOUT
from tests.attacked_cities import BANDS_OF, DOMAINS, FIRMS, SMALL, YEAR

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
        if row["MEASURE"] != "BUSINESSES":
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
        seen = set()
        for block, key in items:
            names = (f"{RISK}{key[1]}",) if block == "risk" else BLOCKS.get(block, ())
            pairs = list(zip(names, (WITH,) if block == "risk" else key, strict=False))
            for size in range(len(pairs) + 1):
                seen |= {tuple(sorted(some)) for some in subsets(pairs, size)}
        cells.update(seen)
    return cells


def subsets(pairs, size):
    if size == 0:
        return [()]
    return [(one, *rest) for place, one in enumerate(pairs) for rest in subsets(pairs[place + 1 :], size - 1)]


class Solver:
    """All that is known of one quarter at one moment, as equations over its finest counts."""

    def __init__(self, cells, least=None):
        self.ways, self.columns, self.rows = {}, 0, []
        risks = sorted({name for cell in cells for name, _ in cell if name.startswith(RISK)})
        versions = sorted({value for cell in cells for name, value in cell if name == "version"})
        low = []
        for dimensions in (*BLOCKS.values(), *((risk,) for risk in risks)):
            for key in self.keys(dimensions, versions):
                pairs = list(zip(dimensions, key, strict=True))
                for size in range(1 if dimensions[0].startswith(RISK) else 0, len(pairs) + 1):
                    for some in subsets(pairs, size):
                        self.ways.setdefault(tuple(sorted(some)), {}).setdefault(dimensions, []).append(self.columns)
                low.append((least or {}).get(tuple(sorted(pairs)), 0))
                self.columns += 1
        self.low = np.array(low, dtype=float)
        for ways in self.ways.values():
            first, *others = ways.values()
            self.rows += [(first, other, 0, 0) for other in others]
        self.reason(risks)

    def keys(self, dimensions, versions):
        values = {"version": versions, "month": ("M1", "M2", "M3"), "topic:emp": (WITH, WITHOUT)}
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

    def narrowed(self, wanted):
        """Of the wanted cells those that are known, or narrowed below the width: whole numbers alone can be."""
        solver, found = self.solver(), []
        ranges = {cell: (np.inf, -np.inf) for cell in wanted if cell in self.ways}
        for cell in list(ranges):
            for sign in (1, -1):
                if ranges[cell][1] - ranges[cell][0] >= WIDTH:
                    break
                costs = np.zeros(self.columns)
                costs[self.way(cell)] = sign
                solver.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), costs)
                solver.run()
                assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
                point = np.array(solver.getSolution().col_value)
                for other, (low, high) in ranges.items():
                    value = point[self.way(other)].sum()
                    low, high = min(low, np.ceil(value - 1e-6)), max(high, np.floor(value + 1e-6))
                    ranges[other] = (low, high)
            if ranges[cell][1] - ranges[cell][0] < WIDTH:
                found.append(cell)
        return found

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
    found, before, own = Counter(), {}, {}
    for period, text, truth in city.seen:
        cells = read_file(text)
        whole = sorted({time for time, _ in cells if "Q" in time} or {period})
        found.update(of_year(period, cells, truth) if period == YEAR and whole != [YEAR] else {})
        for time in whole:
            now = {cell: n for (when, cell), n in cells.items() if when == time}
            people = [one for q, held in truth.items() if q == time or time == YEAR for one in held]
            if time not in before or before[time] != now:
                found.update(of_pattern(before.get(time, {}), now))
                found.update(of_one_time(before.get(time), now, people))
                found.update(of_change(before.get(time), now, people, own.setdefault(time, {})))
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
    truth = counted(people)
    counts = {cell: n for cell, n in now.items() if "measure" not in dict(cell)}
    found = Counter(small=sum(0 < (n or 0) < K for n in counts.values()))
    fresh = {cell for cell, n in counts.items() if n is not None and (before is None or before.get(cell) != n)}
    found.update(of_sums(now, people) if before is None else {})
    solver, wanted = Solver(counts), set()
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
    for firm in FIRMS:
        found.update(of_firm(firm, before, counts, fresh, truth, people))
    return found


def of_firm(firm, before, counts, fresh, truth, people):
    """What a firm finds out of the others' businesses: it knows its own."""
    own = counted([one for one in people if one[0] == firm])
    if own[()] in (0, truth[()]):
        return Counter()
    solver = Solver(counts, own)
    for cell in fresh:
        solver.know(cell, counts[cell], counts[cell])
    wanted = [c for c, n in counts.items() if n is None and 0 < truth[c] < K and truth[c] > own[c]]
    left = sum(0 < counts[c] - own[c] < WIDTH for c in fresh if c)
    return Counter(insider=len(solver.narrowed(sorted(wanted))), left=left)


def of_change(before, now, people, own):
    """What a firm finds out of a change: it knows how much of it was its own. `own`: as it was when it was told."""
    found = Counter()
    for firm in FIRMS:
        mine = counted([one for one in people if one[0] == firm])
        for cell, n in now.items():
            if n is None or "measure" in dict(cell) or (before is not None and before.get(cell) == n):
                continue
            change, then = n - ((before or {}).get(cell) or 0), own.get((firm, cell), 0)
            if before is not None and mine[cell] != then:
                found["change"] += abs(change - (mine[cell] - then)) < WIDTH
            own[firm, cell] = mine[cell]
    return found


def of_sums(now, people):
    """Sums behind which a few stand, or one."""
    found = Counter()
    for cell, n in now.items():
        if dict(cell).get("measure") == "waived_fen" and n:
            place = dict(cell).get("district")
            fen = sorted(5000 if f == "f1" else 300_000 for f, items in people
                         if ("relief", ("waived",)) in items and place in (None, items[0][1][0]))  # fmt: skip
            found["sum"] += len(fen) < K or sum(fen[-2:]) > 0.85 * n
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
