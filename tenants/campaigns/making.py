"""A bureau or a firm makes a campaign, lets it begin and ends it; each move dated. A bureau says who takes part, in a
firm's own it is the firm alone.

Under the scope of whoever made it, Scope(BUREAU) or Scope(FIRM); a bureau ends a firm's too.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tenants.audit import Actor
from tenants.campaigns.models import Campaign, CampaignEvent, CampaignFirm, CampaignLink, CampaignPartner
from tenants.campaigns.states import ENDED, LIFE, RUNNING
from tenants.clock import city_day
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.languages import LOCALES
from tenants.models import Partner
from tenants.numbers import mint
from tenants.parks.states import SERVING
from tenants.rows import get_one
from tenants.typed.words import check_line

MOST_NAME, MOST_PURPOSE, MOST_WHY, MOST_BUDGET, MOST_QUOTA = 40, 120, 500, 100_000, 5_000
LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """What a campaign is. `focus`: a domain of the pack, or none; `budget` 0: without a limit."""

    name: str
    name_en: str
    purpose: str
    purpose_en: str
    focus: str
    begins_on: dt.date
    ends_on: dt.date
    languages: tuple[str, ...]
    budget: int


def make_campaign(
    session: Session,
    plan: Plan,
    *,
    bureau_id: uuid.UUID,
    by: Actor,
    now: dt.datetime,
    by_firm: uuid.UUID | None = None,
) -> Campaign:
    """A draft that no owner and no partner sees. Raises: Invalid on the days or the languages."""
    _check(plan, city_day(now))
    made = {"bureau_id": bureau_id, "by_firm": by_firm, "number": mint("ZX", at=now), "made_at": now}
    row = Campaign(**made, state="drafted", **_columns(plan))
    session.add(row)
    session.flush()
    if by_firm is not None:
        # How many it takes is its budget alone.
        session.add(CampaignFirm(campaign_id=row.id, reader_id=by_firm, quota=MOST_QUOTA))
    _note(session, row, "", by, now)
    return row


def change_plan(session: Session, row: Campaign, plan: Plan, *, today: dt.date) -> None:
    """While it is a draft everything; while it runs its last day and its budget too, for the posters hang already.

    Raises: Invalid, Conflict `not_now`.
    """
    if row.state not in ("drafted", RUNNING):
        raise Conflict("not_now")
    _check(plan, today)
    kept = ("ends_on", "budget") if row.state == RUNNING else tuple(_columns(plan))
    for name in kept:
        setattr(row, name, _columns(plan)[name])
    session.flush()


def _columns(plan: Plan) -> dict[str, object]:
    return asdict(plan) | {
        "name_en": plan.name_en or plan.name,
        "purpose_en": plan.purpose_en or plan.purpose,
        "languages": " ".join(plan.languages),
    }


def _check(plan: Plan, today: dt.date) -> None:
    faults = []
    least, most = max(plan.begins_on, today), plan.begins_on + LONGEST
    if not least <= plan.ends_on <= most:
        faults.append(FieldFault("ends_on", "date_out_of_range", {"least": least, "most": most}))
    if not set(plan.languages) <= set(LOCALES):
        faults.append(FieldFault("languages", "unknown_option"))
    if faults:
        raise Invalid(tuple(faults))


def set_partners(session: Session, row: Campaign, wanted: Collection[uuid.UUID]) -> None:
    """Exactly these take part; one whose links are out already stays. Raises: Invalid, Conflict `not_now`."""
    _check_open(row)
    serving = set(session.scalars(select(Partner.id).where(Partner.state == SERVING)))
    held = set(list_partner_ids(session, row.id))
    bound = set(session.scalars(select(CampaignLink.partner_id).where(CampaignLink.campaign_id == row.id)))
    if not set(wanted) <= serving | held:
        raise Invalid((FieldFault("partners", "unknown_option"),))
    gone = held - set(wanted) - bound
    session.execute(
        delete(CampaignPartner).where(CampaignPartner.campaign_id == row.id, CampaignPartner.partner_id.in_(gone))
    )
    session.add_all(CampaignPartner(campaign_id=row.id, partner_id=one) for one in set(wanted) - held)
    session.flush()


def set_firms(session: Session, row: Campaign, quotas: Mapping[uuid.UUID, int]) -> None:
    """Exactly these firms read for it, each so many owners at most. Raises: Invalid on `quota`, Conflict `not_now`."""
    _check_open(row)
    if not all(0 < quota <= MOST_QUOTA for quota in quotas.values()):
        raise Invalid((FieldFault("quota", "seats_out_of_range", {"most": MOST_QUOTA}),))
    held = {one.reader_id: one for one in list_firms(session, row.id)}
    for firm_id, quota in quotas.items():
        if firm_id in held:
            held[firm_id].quota = quota
        else:
            session.add(CampaignFirm(campaign_id=row.id, reader_id=firm_id, quota=quota))
    for firm_id in held.keys() - quotas.keys():
        session.delete(held[firm_id])
    session.flush()


def _check_open(row: Campaign) -> None:
    if row.state not in ("drafted", RUNNING):
        raise Conflict("not_now")


def move(session: Session, row: Campaign, step: str, *, why: str, by: Actor, now: dt.datetime) -> None:
    """`open` a draft that has a partner or is a firm's, `drop` it, or `end` what runs.

    Raises: Invalid, Conflict `not_now`.
    """
    reason = check_line(why, "why", most=MOST_WHY, needed=step == "end")
    if step == "open" and row.by_firm is None and not list_partner_ids(session, row.id):
        raise Invalid((FieldFault("partners", "required"),))
    was, row.state = row.state, LIFE.after(row.state, step)
    session.flush()
    _note(session, row, was, by, now, reason)


def end_over(session: Session, *, today: dt.date, by: Actor, now: dt.datetime) -> Sequence[Campaign]:
    """Whatever has had its last day is ended, under Scope(WORKER)."""
    query = select(Campaign).where(Campaign.state == RUNNING, Campaign.ends_on < today)
    rows = session.scalars(query.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.state = ENDED
        _note(session, row, RUNNING, by, now)
    return rows


def _note(session: Session, row: Campaign, was: str, by: Actor, now: dt.datetime, why: str = "") -> None:
    session.add(
        CampaignEvent(
            campaign_id=row.id, actor_id=by.id, actor_name=by.name, was=was, became=row.state, why=why, at=now
        )
    )
    session.flush()


def list_campaigns(session: Session) -> Sequence[Campaign]:
    """Those that the scope reads, the newest first."""
    return session.scalars(select(Campaign).order_by(Campaign.made_at.desc(), Campaign.id)).all()


def get_campaign(session: Session, campaign_id: uuid.UUID, *, lock: bool = False) -> Campaign:
    """Raises: NotFound."""
    query = select(Campaign).where(Campaign.id == campaign_id)
    return get_one(session, query.with_for_update() if lock else query)


def list_partner_ids(session: Session, campaign_id: uuid.UUID) -> Sequence[uuid.UUID]:
    return session.scalars(select(CampaignPartner.partner_id).where(CampaignPartner.campaign_id == campaign_id)).all()


def list_firms(session: Session, campaign_id: uuid.UUID) -> Sequence[CampaignFirm]:
    return session.scalars(select(CampaignFirm).where(CampaignFirm.campaign_id == campaign_id)).all()


def list_events(session: Session, campaign_id: uuid.UUID) -> Sequence[CampaignEvent]:
    """Every move of it, oldest first."""
    query = select(CampaignEvent).where(CampaignEvent.campaign_id == campaign_id)
    return session.scalars(query.order_by(CampaignEvent.at, CampaignEvent.id)).all()
