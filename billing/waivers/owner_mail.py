"""What an owner is told about her application: that something happened, never why; the words are on her page."""

import datetime as dt

from sqlalchemy.orm import Session

from billing.waivers.models import Waiver
from tenants import messages


def tell_owner(session: Session, row: Waiver, what: str, *, now: dt.datetime) -> None:
    """One message on the owner's page, in the transaction of the decision."""
    messages.tell_owner(session, f"waiver_{what}", row, now=now, number=row.number)
