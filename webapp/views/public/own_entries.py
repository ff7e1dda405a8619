"""What the one who holds this phone has begun."""

from collections.abc import Sequence

from checkup.cases.own_list import OwnEntry, list_own
from tenants.database import Audience, Scope, unit_of_work
from webapp.edge.people_here import current_owner


def own_entries() -> Sequence[OwnEntry]:
    """Newest first; nothing where nobody is here."""
    here = current_owner()
    if here is None:
        return ()
    with unit_of_work(Scope(Audience.SELF, person_id=here.person_id)) as work:
        return list_own(work)
