"""Money: whole fen and a currency. Exact, never a float; pure.

Rounding, wherever a share or a price leaves a fraction of a fen: to the fen, half up (half a fen counts as one,
on the side away from zero). A sum in instalments is cut into equal whole fen; what is left over is on the last.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

# Digits after the point of each currency that the house may book; others are refused.
CURRENCIES = {"CNY": 2, "HKD": 2}
HOME = "CNY"
MOST_MINOR = 10**14
_WRITTEN = re.compile(r"(?P<sign>[-−]?)(?P<whole>\d{1,3}(,\d{3})+|\d+)(\.(?P<part>\d*))?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


class InvalidMoney(ValueError):
    """`code` says why: not_money, fraction_of_a_fen, negative, too_large, unknown_currency, mixed_currencies."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, order=False)
class Money:
    """`amount_minor` whole fen (negative in differences and balances only). Raises: InvalidMoney."""

    amount_minor: int
    currency: str = HOME

    def __post_init__(self) -> None:
        if type(self.amount_minor) is not int:
            raise InvalidMoney("fraction_of_a_fen" if isinstance(self.amount_minor, float) else "not_money")
        if self.currency not in CURRENCIES:
            raise InvalidMoney("unknown_currency")
        if abs(self.amount_minor) > MOST_MINOR:
            raise InvalidMoney("too_large")

    @classmethod
    def parse(cls, text: str, currency: str = HOME) -> "Money":
        """What a person wrote in yuan (`1,200.5`, `１２００元`), exactly. Raises: InvalidMoney, negative included."""
        if currency not in CURRENCIES:
            raise InvalidMoney("unknown_currency")
        written = text.strip().translate(_FULL_WIDTH).removeprefix("¥").removeprefix("￥").removesuffix("元").strip()
        found = _WRITTEN.fullmatch(written)
        if found is None or not text.isprintable():
            raise InvalidMoney("not_money")
        digits, part = CURRENCIES[currency], (found["part"] or "").rstrip("0")
        if len(part) > digits:
            raise InvalidMoney("fraction_of_a_fen")
        amount = int(found["whole"].replace(",", "")[:20] + part.ljust(digits, "0"))
        if found["sign"] and amount:
            raise InvalidMoney("negative")
        return cls(amount, currency)

    @classmethod
    def zero(cls, currency: str = HOME) -> "Money":
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable["Money"], currency: str = HOME) -> "Money":
        """The sum; nothing at all is zero of `currency`."""
        result = cls(0, currency)
        for amount in amounts:
            result += amount
        return result

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount_minor + self._like(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount_minor - self._like(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount_minor < self._like(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount_minor <= self._like(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount_minor > self._like(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount_minor >= self._like(other)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def share(self, numerator: int, denominator: int = 100) -> "Money":
        """That part of it (`share(30)` is 30 %), to the fen, half up."""
        return Money(half_up(Fraction(self.amount_minor * numerator, denominator)), self.currency)

    def split(self, parts: int) -> tuple["Money", ...]:
        """Equal whole fen, the remainder on the last. Raises: InvalidMoney `not_money` for fewer than one part."""
        if type(parts) is not int or parts < 1:
            raise InvalidMoney("not_money")
        each = abs(self.amount_minor) // parts * (1 if self.amount_minor >= 0 else -1)
        last = self.amount_minor - each * (parts - 1)
        return (*(Money(each, self.currency),) * (parts - 1), Money(last, self.currency))

    def written(self) -> str:
        """`1,234.50`, without the currency's sign."""
        digits = CURRENCIES[self.currency]
        whole, part = divmod(abs(self.amount_minor), 10**digits)
        return f"{'-' if self.amount_minor < 0 else ''}{whole:,}.{part:0{digits}d}"

    def _like(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise InvalidMoney("mixed_currencies")
        return other.amount_minor


def half_up(exact: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return whole if exact >= 0 else -whole
