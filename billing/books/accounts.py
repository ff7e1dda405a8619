"""The words of the ledger: accounts, kinds of posting, states of a fee and of an invoice. Pure.

Every posting moves one amount from one account (credit) to another (debit), so each is balanced by its form. The
balance of an account is debits less credits; over all accounts they add up to nothing, always.
"""

from collections.abc import Iterable
from enum import StrEnum

from tenants.lives import Life


class Account(StrEnum):
    """`receivable` is owed now, `deferred` is owed later; `reductions`, `refunds`, `written_off` lower `income`;
    `to_return` is money that came in twice and is on its way back."""

    RECEIVABLE = "receivable"
    DEFERRED = "deferred"
    INCOME = "income"
    REDUCTIONS = "reductions"
    CASH = "cash"
    REFUNDS = "refunds"
    TO_RETURN = "to_return"
    WRITTEN_OFF = "written_off"
    PLATFORM_CASH = "platform_cash"
    PLATFORM_INCOME = "platform_income"


OWED = (Account.RECEIVABLE, Account.DEFERRED)

# Kind of posting → (debit, credit). `payment` and `write_off` credit the account that the invoice stands in.
POSTINGS: dict[str, tuple[Account, Account]] = {
    "fee": (Account.RECEIVABLE, Account.INCOME),
    "reduction": (Account.REDUCTIONS, Account.RECEIVABLE),
    "recall": (Account.RECEIVABLE, Account.REDUCTIONS),
    "deferral": (Account.DEFERRED, Account.RECEIVABLE),
    "due": (Account.RECEIVABLE, Account.DEFERRED),
    "payment": (Account.CASH, Account.RECEIVABLE),
    "late_payment": (Account.CASH, Account.DEFERRED),
    "overpaid": (Account.RECEIVABLE, Account.TO_RETURN),
    "returned": (Account.TO_RETURN, Account.CASH),
    "refund": (Account.REFUNDS, Account.CASH),
    "write_off": (Account.WRITTEN_OFF, Account.RECEIVABLE),
    "subscription": (Account.PLATFORM_CASH, Account.PLATFORM_INCOME),
}

FEE_LIFE = Life(
    {
        ("offered", "accept"): "owed",
        ("offered", "decline"): "declined",
        ("owed", "settle"): "settled",
        ("settled", "reopen"): "owed",
    }
)
# A payment may be heard of before our own call has its answer, or while an invoice is being voided: money counts.
INVOICE_LIFE = Life(
    {
        ("pending", "issue"): "open",
        ("pending", "void"): "void",
        ("pending", "void_at_stripe"): "voiding",
        ("pending", "refuse"): "refused",
        ("refused", "retry"): "pending",
        ("refused", "void"): "void",
        ("open", "void_at_stripe"): "voiding",
        ("voiding", "void"): "void",
        ("pending", "pay"): "paid",
        ("open", "pay"): "paid",
        ("refused", "pay"): "paid",
        ("voiding", "pay"): "paid",
        ("void", "pay"): "paid",
    }
)
REFUND_STATES = ("pending", "done", "refused")
UNPAID = ("pending", "open", "refused")


def balances(postings: Iterable[tuple[str, str, int]]) -> dict[Account, int]:
    """Balance of each account, in fen, from (debit, credit, amount); accounts never touched are zero."""
    result = dict.fromkeys(Account, 0)
    for debit, credit, amount in postings:
        result[Account(debit)] += amount
        result[Account(credit)] -= amount
    return result
