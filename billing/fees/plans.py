"""What firms may subscribe to, and what each plan lets them do. Pure.

The legal checkup is never part of it: no plan, no arrears and no unpaid bill ever stops a checkup or its review.
"""

from dataclasses import dataclass

from billing.books.money import Money


@dataclass(frozen=True)
class Plan:
    """`price` per seat and month; `seats` are free of charge with it, `most_seats` None is no limit."""

    id: str
    name: dict[str, str]
    price: Money
    most_seats: int | None
    has_branding: bool


PRO_BONO = Plan("pro-bono", {"zh-Hans": "公益版", "en": "Pro bono"}, Money(0), 10, has_branding=False)
PLANS: dict[str, Plan] = {
    plan.id: plan
    for plan in (
        PRO_BONO,
        Plan("standard", {"zh-Hans": "标准版", "en": "Standard"}, Money(4_900), 30, has_branding=True),
        Plan("full", {"zh-Hans": "完整版", "en": "Full"}, Money(9_900), None, has_branding=True),
    )
}
MOST_SEATS = 500
# Stripe's states in which a paid plan holds. In arrears it holds as well, until Stripe gives up: reminders first.
HELD = frozenset({"trialing", "active", "past_due"})


def plan_held(plan_id: str | None, status: str | None) -> Plan:
    """The plan whose entitlements count; whatever is unknown, ended or never paid falls back to the free one."""
    return PLANS.get(plan_id or "", PRO_BONO) if status in HELD else PRO_BONO


def seats_allowed(plan: Plan, seats: int) -> int:
    """How many people a firm may have: as many as were bought, and never fewer than without paying."""
    free = PRO_BONO.most_seats or 0
    return free if plan is PRO_BONO else max(free, seats)


def has_room(plan: Plan, *, members: int, seats: int) -> bool:
    """Whether one more person fits."""
    return members < seats_allowed(plan, seats)


def monthly(plan: Plan, seats: int) -> Money:
    """What a month costs."""
    return Money(plan.price.amount_minor * seats, plan.price.currency)
