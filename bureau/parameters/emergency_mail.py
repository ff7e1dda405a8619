"""An e-mail the moment an emergency is opened: to whoever is above and can end it, and to who can agree to it."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from bureau.parameters.emergencies import last_day
from bureau.parameters.emergency_models import Emergency
from tenants.bureaus import list_levels
from tenants.login.officers import Officer, list_nearest, list_officers
from tenants.models import Bureau
from tenants.translation.message_texts import Text, render_message


def list_to_tell(session: Session, emergency_id: uuid.UUID) -> Sequence[Officer]:
    """Everybody else at the bureau, and the officers of the nearest bureau above. Under Scope(WORKER)."""
    row = session.get_one(Emergency, emergency_id)
    own, *above = list_levels(session, row.bureau_id)
    colleagues = [one for one in list_officers(session, own) if one.id != row.made_id]
    return [*colleagues, *(list_nearest(session, above[0]) if above else ())]


def write_mail(session: Session, emergency_id: uuid.UUID, locale: str) -> Text | None:
    """Who opened it, where, why, and by when it lapses; None once it has been ended."""
    row = session.get_one(Emergency, emergency_id)
    if row.ended_at is not None:
        return None
    bureau = session.get_one(Bureau, row.bureau_id)
    facts = {"bureau": bureau, "name": row.made_by, "why": row.reason, "first": row.begins_on, "last": row.ends_on}
    return render_message("emergency_opened", locale, {**facts, "until_day": last_day(row)})
