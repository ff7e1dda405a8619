"""Delegates as a test needs them: an owner's draft or signed case, somebody asked by phone, accepted."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from checkup.cases.checkups import start_checkup
from checkup.delegates.accepting import accept
from checkup.delegates.asking import ask
from checkup.delegates.delegation_rules import ACCOUNTANT, LASTS, Asked
from checkup.packs.catalogue import PACK
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.business_details import describe
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.models import Person
from tenants.people import start_guest
from tenants.phones import keep_phone, phone_digest

PHONE, OTHER_PHONE = "13600136001", "13600136002"


@dataclass(frozen=True)
class Delegated:
    """A case, its owner, and what she has asked of the delegate with this phone."""

    owner: Scope
    checkup_id: UUID
    delegation_id: UUID
    person_id: UUID
    token: str

    @property
    def delegate(self):
        return Scope(Audience.DELEGATE, person_id=self.person_id)


def asked_for(areas=("tax",), *, fixes=False, messages=False, days=LASTS, name="刘会计"):
    return Asked(name, ACCOUNTANT, tuple(areas), fixes, messages, city_day(now()) + days)


def person_of(settings, phone=PHONE):
    """Whoever comes in with this phone; a new person where nobody does yet."""
    digest = phone_digest(phone, settings.pepper)
    with unit_of_work(Scope(Audience.PUBLIC, token=digest)) as work:
        held_by = work.scalars(select(Person.id).where(Person.phone_digest == digest)).one_or_none()
        if held_by:
            return held_by
        person_id = start_guest(work, now()).id
        enter_scope(work, Scope(Audience.OWNER, person_id=person_id))
        keep_phone(work, person_id=person_id, digest=digest, held_by=None)
        return person_id


def draft(settings):
    """A new owner at the reception who has told what the questions hang on; her scope and her checkup."""
    with unit_of_work(Scope(Audience.PUBLIC, RECEPTION_ID)) as work:
        owner_id = start_guest(work, now()).id
        owner = Scope(Audience.OWNER, RECEPTION_ID, owner_id)
        enter_scope(work, owner)
        details = describe(trade="catering", form="individual", staff=5, staff_to=9)
        row = start_checkup(
            work, firm_id=RECEPTION_ID, owner_id=owner_id, details=details, consents={}, pack_id=PACK,
            locale="zh-Hans", keys=settings.keyring(), now=now(),
        )  # fmt: skip
        return owner, row.id


def ask_somebody(settings, owner, checkup_id, *, phone=PHONE, accepts=True, **wanted):
    person_id = person_of(settings, phone)
    with unit_of_work(owner) as work:
        made, token = ask(
            work, checkup_id=checkup_id, asked=asked_for(**wanted), shop="王姐面馆",
            phone_digest=phone_digest(phone, settings.pepper), by=Actor(owner.person_id, "店主本人"), now=now(),
        )  # fmt: skip
    delegated = Delegated(owner, checkup_id, made.id, person_id, token)
    if accepts:
        with unit_of_work(delegated.delegate) as work:
            accept(work, delegation_id=made.id, person_id=person_id, now=now())
    return delegated


def delegate_draft(settings, **wanted):
    return ask_somebody(settings, *draft(settings), **wanted)
