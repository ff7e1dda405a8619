"""What waits for a bureau: each kind of work with how many and the nearest day, counted in the bureau's own role."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Date, cast, func, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from billing.hardship.models import HardshipPolicy
from billing.waivers.models import Waiver
from billing.waivers.queues import TO_DECIDE
from bureau.complaints.models import Complaint
from bureau.complaints.states import RUNNING
from bureau.oversight.purchase_models import Settlement
from bureau.parameters.emergency_models import Emergency
from bureau.parameters.models import Parameter
from bureau.quality.models import HourAnomaly
from tenants.firms.admission import list_part
from tenants.firms.states import SERVING
from tenants.login.officers import list_alone
from tenants.models import Firm, Partner

APPLICATIONS, COMPLAINTS, RELIEF = "applications", "complaints", "relief"
PARTNERS = "partners"
PARAMETERS, POLICIES, SETTLEMENTS, EMERGENCIES = "parameters", "policies", "settlements", "emergencies"
ANOMALIES, TICKETS, FIRM_REVIEWS = "anomalies", "tickets", "firm_reviews"


_Day = InstrumentedAttribute[dt.date] | InstrumentedAttribute[dt.date | None]


@dataclass(frozen=True)
class Waiting:
    """One kind of work: how many wait, and the nearest day by which one must be done, where there is a clock."""

    kind: str
    count: int
    first_due: dt.date | None = None

    def is_late(self, today: dt.date) -> bool:
        return self.first_due is not None and self.first_due < today


def list_waiting(session: Session, *, bureau_id: uuid.UUID, me: uuid.UUID, today: dt.date) -> Sequence[Waiting]:
    """Everything that waits for this officer, in the order of its clocks; nothing that she herself has proposed."""
    held = [
        _count(session, COMPLAINTS, Complaint.state.in_(RUNNING), due=Complaint.due_on),
        _count(session, APPLICATIONS, Firm.state == "applied"),
        _count(session, PARTNERS, Partner.state == "applied"),
        _count(session, FIRM_REVIEWS, Firm.state.in_(SERVING) & (Firm.review_on <= today), due=Firm.review_on),
        _count(session, RELIEF, Waiver.state.in_(TO_DECIDE), due=Waiver.due_on),
        _count(session, ANOMALIES, HourAnomaly.settled_at.is_(None)),
        *_to_approve(session, bureau_id, me, today),
    ]
    return sorted((one for one in held if one.count), key=lambda one: (one.first_due or dt.date.max, one.kind))


def _to_approve(session: Session, bureau_id: uuid.UUID, me: uuid.UUID, today: dt.date) -> list[Waiting]:
    """What a colleague of the same bureau has proposed; public money also where an officer below has no colleague."""
    return [
        _count(
            session,
            kind,
            model.bureau_id.in_(places) & (model.state == "proposed") & (proposer != me),
        )
        for kind, model, proposer, places in (
            (PARAMETERS, Parameter, Parameter.proposed_by, [bureau_id]),
            (POLICIES, HardshipPolicy, HardshipPolicy.proposed_by, [bureau_id]),
            (SETTLEMENTS, Settlement, Settlement.proposed_id, [bureau_id, *_alone_below(session, bureau_id)]),
        )
    ] + [
        _count(
            session,
            EMERGENCIES,
            (Emergency.bureau_id == bureau_id)
            & Emergency.agreed_at.is_(None)
            & Emergency.ended_at.is_(None)
            & (Emergency.begins_on >= today - dt.timedelta(days=1))
            & Emergency.made_id.is_distinct_from(me),
            due=Emergency.begins_on,
        )
    ]


def _alone_below(session: Session, bureau_id: uuid.UUID) -> set[uuid.UUID]:
    below = {one.id for one in list_part(session)} - {bureau_id}
    return list_alone(session, below) if below else set()


def _count(session: Session, kind: str, wanted: ColumnElement[bool], *, due: _Day | None = None) -> Waiting:
    nearest = cast(null(), Date) if due is None else func.min(due)
    count, first = session.execute(select(func.count(), nearest).where(wanted)).one()
    return Waiting(kind, count, first)
