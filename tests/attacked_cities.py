"""Random small cities over several quarters: what they publish and preview, as files."""

import random
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import replace

from cloud.cubes import cells as cells_module
from cloud.cubes.cells import FIRST, MONTHS, NONE, WITH, WITHOUT
from cloud.cubes.periods import quarters_of
from cloud.disclosure.dominance import Amount, pooled
from cloud.disclosure.quarters import make_quarter
from cloud.releases.draft import Nothing, Refused, draft_of
from cloud.releases.editions import to_sdmx_csv

SMALL = {
    "district": ("d1", "d2", "d3"), "section": ("C", "F"), "size": ("micro", "small"), "grade": ("A", "C", "D"),
    "band": ("40-50", "60-75", "90-95"), "channel": ("web", "cloud"), "stars": (NONE, "1", "5"),
    "mended": (NONE, "open", "all"), "pace": (NONE, "d30"), "relief": (NONE, "waived"),
}  # fmt: skip
BANDS_OF = {"A": ("90-95",), "C": ("60-75", "90-95"), "D": ("40-50", "60-75", "90-95")}
DOMAINS = {"emp": ("emp.a", "emp.b")}
FIRMS = ("f1", "f2", "f3", "f4")
YEAR = "2026"


def shrink_city(monkeypatch):
    """Fewer districts and trades, so that thirty cities are attacked in seconds."""
    for name, values in SMALL.items():
        monkeypatch.setitem(cells_module.DIMENSIONS, name, values)


class City:
    """Businesses come, change and go; what is drafted of them was seen, and some of it leaves.

    `seen`: (period, file, the truth of each of its quarters then), oldest first.
    """

    def __init__(self, seed, are_previews_told=True):
        self.rng = random.Random(seed)
        self.weights = {n: [self.rng.random() ** 2 + 0.02 for _ in v] for n, v in SMALL.items()}
        self.businesses, self.told, self.seen, self.refused = {}, {}, [], Counter()
        self.are_previews_told = are_previews_told

    def come(self, quarter, many, firm=None):
        for _ in range(many):
            who = firm or self.rng.choices(FIRMS, (8, 4, 2, 1))[0]
            self.businesses.setdefault(quarter, []).append((who, self.draw()))

    def go(self, quarter, many):
        held = self.businesses[quarter]
        for _ in range(min(many, len(held))):
            held.pop(self.rng.randrange(len(held)))

    def rate(self, quarter, many):
        """Some are rated that were not."""
        held = self.businesses[quarter]
        for place, (firm, items) in enumerate(held):
            if many and ("stars", (NONE,)) in items:
                held[place] = (firm, [("stars", ("5",)) if one[0] == "stars" else one for one in items])
                many -= 1

    def draw(self):
        one = {name: self.rng.choices(values, self.weights[name])[0] for name, values in SMALL.items()}
        month, found, district = self.rng.choice(MONTHS), self.rng.random() < 0.2, one["district"]
        items = [
            ("base", (district, one["section"], one["size"])),
            ("grade", (district, one["size"], one["grade"])),
            ("band", (one["grade"], self.rng.choice(BANDS_OF[one["grade"]]))),
            ("month", (district, month)),
            ("version", (self.rng.choice(("1", "2")),)),
            ("channel", (district, one["channel"])),
            ("relief", (one["relief"],)),
            ("stars", (one["stars"],)),
            ("mending", (one["mended"], "d30" if one["mended"] == "all" else NONE)),
            ("topic:emp", (district, WITH if found else WITHOUT)),
        ]
        items += [(FIRST, ("",))] * (self.rng.random() < 0.98)  # a few have been here before
        return items + ([("risk", ("emp", self.rng.choice(DOMAINS["emp"])))] if found else [])

    def quarters(self):
        made = {}
        for quarter, held in self.businesses.items():
            counts, firms, fen = defaultdict(Counter), defaultdict(lambda: defaultdict(Counter)), {}
            for firm, items in held:
                for block, key in items:
                    counts[block][key] += 1
                    firms[firm][block][key] += 1
                if ("relief", ("waived",)) in items:
                    fen.setdefault(items[0][1][0], {}).setdefault(firm, []).append(fen_of(firm))
            if held:
                made[quarter] = make_quarter(
                    counts, {"waived_fen": {d: amount(some) for d, some in fen.items()}}, firms
                )
        return made

    def publish(self, period, *, is_preview=False):
        """Draft as the house does, and keep what was told as the ledger would."""
        read = {quarter: one for quarter, one in self.quarters().items() if quarter in quarters_of(period)}
        try:
            draft = draft_of(period, read, self.told)
        except Refused as refused:
            self.refused[refused.why] += 1
            return None
        except Nothing:
            self.refused["nothing"] += 1
            return None
        if self.are_previews_told or not is_preview:
            self.told = {**self.told, **draft.states}
        self.seen.append((period, to_sdmx_csv(period, draft.cells), self.truth(period)))
        return draft

    def truth(self, period):
        """Quarter → (firm, items) of every business, as it was."""
        return {q: list(held) for q, held in self.businesses.items() if q in quarters_of(period)}


def fen_of(firm):
    return 5000 if firm == "f1" else 300_000


def amount(firms):
    parts = {name: Amount(sum(fen), len(fen), tuple(sorted(fen, reverse=True)[:3])) for name, fen in firms.items()}
    return replace(pooled(list(parts.values())), firms=parts)


def live_a_year(city, quarters=("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")):
    """Four quarters with previews, late-comers, withdrawals, ratings and corrections; the year, and the year again."""
    rng = city.rng
    for quarter in quarters:
        city.come(quarter, rng.choice((8, 60, 200, 600)))
        city.publish(quarter, is_preview=True)
        city.go(quarter, 1)
        city.publish(quarter)
    first = quarters[0]
    city.come(first, 1)
    city.publish(first, is_preview=True)
    city.come(first, rng.choice((2, 15)))
    city.rate(first, 1)
    city.publish(first)
    city.come(first, 11, firm=rng.choice(FIRMS[1:]))
    city.come(first, 1, firm="f4")
    city.publish(first)
    city.publish(YEAR)
    city.come(quarters[-1], rng.choice((3, 40, 120)))
    city.go(quarters[-1], rng.choice((0, 12)))
    with suppress(KeyError):
        city.rate(quarters[-1], 12)
    city.publish(quarters[-1])
    city.publish(YEAR)
    return city


def live_by_drops(city, quarter="2026-Q1"):
    """One quarter that is told, and drafted again after each business that comes, and after each that is rated."""
    city.come(quarter, 200)
    city.publish(quarter)
    for _ in range(30):
        city.come(quarter, 1)
        city.publish(quarter)
    city.rate(quarter, 18)
    city.come(quarter, 10)
    city.publish(quarter)
    for _ in range(6):
        city.rate(quarter, 1)
        city.publish(quarter)
    return city


def live_small(city):
    """Quarters too small to be told, and the year that tells of them."""
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        city.come(quarter, city.rng.randint(3, 9))
        city.publish(quarter)
    city.publish(YEAR)
    city.come("2026-Q4", 1)
    city.publish(YEAR)
    return city
