"""What a granted waiver does to a fee: waive it, reduce it, put it off or cut it into instalments. Pure.

A waiver yields one `Terms`; the ledger applies it to fees. Amounts are whole fen.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from billing.books.fee_kinds import FEE_KINDS

ALL_BASIS_POINTS = 10_000
MOST_MONTHS = 36


class Relief(StrEnum):
    """The four ways to help."""

    WAIVE = "waive"
    REDUCE = "reduce"
    DEFER = "defer"
    INSTALMENTS = "instalments"


LETS_OFF = (Relief.WAIVE.value, Relief.REDUCE.value)  # the others put off


class InvalidTerms(ValueError):
    """`code` says why: unknown_kind, no_fee_kind, unknown_fee_kind, empty_range, bad_share, bad_months, bad_parts,
    bad_cap."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Terms:
    """Raises: InvalidTerms.

    `fee_kinds`: ids of `FEE_KINDS`. `valid_from` and `valid_until` (both included): the days on which a fee must
    have arisen. `basis_points`: what `reduce` lets off (3000 is 30 %). `months`: how much later the whole of a
    deferred fee is due. `instalments`: how many monthly parts. `cap_minor`: the most, in fen and over all fees
    together, that is let off (waive, reduce) or put off (defer, instalments); None is no limit.
    """

    relief: Relief
    fee_kinds: frozenset[str]
    valid_from: dt.date
    valid_until: dt.date
    basis_points: int = 0
    months: int = 0
    instalments: int = 0
    cap_minor: int | None = None

    def __post_init__(self) -> None:
        for code, is_wrong in (
            ("unknown_kind", self.relief not in set(Relief)),
            ("no_fee_kind", not self.fee_kinds),
            ("unknown_fee_kind", not self.fee_kinds <= FEE_KINDS.keys()),
            ("empty_range", self.valid_until < self.valid_from),
            ("bad_share", (self.relief == "reduce") != (0 < self.basis_points < ALL_BASIS_POINTS)),
            ("bad_months", (self.relief == "defer") != (0 < self.months <= MOST_MONTHS)),
            ("bad_parts", (self.relief == "instalments") != (1 < self.instalments <= MOST_MONTHS)),
            ("bad_cap", self.cap_minor is not None and (type(self.cap_minor) is not int or self.cap_minor <= 0)),
        ):
            if is_wrong:
                raise InvalidTerms(code)

    def covers(self, fee_kind: str, arisen_on: dt.date) -> bool:
        """Whether a fee of this kind that arose on this day is helped."""
        return fee_kind in self.fee_kinds and self.valid_from <= arisen_on <= self.valid_until

    @property
    def lets_off(self) -> bool:
        """Whether money is let off for good; otherwise it is only put off."""
        return self.relief in (Relief.WAIVE, Relief.REDUCE)

    def let_off(self, fee_minor: int, used_minor: int = 0) -> int:
        """Fen let off from a fee, to the fen, half up; never beyond what the cap leaves after `used_minor`."""
        share = {Relief.WAIVE: ALL_BASIS_POINTS, Relief.REDUCE: self.basis_points}.get(self.relief, 0)
        return self._within_cap((2 * fee_minor * share + ALL_BASIS_POINTS) // (2 * ALL_BASIS_POINTS), used_minor)

    def put_off(self, fee_minor: int, used_minor: int = 0) -> int:
        """Fen of a fee that may be paid later; the rest is due as if there were no waiver."""
        return 0 if self.lets_off else self._within_cap(fee_minor, used_minor)

    def _within_cap(self, amount_minor: int, used_minor: int) -> int:
        if self.cap_minor is None:
            return amount_minor
        return max(0, min(amount_minor, self.cap_minor - used_minor))

    def due_days(self, due_on: dt.date) -> tuple[dt.date, ...]:
        """When the part that is put off falls due, for a fee due on this day: once later, or month by month from it."""
        if self.relief is Relief.DEFER:
            return (months_later(due_on, self.months),)
        if self.relief is Relief.INSTALMENTS:
            return tuple(months_later(due_on, number) for number in range(self.instalments))
        return (due_on,)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day. Source: civil-code 202."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))
