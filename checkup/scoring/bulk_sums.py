"""From rated columns to scores, bounds and grades, in the whole numbers of `exact.py`. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from checkup.packs.values import GRADES, Pack, Risk
from checkup.scoring.exact import UNIT, Scale, units
from checkup.scoring.ladder import POINTS

_Counts = Callable[["Terms", int], pl.Expr]


@dataclass(frozen=True)
class Terms:
    """One risk's columns in a rated frame; `weight` counts only where the risk applies for certain."""

    risk: Risk
    applies: pl.Expr
    lo: pl.Expr
    hi: pl.Expr
    is_decided: pl.Expr

    @classmethod
    def of(cls, risk: Risk) -> "Terms":
        return cls(risk, *(pl.col(f"{kind}:{risk.id}") for kind in ("applies", "lo", "hi", "decided")))

    @property
    def weight(self) -> pl.Expr:
        return self.applies.fill_null(False).cast(pl.Int32) * self.risk.weight

    @property
    def likelihood(self) -> pl.Expr:
        """L: the known value, else `if_unknown` within the interval, else its middle."""
        if self.risk.if_unknown is None:
            return (self.lo + self.hi) // 2
        return pl.lit(units(self.risk.if_unknown), pl.Int32).clip(self.lo, self.hi)

    @property
    def decided(self) -> pl.Expr:
        """Its weight where this path can decide it."""
        return (self.is_decided & self.applies.fill_null(True)).cast(pl.Int32) * self.risk.weight

    @property
    def known(self) -> pl.Expr:
        """Its weight where it is decided."""
        return (self.is_decided & self.applies.fill_null(False) & (self.lo == self.hi)).cast(
            pl.Int32
        ) * self.risk.weight


def enough_known(pack: Pack, sums: pl.DataFrame) -> pl.Series:
    """Whether so much of what the path can decide is known that there is a verdict."""
    least = Fraction(str(pack.model.enough_from))
    known = pl.col("known") * least.denominator >= pl.col("decided") * least.numerator
    return sums.select(enough=known & ((pl.col("decided") > 0) | (not least))).to_series()


def extreme(
    rated: pl.DataFrame,
    sums: pl.DataFrame,
    terms: Sequence[Terms],
    harm: str,
    end: Callable[[Terms], pl.Expr],
    *,
    worst: bool,
) -> pl.DataFrame:
    """`weight` and `harm` of the extreme ratio over every choice of the possible risks.

    A possible risk belongs to the best choice exactly if it lies beyond the best ratio; so start from the applying
    risks alone and add what lies beyond the ratio so far, until nothing moves (Dinkelbach's method; a few rounds).
    """
    base = sums.select("weight", harm=harm)
    conditional = [t for t in terms if rated[f"applies:{t.risk.id}"].null_count()]
    if not conditional:
        return base
    none_yet = (pl.col("weight") == 0) & sums["is_possible"]
    now = base.select(
        weight=pl.when(none_yet).then(1).otherwise("weight"),
        harm=pl.when(none_yet).then(0 if worst else UNIT).otherwise("harm"),
    )
    while True:
        added = rated.select(*_added(conditional, end, now, worst=worst)).cast(pl.Int64)
        weight, total = base["weight"] + added["weight"], base["harm"] + added["harm"]
        after = now.select(
            weight=pl.when(weight > 0).then(weight).otherwise("weight"),
            harm=pl.when(weight > 0).then(total).otherwise("harm"),
        )
        if (after["harm"] * now["weight"] == now["harm"] * after["weight"]).all():
            return after
        now = after


def _added(
    conditional: Sequence[Terms], end: Callable[[Terms], pl.Expr], now: pl.DataFrame, *, worst: bool
) -> tuple[pl.Expr, pl.Expr]:
    weights, harms = [], []
    for term in conditional:
        own = end(term).cast(pl.Int64) * now["weight"]
        is_beyond = term.applies.is_null() & ((own > now["harm"]) if worst else (own < now["harm"]))
        weight = is_beyond.cast(pl.Int32) * term.risk.weight
        weights.append(weight)
        harms.append(weight * end(term))
    return pl.sum_horizontal(weights).alias("weight"), pl.sum_horizontal(harms).alias("harm")


def _numerator(pack: Pack) -> pl.Expr:
    rest = 100 * (UNIT * pl.col("weight") - pack.model.stretch * pl.col("harm"))
    return pl.max_horizontal(rest, pl.lit(0, pl.Int64))


def scores(pack: Pack, harm: pl.DataFrame) -> pl.Series:
    """The nearest decimal of each score; null for no risk at all."""
    share = _numerator(pack) / (UNIT * pl.col("weight"))
    return harm.select(pl.when(pl.col("weight") > 0).then(share)).to_series()


def grades(pack: Pack, harm: pl.DataFrame, rated: pl.DataFrame, counts: _Counts) -> pl.DataFrame:
    """`grade` and `held_by`; `counts(terms, least)` says where a risk is at least so likely (in units)."""
    whole = UNIT * pl.col("weight")
    points = pl.sum_horizontal(
        (_numerator(pack) * bottom < top * whole).cast(pl.Int8) for top, bottom in Scale.of(pack).bands
    )
    frame = rated.select(*_standing(pack, counts)).with_columns(
        harm.select(points=pl.when(pl.col("weight") > 0).then(points)).to_series()
    )
    held = [
        (rung.id, GRADES.index(rung.at_most), pl.col(str(place)) >= rung.count)
        for place, rung in enumerate(pack.model.ladder)
    ]
    lowest = pl.max_horizontal("points", *(pl.when(holds).then(place) for _, place, holds in held))
    frame = frame.with_columns(place=pl.when(pl.col("points").is_not_null()).then(lowest))
    rule = pl.coalesce(
        pl.when(pl.col("place") == pl.col("points")).then(pl.lit(POINTS)),
        *(pl.when(holds & (pl.col("place") == place)).then(pl.lit(name)) for name, place, holds in held),
    )
    letters = pl.col("place").cast(pl.Int32).replace_strict(dict(enumerate(GRADES)), return_dtype=pl.String)
    return frame.select(grade=letters, held_by=rule)


def _standing(pack: Pack, counts: _Counts) -> list[pl.Expr]:
    """How many risks stand on each rung."""
    return [
        pl.sum_horizontal(
            pl.repeat(0, pl.len(), dtype=pl.Int32),
            *(
                counts(Terms.of(risk), units(rung.likelihood)).fill_null(False).cast(pl.Int32)
                for risk in pack.risks
                if risk.severity in rung.severities
            ),
        ).alias(str(place))
        for place, rung in enumerate(pack.model.ladder)
    ]
