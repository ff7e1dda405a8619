"""A firm's plan: what it may do, and its way to Stripe's pages. A checkup never depends on it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.fees.plans import MOST_SEATS, PLANS, PRO_BONO, Plan, has_room, plan_held, seats_allowed
from billing.stripe.models import FirmPlan, PlanVisit
from tenants import jobs
from tenants.base import new_id
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.models import Membership

_VISIT_MINUTES = 30  # Stripe's pages stay open for longer


@dataclass(frozen=True)
class Subscription:
    """What counts for a firm today. `row` None: it never subscribed."""

    plan: Plan
    row: FirmPlan | None
    members: int

    @property
    def allowed(self) -> int:
        """How many people it may have."""
        return seats_allowed(self.plan, 0 if self.row is None else self.row.seats)

    @property
    def is_in_arrears(self) -> bool:
        return self.row is not None and self.row.status in ("past_due", "unpaid", "incomplete")


def read_subscription_of(session: Session, firm_id: uuid.UUID) -> Subscription:
    """The firm's plan and how many people it has."""
    row = session.get(FirmPlan, firm_id)
    count = select(func.count(func.distinct(Membership.person_id))).where(Membership.firm_id == firm_id)
    plan = plan_held(row.plan, row.status) if row is not None else PRO_BONO
    return Subscription(plan, row, session.scalar(count) or 0)


def require_seat(session: Session, firm_id: uuid.UUID) -> None:
    """Raises: Invalid `seats` when the plan has no room for one more person."""
    held = read_subscription_of(session, firm_id)
    seats = 0 if held.row is None else held.row.seats
    if not has_room(held.plan, members=held.members, seats=seats):
        raise Invalid((FieldFault("email", "no_seat_left", {"most": held.allowed}),))


def require_branding(session: Session, firm_id: uuid.UUID) -> None:
    """Raises: Invalid `colour` when the plan does not hold an own logo and colour."""
    if not read_subscription_of(session, firm_id).plan.has_branding:
        raise Invalid((FieldFault("colour", "needs_plan"),))


def ask_checkout(
    session: Session, *, firm_id: uuid.UUID, plan_id: str, seats: int, by: uuid.UUID, now: dt.datetime
) -> PlanVisit:
    """Ask the worker for Stripe's Checkout. Raises: Invalid, Conflict `not_now` when the firm subscribes already."""
    faults = []
    if plan_id not in PLANS or plan_id == PRO_BONO.id:
        faults.append(FieldFault("plan", "unknown_option"))
    most = PLANS.get(plan_id, PRO_BONO).most_seats or MOST_SEATS
    if not 1 <= seats <= most:
        faults.append(FieldFault("seats", "seats_out_of_range", {"most": most}))
    if faults:
        raise Invalid(tuple(faults))
    if read_subscription_of(session, firm_id).plan is not PRO_BONO:
        raise Conflict("not_now")
    return _ask(session, firm_id=firm_id, kind="checkout", plan=plan_id, seats=seats, by=by, now=now)


def ask_portal(session: Session, *, firm_id: uuid.UUID, by: uuid.UUID, now: dt.datetime) -> PlanVisit:
    """Ask the worker for Stripe's customer portal. Raises: Conflict `not_now` for a firm unknown to Stripe."""
    if session.get(FirmPlan, firm_id) is None:
        raise Conflict("not_now")
    return _ask(session, firm_id=firm_id, kind="portal", plan=None, seats=0, by=by, now=now)


def _ask(
    session: Session, *, firm_id: uuid.UUID, kind: str, plan: str | None, seats: int, by: uuid.UUID, now: dt.datetime
) -> PlanVisit:
    row = PlanVisit(
        firm_id=firm_id, id=new_id(), kind=kind, plan=plan, seats=seats, state="pending", asked_by=by, asked_at=now
    )
    session.add(row)
    session.flush()
    jobs.defer(session, "open_plan_visit", firm_id=firm_id, visit_id=row.id)
    return row


def find_visit(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> PlanVisit | None:
    """The newest way to Stripe that is still open."""
    since = now - dt.timedelta(minutes=_VISIT_MINUTES)
    query = select(PlanVisit).where(PlanVisit.firm_id == firm_id, PlanVisit.asked_at > since)
    return session.scalars(query.order_by(PlanVisit.asked_at.desc()).limit(1)).first()
