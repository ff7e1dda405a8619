"""Somebody nobody knows yet begins at the city's reception."""

import uuid

from sqlalchemy.orm import Session

from checkup.cases.checkups import start_checkup
from checkup.cases.models import Checkup
from checkup.packs.catalogue import PACK
from cloud.cubes.act_rules import BEGUN
from tenants.base import RECEPTION_ID
from tenants.business_details import describe
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope
from tenants.people import start_guest
from webapp.edge.devices import note_checkup
from webapp.edge.i18n import locale
from webapp.edge.installation import installation


def begin_for_guest(
    work: Session,
    *,
    trade: str,
    channel: str,
    said_by: str,
    guest: uuid.UUID | None = None,
    once: uuid.UUID | None = None,
    reads: str | None = None,
) -> Checkup:
    """A new person's new checkup; the unit of work is in her scope afterwards.

    `said_by`: how she agreed; `guest`, `once`: the ids of person and checkup where the act has them; `reads`: her
    language, where it is not that of the page.
    """
    enter_scope(work, Scope(Audience.PUBLIC, RECEPTION_ID))
    owner_id = start_guest(work, now(), guest).id
    enter_scope(work, Scope(Audience.OWNER, RECEPTION_ID, owner_id))
    note_checkup(work, firm_id=RECEPTION_ID, owner_id=owner_id, act=BEGUN)
    return start_checkup(
        work,
        firm_id=RECEPTION_ID,
        owner_id=owner_id,
        details=describe(trade=trade),
        consents={},
        pack_id=PACK,
        locale=reads or locale(),
        keys=installation().keyring(),
        now=now(),
        channel=channel,
        said_by=said_by,
        once=once,
    )
