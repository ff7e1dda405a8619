"""A city whose districts run campaigns with parks: what its releases tell and what each campaign is told, at the same
moments, and somebody who puts all of it together.

She is given more than she could know: that whoever came by a campaign agreed to be counted, has her business in its
district and came in the same quarter, by the web. So she knows of each campaign that no more of its owners have
finished than there are such businesses in the district, and that no more fixes of theirs are confirmed than the city
has mended. In truth some did not agree and some sit elsewhere, and nothing follows from one for the other.
"""

from collections import Counter, defaultdict
from functools import partial
from itertools import product

import numpy as np

from cloud.cubes.cells import BROUGHT, PARTNER, REACHED
from cloud.disclosure.editions import State, retell
from cloud.disclosure.quarters import make_quarter
from cloud.disclosure.suppression import THRESHOLD
from tenants.campaign_steps import STEPS
from tests.attacked_cities import City
from tests.attacker import Solver, counted, of_change, of_counts, of_pattern, owned, read_file, subsets

QUARTER = "2026-Q1"
PARKS = {"d1": ("north", "south"), "d2": ("harbour", "mill"), "d3": ("square",)}


class CityOfCampaigns(City):
    """`share`: how many of a hundred come by a campaign; `brought`: (district, park) → [step, firm, items] of each;
    `moments`: what was told of campaigns and in the release, and the truth of both then, oldest first."""

    def __init__(self, seed, share, retell=retell):
        super().__init__(seed)
        self.share, self.retell = share, retell
        self.brought, self.states, self.moments = defaultdict(list), {}, []

    def come(self, quarter, many, firm=None):
        here = self.businesses.setdefault(quarter, [])
        before = len(here)
        super().come(quarter, many, firm)
        for place in reversed(range(before, len(here))):
            if self.rng.random() * 100 < self.share:
                self._brought(here, place)

    def _brought(self, here, place):
        """This one came by a campaign: through the web, and as far as it got."""
        who, items = here[place]
        district, step = items[0][1][0], self.rng.choices(STEPS, (3, 3, 2, 4, 2))[0]
        mended = ("all", "d30") if step == "fixed" else ("none", "none")
        items = [one for one in items if one[0] not in ("channel", "mending")]
        items += [("channel", (district, "web")), ("mending", mended)]
        self.brought[district, self.rng.choice(PARKS[district])].append([step, who, items])
        if step == "started":
            here.pop(place)  # counted by the campaign alone
        else:
            here[place] = (who, items)

    def go_on(self, many):
        """Some who had begun finish, and are counted from now on."""
        waiting = [one for held in self.brought.values() for one in held if one[0] == "started"]
        for one in self.rng.sample(waiting, min(many, len(waiting))):
            one[0] = "finished"
            self.businesses[QUARTER].append((one[1], one[2]))

    def publish(self, period, *, is_preview=False):
        draft = super().publish(period, is_preview=is_preview)
        if draft is not None:
            told = {key: n for key, n in read_file(self.seen[-1][1]).items() if key[0] == QUARTER}
            self.moments.append((dict(self._told_of_campaigns()), told, self.truth(period)[QUARTER], self.campaigns()))
        return draft

    def campaigns(self):
        """District → firm, or none → how many of its campaign are at (park, step)."""
        made = {district: defaultdict(Counter) for district in PARKS}
        for (district, park), held in self.brought.items():
            for step, firm, _ in held:
                made[district]["" if step in STEPS[:2] else firm][park, step] += 1
        return made

    def _told_of_campaigns(self):
        for district, held in self.campaigns().items():
            whole = sum(held.values(), Counter())
            if not whole:
                continue
            firms = {firm: {BROUGHT: own} for firm, own in held.items() if firm}
            quarter = make_quarter({BROUGHT: whole}, None, firms)
            before = self.states.get(district) or State(dict.fromkeys(quarter.world.cells(), 0))
            self.states[district] = self.retell(quarter, before, THRESHOLD)
            yield from ((named(district, cell), n) for cell, n in self.states[district].cells.items() if n)


def named(district, cell):
    """A cell of a campaign beside those of a release."""
    return ((BROUGHT, district), *cell)


def cells_of_campaigns(campaigns, firm=None):
    """How many there are in each cell of each campaign, of one firm or of all."""
    cells = Counter()
    for district, held in campaigns.items():
        for who, keys in held.items():
            for (park, step), n in keys.items() if firm in (None, who) else ():
                for some in subsets(((PARTNER, park), (REACHED, step))):
                    cells[named(district, some)] += n
    return cells


class Together(Solver):
    """All that is known of a quarter and of its campaigns; `parks`: those of each district from which somebody came."""

    def __init__(self, cells, least=None, *, parks):
        super().__init__(cells, least)
        low, fixed = list(self.low), []
        for district, here in parks.items():
            through = []
            for park, step in product(here, STEPS):
                pairs = ((PARTNER, park), (REACHED, step))
                for some in subsets(pairs):
                    self.ways.setdefault(named(district, some), {}).setdefault(BROUGHT, []).append(self.columns)
                low.append((least or {}).get(named(district, pairs), 0))
                through += [self.columns] if step != "started" else []
                fixed += [self.columns] if step == "fixed" else []
                self.columns += 1
            self.rows.append((through, self.way((("channel", "web"), ("district", district))), -np.inf, 0))
        self.rows.append((fixed, self.way((("mended", "all"),)), -np.inf, 0))
        self.low = np.array(low, dtype=float)


def live_with_campaigns(city):
    """A quarter that is drafted again and again, and whose campaigns are told at each of these moments."""
    rng = city.rng
    city.come(QUARTER, rng.choice((60, 200, 400)))
    city.publish(QUARTER)
    for _ in range(5):
        city.come(QUARTER, rng.choice((1, 15, 60)))
        city.go_on(rng.choice((0, 1, 12)))
        city.publish(QUARTER)
    return city


def attack_together(city):
    """Everything that is found out by whoever reads releases and campaigns."""
    found, before, then = Counter(), None, {}
    for campaigns, release, people, brought in city.moments:
        counts = {cell: n for (_, cell), n in release.items() if "measure" not in dict(cell)} | campaigns
        truth = counted(people) + cells_of_campaigns(brought)
        own = {firm: mine + cells_of_campaigns(brought, firm) for firm, mine in owned(people).items()}
        parks = {d: sorted({park for keys in held.values() for park, _ in keys}) for d, held in brought.items()}
        make = partial(Together, parks={district: here for district, here in parks.items() if here})
        found.update(of_counts(before, counts, truth, own, make))
        found.update(of_unlisted(before, counts, truth, make))
        found.update(of_pattern(of_campaigns(before or {}), of_campaigns(counts)))
        found.update(of_change(before, campaigns, own, then))
        before = counts
    return +found


def of_campaigns(counts):
    return {cell: n for cell, n in counts.items() if cell and cell[0][0] == BROUGHT}


def of_unlisted(before, counts, truth, make):
    """A number of a campaign that is not told yet is open by half the threshold too."""
    solver = make(counts)
    for cell, n in counts.items():
        if n is not None and (before is None or before.get(cell) != n):
            solver.know(cell, n, n)
    small = [cell for cell in solver.ways if cell and cell[0][0] == BROUGHT and cell not in counts and truth[cell]]
    return Counter(unlisted=len(solver.narrowed(sorted(small))))
