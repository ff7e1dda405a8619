"""What a service costs, calculated line by line so that every fen can be explained. Pure.

Three rules: a flat price; so much per unit; a part of the value at stake, in brackets that each count for their own
slice (ad valorem). Rounding: each line to the fen, half up.
"""

from dataclasses import dataclass
from fractions import Fraction

from billing.books.money import InvalidMoney, Money, half_up
from tenants.errors import Unreadable
from tenants.typed.numbers import whole

ALL_BASIS_POINTS = 10_000
MOST_UNITS = 10_000


class NoPrice(ValueError):
    """`code` says why: not_a_whole_number, out_of_units, not_money, fraction_of_a_fen, negative, too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Line:
    """One line of a calculation. `code` names its sentence (`webapp`), `params` what is filled in, `fen` its sum."""

    code: str
    params: tuple[tuple[str, str], ...]
    fen: int


@dataclass(frozen=True)
class Price:
    total: Money
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Flat:
    """The same for everybody."""

    amount: Money
    asks = None

    def price(self, _given: str = "") -> Price:
        return Price(self.amount, (Line("flat", (), self.amount.amount_minor),))


@dataclass(frozen=True)
class PerUnit:
    """So much for each; `unit` names it."""

    each: Money
    unit: dict[str, str]
    asks = "units"

    def price(self, given: str) -> Price:
        """`given`: how many, from 1. Raises: NoPrice."""
        try:
            units = whole(given, least=1, most=MOST_UNITS)
        except Unreadable as refused:
            raise NoPrice("out_of_units" if refused.code == "not_between" else "not_a_whole_number") from None
        total = Money(self.each.amount_minor * units, self.each.currency)
        return Price(
            total, (Line("per_unit", (("units", str(units)), ("each", self.each.written())), total.amount_minor),)
        )


@dataclass(frozen=True)
class Bracket:
    """Up to `to` (None: without end) a fixed amount, or `basis_points` of the slice above the bracket before."""

    to: Money | None
    flat: Money | None
    basis_points: int


@dataclass(frozen=True)
class AdValorem:
    """By the value at stake; `least` is asked in any case, `most` never exceeded."""

    brackets: tuple[Bracket, ...]
    least: Money | None = None
    most: Money | None = None
    asks = "value"

    def price(self, given: str) -> Price:
        """`given`: the value at stake in yuan, as written. Raises: NoPrice."""
        try:
            value = Money.parse(given)
        except InvalidMoney as refused:
            raise NoPrice(refused.code) from None
        lines: list[Line] = []
        below = Money.zero(value.currency)
        for bracket in self.brackets:
            if value <= below and lines:
                break
            top = value if bracket.to is None or value < bracket.to else bracket.to
            lines.append(_line(bracket, below, top))
            below = top
        return self._within(Money(sum(line.fen for line in lines), value.currency), lines)

    def _within(self, total: Money, lines: list[Line]) -> Price:
        for code, limit, applies in (
            ("least", self.least, self.least is not None and total < self.least),
            ("most", self.most, self.most is not None and total > self.most),
        ):
            if applies and limit is not None:
                lines.append(Line(code, (("limit", limit.written()),), limit.amount_minor - total.amount_minor))
                total = limit
        return Price(total, tuple(lines))


def _line(bracket: Bracket, below: Money, top: Money) -> Line:
    if bracket.flat is not None:
        return Line("bracket_flat", (("top", top.written()),), bracket.flat.amount_minor)
    slice_fen = (top - below).amount_minor
    fen = half_up(Fraction(slice_fen * bracket.basis_points, ALL_BASIS_POINTS))
    percent = f"{bracket.basis_points / 100:g}"
    return Line("bracket_share", (("below", below.written()), ("top", top.written()), ("percent", percent)), fen)


Rule = Flat | PerUnit | AdValorem
