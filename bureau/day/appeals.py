"""Who decides an appeal against a decision on relief: never whoever decided first, and never nobody."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.waivers.content import get_waiver
from billing.waivers.models import Waiver
from tenants.bureaus import list_levels
from tenants.login.officers import Officer, list_officers
from tenants.models import Bureau, Firm
from tenants.translation.message_texts import Text, render_message

COLLEAGUE, ABOVE, NOBODY = "colleague", "above", "nobody"


def list_deciders(session: Session, row: Waiver) -> Sequence[Officer]:
    """Who is asked: colleagues of whoever decided, else the nearest bureau above, else those below that are in charge
    of the firm; empty where she is alone everywhere. Under Scope(WORKER, firm)."""
    levels = _levels(session, row)
    held = [list_officers(session, level) for level in levels]
    at = next((n for n, people in enumerate(held) if any(one.id == row.decided_by for one in people)), 0)
    others = ([one for one in people if one.id != row.decided_by] for people in (*held[at:], *reversed(held[:at])))
    return next(filter(None, others), [])


def list_to_tell(session: Session, waiver_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Whoever may decide the appeal, or, where nobody may, whoever decided first: she asks for somebody more."""
    row = get_waiver(session, waiver_id)
    if row.state != "appealed" or row.decided_by is None:
        return []
    return [one.id for one in list_deciders(session, row)] or [row.decided_by]


def write_mail(session: Session, waiver_id: uuid.UUID, *, to: uuid.UUID, locale: str) -> Text | None:
    """The number and the day, and nothing of the case; None once the appeal is decided."""
    row = get_waiver(session, waiver_id)
    if row.state != "appealed":
        return None
    template = "appeal_alone" if row.decided_by == to else "appeal_opened"
    return render_message(template, locale, {"number": row.number, "until_day": row.due_on})


def who_else(session: Session, row: Waiver, *, bureau_id: uuid.UUID, me: uuid.UUID) -> str:
    """Who can decide instead of this officer, as far as her bureau sees. Under Scope(BUREAU, bureau)."""
    if any(one.id != me for one in list_officers(session, bureau_id)):
        return COLLEAGUE
    if session.get_one(Bureau, bureau_id).parent_id:
        return ABOVE
    below = (one for level in _levels(session, row) for one in list_officers(session, level))
    return COLLEAGUE if any(one.id != me for one in below) else NOBODY


def _levels(session: Session, row: Waiver) -> list[uuid.UUID]:
    return list_levels(session, session.scalars(select(Firm.bureau_id).where(Firm.id == row.firm_id)).one())
