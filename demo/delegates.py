"""A delegate of the demo city: one accountant with a few clients, asked and accepted as anywhere."""

import uuid
from collections.abc import Sequence

from checkup.cases.checkups import get_checkup
from checkup.delegates.accepting import accept
from checkup.delegates.asking import ask
from checkup.delegates.delegation_rules import ACCOUNTANT, LASTS, Asked
from demo.cases import Case
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.people import start_guest
from tenants.phones import keep_phone, phone_digest
from webapp.settings import Settings

DELEGATE_PHONE = "13700137000"
_NAME = "刘会计"
_AREAS = ("tax", "emp")


def ask_accountant(settings: Settings, cases: Sequence[Case]) -> None:
    """The first of these waits for her yes; in the others she fills areas of a draft, or sees things to do."""
    person_id = _come_in(settings)
    for number, case in enumerate(cases):
        delegation_id = _ask(settings, case)
        if number:
            with unit_of_work(Scope(Audience.DELEGATE, person_id=person_id)) as session:
                accept(session, delegation_id=delegation_id, person_id=person_id, now=now())


def _come_in(settings: Settings) -> uuid.UUID:
    """Somebody with this phone and without a checkup of her own."""
    digest = phone_digest(DELEGATE_PHONE, settings.pepper)
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as session:
        person = start_guest(session, now())
        enter_scope(session, Scope(Audience.OWNER, person_id=person.id))
        keep_phone(session, person_id=person.id, digest=digest, held_by=None)
        return person.id


def _ask(settings: Settings, case: Case) -> uuid.UUID:
    asked = Asked(_NAME, ACCOUNTANT, _AREAS, sees_fixes=True, reads_messages=False, until=city_day(now()) + LASTS)
    with unit_of_work(Scope(Audience.OWNER, case.firm_id, case.owner_id)) as session:
        shop = get_checkup(session, case.checkup_id, settings.keyring(), lock=False).business.name
        made, _token = ask(
            session,
            checkup_id=case.checkup_id,
            asked=asked,
            shop=shop,
            phone_digest=phone_digest(DELEGATE_PHONE, settings.pepper),
            by=Actor(case.owner_id, "店主本人"),
            now=now(),
        )
        return made.id
