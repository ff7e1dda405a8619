"""Numbers about a business as people will tell them: in bands whose edges are where something changes. Pure.

A band begins where the official table puts a limit for the trade (`tenants.sizes`) or where the questions ask more
(`MET_BY_QUESTIONS`), so its lower end answers every comparison for the whole band.
"""

from dataclasses import dataclass

from tenants.sizes import TRADES, Limits

# What packs compare with: from so many people on; up to 120 万元 (the first figure above it opens the next band), from
# 400 万元 on. A test holds it against every condition of the shipped packs.
MET_BY_QUESTIONS: dict[str, tuple[float, ...]] = {"staff": (1, 5, 10, 20, 31), "revenue": (120.01, 400), "assets": ()}
MOST = {"staff": 100_000, "revenue": 100_000_000, "assets": 100_000_000}
BANDED = tuple(MET_BY_QUESTIONS)


@dataclass(frozen=True)
class Band:
    """From `low` on, below `high`; the last one goes as far as numbers may."""

    low: float
    high: float

    @property
    def id(self) -> str:
        return f"{self.low:g}-{self.high:g}"


def told(field: str, band: Band) -> dict[str, float]:
    """What is kept of a band that was told: `field` and `field_to`. People are whole: theirs ends below the next."""
    low, high = (int(band.low), int(band.high) - 1) if field == "staff" else (band.low, band.high)
    return {field: low, f"{field}_to": high}


def band_told(field: str, low: float, upper: float) -> Band:
    """The band of which this was kept."""
    return Band(low, upper + 1 if field == "staff" else upper)


def bands_of(field: str, trade: str) -> tuple[Band, ...]:
    """The bands of `staff` (people), `revenue` or `assets` (万元) for a trade, in order; where no trade is known, with
    the limits of every trade."""
    rows = [TRADES[trade]] if trade in TRADES else TRADES.values()
    limits: list[Limits] = [one for row in rows for one in (row.small, row.medium, row.large)]
    edges = sorted({0.0, *MET_BY_QUESTIONS[field], *(one[field] for one in limits if field in one)})
    return tuple(Band(low, high) for low, high in zip(edges, (*edges[1:], MOST[field]), strict=True))


def find_held(field: str, band_id: str) -> Band | None:
    """A band of whatever trade."""
    every = (find_band(field, trade, band_id) for trade in ("", *TRADES))
    return next((band for band in every if band is not None), None)


def find_band(field: str, trade: str, band_id: str) -> Band | None:
    return next((band for band in bands_of(field, trade) if band.id == band_id), None)
