"""Random small cities over several quarters, what they publish, and somebody who attacks all of it."""

import random
from collections import Counter

import highspy
import numpy as np

from cloud.cubes import cells as cells_module
from cloud.cubes.cells import MONTHS, NONE, WITH, WITHOUT, cell_of
from cloud.cubes.periods import label_of, quarters_of
from cloud.disclosure.earlier_releases import Told
from cloud.disclosure.quarters import make_quarter
from cloud.releases.draft import Unsafe, draft_of

SMALL = {
    "district": ("d1", "d2", "d3"), "section": ("C", "F"), "size": ("micro", "small"), "grade": ("A", "C", "D"),
    "band": ("40-50", "60-75", "90-95"), "channel": ("web", "cloud"), "stars": (NONE, "1", "5"),
    "mended": (NONE, "open", "all"), "pace": (NONE, "d30"), "relief": (NONE, "waived"),
}  # fmt: skip
BANDS_OF = {"A": ("90-95",), "C": ("60-75", "90-95"), "D": ("40-50", "60-75", "90-95")}
DOMAINS = {"emp": ("emp.a", "emp.b")}
YEAR = "2026"


def shrink_city(monkeypatch):
    """Fewer districts and trades, so that thirty cities are attacked in seconds."""
    for name, values in SMALL.items():
        monkeypatch.setitem(cells_module.DIMENSIONS, name, values)


