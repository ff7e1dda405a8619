"""What is due when: an amount that is owed, cut by the terms of a waiver. Pure."""

import datetime as dt
from dataclasses import dataclass

from billing.books.accounts import Account
from billing.books.money import Money
from billing.books.terms import Terms

TERM = dt.timedelta(days=14)  # a fee without a waiver is due two weeks after the owner accepts it
NOTICE = dt.timedelta(days=7)  # a new plan asks for nothing sooner than in a week


@dataclass(frozen=True)
class Part:
    """One future invoice."""

    amount: Money
    due_on: dt.date
    account: Account


def plan(owed: Money, due_on: dt.date, terms: Terms | None = None, used_minor: int = 0) -> tuple[Part, ...]:
    """The parts of what is owed, by day; they add up to it exactly, the remainder of a division on the last.

    What the terms put off stands as deferred until it is paid; a cap leaves the rest due as if there were no waiver.
    """
    if not owed:
        return ()
    put_off = Money(0 if terms is None else terms.put_off(owed.amount_minor, used_minor), owed.currency)
    days = (due_on,) if terms is None or not put_off else terms.due_days(due_on)
    cut = put_off.split(len(days)) if put_off else (owed,)
    rest = [] if not put_off else [Part(owed - put_off, due_on, Account.RECEIVABLE)]
    parts = [
        Part(amount, day, Account.DEFERRED if day > due_on else Account.RECEIVABLE)
        for amount, day in zip(cut, days, strict=True)
    ]
    return tuple(part for part in (*rest, *parts) if part.amount)


def deferred(parts: tuple[Part, ...], currency: str) -> Money:
    """How much of it stands as deferred."""
    return Money.total((part.amount for part in parts if part.account is Account.DEFERRED), currency)
