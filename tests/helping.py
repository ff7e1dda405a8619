"""Helpers of the demo city at work, as a test needs them: the scope of one, an owner who has agreed, a claim code."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from checkup.assisting.agreeing import Agreed, agree
from checkup.assisting.assist_rules import FILL, IN_PERSON, LIGHT
from checkup.assisting.claiming import issue_claim
from checkup.cases.checkups import start_checkup
from checkup.packs.catalogue import PACK
from tenants.audit import Actor
from tenants.base import RECEPTION_ID
from tenants.business_details import describe
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.login.models import HelperPost
from tenants.models import Station
from tenants.people import find_staff, start_guest
from tests.visits import log_in

HELPER, SEAT, NEW = "helper@youyi.example", "seat@12348.example", "new@youyi.example"
SHOP = {"form": "individual", "staff": 5, "staff_to": 9}


@dataclass(frozen=True)
class Helped:
    """A draft at the reception, its owner, and the help that runs."""

    owner_id: UUID
    checkup_id: UUID
    help_id: UUID
    number: str

    @property
    def owner(self):
        return Scope(Audience.OWNER, RECEPTION_ID, self.owner_id)


def scope_of(email):
    """The scope in which this helper works."""
    with unit_of_work(Scope(Audience.AUTH, token=email)) as work:
        person = find_staff(work, email)
        enter_scope(work, Scope(Audience.AUTH, person_id=person.id))
        station_id = work.scalars(select(HelperPost.station_id).where(HelperPost.person_id == person.id)).one()
    return Scope(Audience.HELPER, person_id=person.id, station_id=station_id)


def agreed_of(email, *, purpose=FILL, channel=IN_PERSON, shows=LIGHT):
    scope = scope_of(email)
    with unit_of_work(scope) as work:
        station = work.get_one(Station, scope.station_id)
    return Agreed(station, Actor(scope.person_id, "周姐"), purpose, channel, shows)


def help_somebody(settings, email=HELPER, **said):
    """A new owner, her draft at the reception, and her yes to this helper."""
    agreed = agreed_of(email, **said)
    with unit_of_work(Scope(Audience.PUBLIC, RECEPTION_ID)) as work:
        owner_id = start_guest(work, now()).id
        enter_scope(work, Scope(Audience.OWNER, RECEPTION_ID, owner_id))
        row = start_checkup(
            work, firm_id=RECEPTION_ID, owner_id=owner_id, details=describe(trade="catering", **SHOP), consents={},
            pack_id=PACK, locale="zh-Hans", keys=settings.keyring(), now=now(), channel="helper", said_by="in_person",
        )  # fmt: skip
        made = agree(work, checkup_id=row.id, agreed=agreed, now=now())
        return Helped(owner_id, row.id, made.id, row.case_number)


def claim_code(settings, helped, sent="paper"):
    with unit_of_work(helped.owner) as work:
        by = Actor(None, "周姐")
        return issue_claim(work, help_id=helped.help_id, sent=sent, pepper=settings.pepper, by=by, now=now())


def log_in_colleague(app):
    """The browser of another helper of the same station, who has said yes to secrecy just now."""
    browser = log_in(app, NEW)
    browser.post("/helper/duty", data={"agreed": "yes"})
    return browser
