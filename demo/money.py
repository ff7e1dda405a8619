"""Money of the demo city: fees that the owners of reviewed cases were offered or owe.

What a certificate lets off or puts off follows by itself from the waivers of the demo city.
"""

import itertools
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.fee_accounts import accept_fee
from billing.fees.catalogue import FIRM, get_catalogue
from billing.fees.offers import offer_fee
from checkup.cases.models import Checkup
from checkup.letters.paid_work import has_wished
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work

_GIVEN = {"units": "2", "value": "80000", None: ""}
_ACCEPTED = (True, True, False)  # two of three offers


def fill_money(firm_ids: Sequence[uuid.UUID]) -> None:
    """A fee for each reviewed case; a firm's own only where the owner asked."""
    services = itertools.cycle(get_catalogue().offered_on(city_day(now())))
    accepted = itertools.cycle(_ACCEPTED)
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.FIRM, firm_id)) as session:
            query = select(Checkup).where(Checkup.state.in_(("in_review", "signed"))).order_by(Checkup.started_at)
            for case in session.scalars(query).all():
                is_wished = has_wished(session, case, firm_id)
                service, price = next(one for one in services if is_wished or one[0].by != FIRM)
                _add_fee(session, case, service.id, _GIVEN[price.rule.asks], is_accepted=next(accepted))


def _add_fee(session: Session, case: Checkup, service_id: str, given: str, *, is_accepted: bool) -> None:
    fee = offer_fee(
        session,
        catalogue=get_catalogue(),
        checkup_id=case.id,
        service_id=service_id,
        given=given,
        by=case.owner_id,
        now=now(),
    )
    if is_accepted:
        accept_fee(session, fee_id=fee.id, now=now())
