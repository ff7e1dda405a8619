"""A mediation by the services that the three use, up to any state."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from checkup.mediation import agreement, asking, seats, steps, talking
from checkup.mediation.asking import Wish
from checkup.mediation.events import Taken, get_mediation
from checkup.mediation.models import Mediation
from checkup.mediation.steps import Meeting
from demo.cases import Case
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.providers.models import ProviderPerson
from tenants.uploads import CheckedFile
from tests.bodies import scope_of
from tests.factories import owner_scope
from tests.referring import CHIEF, refer, take_steps
from webapp.settings import Settings

OTHER = "大华食品有限公司"
BY = Actor(None, "店主本人")
WISH = Wish(OTHER, "去年的货款四万块，想分两次付清。")


@dataclass
class Talk:
    """One mediation and the ways in of all three."""

    settings: Settings
    case: Case
    referral_id: uuid.UUID
    id: uuid.UUID
    other: Scope | None = None

    def scope(self, side: str) -> Scope:
        if side == "owner":
            return owner_scope(self.case)
        if side == "body":
            return scope_of(CHIEF)
        assert self.other is not None
        return self.other

    def ids(self, side: str) -> dict[str, uuid.UUID]:
        return {"checkup_id": self.case.checkup_id} if side == "owner" else {}

    def row(self, side: str = "body") -> Mediation:
        with unit_of_work(self.scope(side)) as session:
            return get_mediation(session, self.id)

    def invite(self) -> seats.Invitation:
        with unit_of_work(self.scope("body")) as session:
            given = {"mediation_id": self.id, "actor": "方主任", "pepper": self.settings.pepper, "now": now()}
            return seats.invite(session, **given)

    def come_in(self, invitation: seats.Invitation, code: str = "") -> bool:
        """Whether the code opened; the other side's scope is this browser's from then on."""
        scope = Scope(Audience.PUBLIC, token=seats.link_digest(invitation.token))
        with unit_of_work(scope) as session:
            given = {"pepper": self.settings.pepper, "now": now()}
            secret = seats.take_seat(session, invitation.token, code or invitation.code, **given)
        if secret:
            self.other = Scope(Audience.PUBLIC, token=seats.held_digest(secret))
        return secret is not None

    def do(self, side: str, step: str, words: str = "") -> None:
        with unit_of_work(self.scope(side)) as session:
            row = steps.hold(session, self.id, **self.ids(side))
            taken = Taken(step, side, words=words)
            take = steps.body_step if side == "body" else steps.side_step
            take(session, row, taken, keys=self.settings.keyring(), now=now())

    def appoint(self, disclosure: str = "", name: str = "沈和") -> None:
        with unit_of_work(self.scope("body")) as session:
            person = session.scalars(select(ProviderPerson).where(ProviderPerson.name == name)).one()
            given = {"mediator_id": person.id, "disclosure": disclosure, "actor": "方主任"}
            steps.appoint(
                session, steps.hold(session, self.id), keys=self.settings.keyring(), now=now(), **given
            )  # fmt: skip

    def meet(self, place: str = "三楼调解室") -> None:
        with unit_of_work(self.scope("body")) as session:
            meeting = Meeting(now() + dt.timedelta(days=3), place)
            row = steps.hold(session, self.id)
            steps.meet(session, row, meeting, actor="方主任", keys=self.settings.keyring(), now=now())

    def put(self, side: str, words: str) -> None:
        with unit_of_work(self.scope(side)) as session:
            row = steps.hold(session, self.id, **self.ids(side))
            talking.put_offer(session, row, side=side, words=words, keys=self.settings.keyring(), now=now())

    def open(self, side: str) -> None:
        with unit_of_work(self.scope(side)) as session:
            talking.agree_to_open(session, steps.hold(session, self.id, **self.ids(side)), side=side, now=now())

    def offers(self, side: str) -> dict[str, str]:
        with unit_of_work(self.scope(side)) as session:
            return talking.list_offers(session, get_mediation(session, self.id), self.settings.keyring())

    def give(self, side: str, name: str, *, shared: bool) -> None:
        file = CheckedFile("image/jpeg", b"\xff\xd8 a paper")
        with unit_of_work(self.scope(side)) as session:
            row = steps.hold(session, self.id, **self.ids(side))
            given = {"name": name, "file": file, "is_shared": shared, "keys": self.settings.keyring(), "now": now()}
            talking.add_paper(session, row, side=side, files_url=self.settings.files_url, **given)

    def draft(self, points: str = "大华12月31日前付两万。") -> agreement.Codes:
        with unit_of_work(self.scope("body")) as session:
            row = steps.hold(session, self.id)
            given = {"pepper": self.settings.pepper, "keys": self.settings.keyring(), "now": now()}
            return agreement.write(session, row, points=points, actor="方主任", **given)

    def sign(self, side: str, name: str) -> None:
        with unit_of_work(self.scope(side)) as session:
            row = steps.hold(session, self.id, **self.ids(side))
            agreement.sign(session, row, side=side, name=name, keys=self.settings.keyring(), now=now())


_UP_TO = ("asked", "invited", "willing", "appointing", "seated", "drafted", "signed")


def make_talk(settings: Settings, case: Case, state: str = "asked", *, topic: str = "own:debt") -> Talk:
    """A mediation in this state, at the body with a chief."""
    referral_id = refer(settings, case, topic=topic)
    take_steps(settings, referral_id, "accept")
    with unit_of_work(owner_scope(case)) as session:
        ids = {"checkup_id": case.checkup_id, "referral_id": referral_id}
        row = asking.ask(session, wish=WISH, by=BY, keys=settings.keyring(), now=now(), **ids)
    talk = Talk(settings, case, referral_id, row.id)
    for step in _UP_TO[1 : _UP_TO.index(state) + 1]:
        _go_on(talk, step)
    return talk


def _go_on(talk: Talk, state: str) -> None:
    if state == "invited":
        talk.come_in(talk.invite())
    elif state == "willing":
        talk.do("other", "agree")
    elif state == "appointing":
        talk.appoint()
    elif state == "seated":
        talk.do("owner", "accept")
        talk.do("other", "accept")
    elif state == "drafted":
        talk.meet()
        talk.draft()
    else:
        talk.sign("owner", "王姐")
        talk.sign("other", "李大华")