class City:
    """Businesses come, change and go; releases are made of them as the ledger would keep them."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.weights = {n: [self.rng.random() ** 2 + 0.02 for _ in v] for n, v in SMALL.items()}
        self.businesses, self.touched, self.told, self.refused = {}, {}, [], 0

    def come(self, quarter, many):
        for _ in range(many):
            items = self.draw()
            self.businesses.setdefault(quarter, []).append(items)
            self.touch(quarter, items)

    def go(self, quarter, many):
        for _ in range(min(many, len(self.businesses[quarter]))):
            gone = self.businesses[quarter].pop(self.rng.randrange(len(self.businesses[quarter])))
            self.touch(quarter, gone)

    def touch(self, quarter, items):
        for block, key in items:
            self.touched.setdefault(quarter, {}).setdefault(block, Counter())[key] += 1

    def draw(self):
        one = {name: self.rng.choices(values, self.weights[name])[0] for name, values in SMALL.items()}
        month, found, district = self.rng.choice(MONTHS), self.rng.random() < 0.2, one["district"]
        pace = "d30" if one["mended"] == "all" else NONE
        items = [
            ("base", (district, one["section"], one["size"])),
            ("grade", (district, one["size"], one["grade"])),
            ("band", (district, one["grade"], self.rng.choice(BANDS_OF[one["grade"]]))),
            ("month", (month, district, one["grade"])),
            ("version", (self.rng.choice(("1", "2")), one["grade"])),
            ("channel", (district, one["channel"])),
            ("relief", (district, one["relief"])),
            ("mending", (district, one["mended"], pace)),
            ("topic:emp", (month, district, WITH if found else WITHOUT)),
        ]
        return items + ([("risk", ("emp", self.rng.choice(DOMAINS["emp"])))] if found else [])

    def quarters(self):
        made = {}
        for quarter, held in self.businesses.items():
            counts = {block: Counter(dict.fromkeys(keys, 0)) for block, keys in self.touched[quarter].items()}
            for items in held:
                for block, key in items:
                    counts[block][key] += 1
            made[quarter] = make_quarter(counts, self.touched[quarter])
        return made

    def publish(self, period, protector=draft_of):
        """Draft and, if it is safe, add to what is out."""
        read = self.quarters()
        try:
            draft = protector(period, read, [told[:2] for told in self.told])
        except Unsafe:
            self.refused += 1
            return
        cells = {c: Told(n, draft.turnover.get(c, 0), c in draft.primary and n is None) for c, n in draft.cells.items()}
        truth = {name: quarter.world.blocks for name, quarter in read.items() if name in quarters_of(period)}
        self.told.append((period, cells, truth))


class Attacker:
    """Sets up every equation that all releases together give, by itself: the finest counts of each quarter in each
    release are unknown; cells that nothing has touched between two releases are the same number."""

    def __init__(self, told):
        self.columns, self.rows, self.cells = 0, [], {}
        for number, (period, cells, worlds) in enumerate(told):
            sums = self.unknowns(period, worlds, cells)
            for cell, ways in sums.items():
                self.cells[number, cell] = ways[0]
                for way in ways[1:]:
                    self.rows.append((ways[0], way, 0, 0))
            for cell, one in cells.items():
                if one.count is not None and cell in sums:
                    self.rows.append((sums[cell][0], [], one.count, one.count))
            self.know(number, period, worlds)
            for before in range(number):
                self.link(before, told[before], number, told[number])

    def unknowns(self, period, worlds, cells):
        """Cell → the ways in which it is a sum of unknowns; a year's cell adds the four quarters'."""
        parts, sums = {tuple(n for n, _ in cell if n != "quarter") for cell in cells}, {}
        for quarter, blocks in worlds.items():
            label = label_of(period, quarter)
            for block in blocks:
                fitting = [p for p in parts if set(p) <= set(block.dimensions) and not (is_risk(block) and not p)]
                found = {}
                for key in block.combinations():
                    for part in fitting:
                        found.setdefault(cell_of(block.dimensions, key, part), []).append(self.columns)
                    self.columns += 1
                for cell, way in found.items():
                    sums.setdefault(tuple(sorted((*cell, *label))), []).append(way)
        for cell in cells if len(period) == 4 else ():
            if "quarter" not in dict(cell) and "measure" not in dict(cell):
                ways = [sums[tuple(sorted((*cell, *label_of(period, quarter))))][0] for quarter in worlds]
                sums[cell] = [sum(ways, [])]
        return sums

    def know(self, number, period, worlds):
        """Common sense: who has a risk has its area, who has the area has one of its risks."""
        for quarter in worlds:
            label = label_of(period, quarter)
            names = ["topic:emp", *(f"risk:{risk}" for risk in DOMAINS["emp"])]
            held = [self.cells.get((number, tuple(sorted(((name, WITH), *label)))), []) for name in names]
            area, risks = held[0], held[1:]
            if area:
                self.rows += [(risk, area, -np.inf, 0) for risk in risks if risk]
                self.rows.append((area, sum(risks, []), -np.inf, 0))

    def link(self, before, earlier, number, later):
        for cell, one in earlier[1].items():
            for other in {cell_there(earlier[0], cell, later[0])} & later[1].keys():
                if one.turnover == later[1][other].turnover and (before, cell) in self.cells:
                    self.rows.append((self.cells[before, cell], self.cells[number, other], 0, 0))

    def solver(self):
        starts, index, values = [0], [], []
        for plus, minus, _, _ in self.rows:
            index += [*plus, *minus]
            values += [1.0] * len(plus) + [-1.0] * len(minus)
            starts.append(len(index))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, len(self.rows)
        model.col_cost_, model.col_lower_ = np.zeros(self.columns), np.zeros(self.columns)
        model.col_upper_ = np.full(self.columns, 1e6)
        model.row_lower_ = np.array([row[2] for row in self.rows], dtype=float)
        model.row_upper_ = np.array([row[3] for row in self.rows], dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = np.array(starts), np.array(index)
        model.a_matrix_.value_ = np.array(values)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("simplex_strategy", 4)
        solver.passModel(model)
        return solver

    def narrowed(self, wanted, width):
        """Of the wanted (release, cell) those that are known, or narrowed below the width."""
        solver, found = self.solver(), []
        ranges = {name: (np.inf, -np.inf) for name in wanted if name in self.cells}
        for name in list(ranges):
            for sign in (1, -1):
                if ranges[name][1] - ranges[name][0] >= width:
                    break
                costs = np.zeros(self.columns)
                costs[self.cells[name]] = sign
                solver.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), costs)
                solver.run()
                assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
                point = np.array(solver.getSolution().col_value)
                for other, (low, high) in ranges.items():
                    value = point[self.cells[other]].sum()
                    ranges[other] = (min(low, value), max(high, value))
            if ranges[name][1] - ranges[name][0] < width - 1e-6:
                found.append(name)
        return found


def is_risk(block):
    return block.dimensions[0].startswith("risk:")


def cell_there(period, cell, other):
    """The same number's name in another release: months and quarters of a year bear their quarter there."""
    quarter = dict(cell).get("quarter") or period[5:]
    bare = tuple(pair for pair in cell if pair[0] != "quarter")
    if not quarter:
        return bare if other == period else None
    if other == f"{period[:4]}-{quarter}":
        return bare
    return tuple(sorted((*bare, ("quarter", quarter)))) if other == period[:4] else None


def live_a_year(city, quarters=("2026-Q1", "2026-Q2"), protector=draft_of):
    """Editions, late-comers, withdrawals, corrections, the year, and a correction after it."""
    for quarter in quarters:
        city.come(quarter, city.rng.choice((60, 200, 600)))
        city.publish(quarter, protector)
    city.come(quarters[0], city.rng.choice((2, 15)))
    city.go(quarters[0], city.rng.choice((1, 8)))
    city.publish(quarters[0], protector)
    city.publish(YEAR, protector)
    city.come(quarters[-1], city.rng.choice((3, 40)))
    city.publish(quarters[-1], protector)
    city.publish(YEAR, protector)
    return city
