"""A firm and its people: whatever bureau, admins and people do in whatever order, owners come in only where somebody
answers, the firm is never without an admin, whoever left opens nothing, and nothing is decided without a word."""

import datetime as dt
import itertools
import re
import uuid
from collections import Counter
from contextlib import suppress

from hypothesis import HealthCheck, Phase
from hypothesis import settings as rules
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from checkup.desk.models import OnCall
from checkup.desk.roster import fill_in_turn
from checkup.owner.open_firms import is_open
from checkup.review.colleagues import list_colleagues
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.firms import states
from tenants.firms.admission import Application, apply_firm, decide_firm, list_events, note_review
from tenants.login.memberships import cancel_invitation, end_membership, invite, list_invitations
from tenants.models import Firm, Membership, Message
from tests.owners import DETAILS

REFUSED = (Conflict, Invalid, NotFound)
OFFICER = Actor(demo_id("officer@city.example"), "李科长")
PASSWORD = "tall-trees-in-rain-1"  # noqa: S105 - of people in tests
DECISIONS = ("admit", "activate", "activate", "activate", "suspend", "suspend", "refuse", "leave")
ROLES = ("lawyer", "partner", "firm_admin")
_PEOPLE = itertools.count(1)


class LifeOfAFirm(RuleBasedStateMachine):
    """One firm, its bureau, three people who may be invited, and owners at the door."""

    def __init__(self):
        super().__init__()
        self.links, self.used, self.inside = {}, set(), {}
        self.emails = [f"p{next(_PEOPLE)}@life.example" for _ in range(3)]
        self.has_had_admin = False

    @initialize(is_admitted=st.sampled_from((True, True, True, False)))
    def firm_applies(self, is_admitted):
        """Mostly it is admitted, two admins and a lawyer are in: what is worth trying begins there."""
        licence = uuid.uuid4().hex[:12].upper()
        said = Application("上海生涯律师事务所", "", licence, "310113", "021-55555555", "申", self.emails[0])
        with unit_of_work(Scope(Audience.PUBLIC)) as work:
            self.firm_id = apply_firm(work, said, now=now()).id
        with unit_of_work(self.bureau()) as work:
            self.slug = work.get_one(Firm, self.firm_id).slug
        if is_admitted:
            self.bureau_decides("admit", 90)
            self.follow(next(iter(self.links)))
            for which, role in ((1, "firm_admin"), (2, "lawyer")):
                self.admin_invites(which, role)
                self.follow(next(link for link, email in self.links.items() if email == self.emails[which]))
            self.admin_plans_a_roster()

    def bureau(self):
        return Scope(Audience.BUREAU, None, OFFICER.id, demo_id("bureau"))

    def members(self):
        with unit_of_work(Scope(Audience.WORKER, self.firm_id)) as work:
            held = select(Membership.person_id, Membership.role).where(Membership.firm_id == self.firm_id)
            found = {}
            for person, role in work.execute(held):
                found.setdefault(person, set()).add(role)
            return found

    def admin(self):
        return next((one for one, roles in self.members().items() if "firm_admin" in roles), None)

    def note_link(self, email):
        """The link in the newest mail to this address."""
        with unit_of_work(Scope(Audience.WORKER, self.firm_id)) as work:
            query = select(Message.body).where(Message.recipient == email, Message.template == "invitation")
            body = work.scalars(query.order_by(Message.id.desc())).first()
        if body:
            self.links.setdefault(re.search(r"invitation/([\w-]+)", body)[1], email)

    @rule(
        decision=st.sampled_from(("admit", "admit", "refuse", "activate", "suspend", "leave")), days=st.integers(0, 400)
    )
    def bureau_decides(self, decision, days):
        day = city_day(now()) + dt.timedelta(days=days)
        with suppress(*REFUSED), unit_of_work(self.bureau()) as work:
            decide_firm(
                work, firm_id=self.firm_id, decision=decision, why="看过", by=OFFICER, locale="zh-Hans",
                new_key=self.keys.new_firm_key(str(self.firm_id)),
                link="https://x/auth/invitation/{token}", review_on=day, now=now(),
            )  # fmt: skip
        self.note_link(self.emails[0])

    @rule(days=st.integers(0, 400))
    def bureau_looks_again(self, days):
        day = city_day(now()) + dt.timedelta(days=days)
        with suppress(*REFUSED), unit_of_work(self.bureau()) as work:
            note_review(work, firm_id=self.firm_id, review_on=day, why="看过", by=OFFICER, now=now())

    @precondition(lambda self: self.admin())
    @rule(which=st.integers(0, 2), role=st.sampled_from(ROLES))
    def admin_invites(self, which, role):
        email = self.emails[which]
        with suppress(*REFUSED), unit_of_work(Scope(Audience.FIRM, self.firm_id, self.admin())) as work:
            firm = work.get_one(Firm, self.firm_id)
            given = {"link": "https://x/auth/invitation/{token}", "locale": "zh-Hans", "now": now()}
            invite(work, firm=firm, email=email, role=role, **given)
        self.note_link(email)

    @precondition(lambda self: self.admin())
    @rule(data=st.data())
    def admin_takes_an_invitation_back(self, data):
        with unit_of_work(Scope(Audience.FIRM, self.firm_id, self.admin())) as work:
            held = list_invitations(work, self.firm_id, now())
            if held:
                one = data.draw(st.sampled_from(held))
                cancel_invitation(work, firm_id=self.firm_id, invitation_id=one.id, now=now())

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def somebody_follows_a_link(self, data):
        self.follow(data.draw(st.sampled_from(sorted(self.links))))

    def follow(self, token):
        client, email = self.app.test_client(), self.links[token]
        answer = client.post(f"/auth/invitation/{token}", data={"name": "某人", "password": PASSWORD})
        self.seen[f"link {answer.status_code}"] += 1
        if answer.status_code == 302:
            assert token not in self.used, "a link opened twice"
            self.used.add(token)
            login = client.post("/auth/login", data={"email": email, "password": PASSWORD})
            assert login.status_code == 302
            self.inside[email] = client
        else:
            assert answer.status_code in (409, 422)

    @precondition(lambda self: self.admin())
    @rule(data=st.data(), role=st.sampled_from((None, *ROLES)))
    def admin_lets_somebody_go(self, data, role):
        person = data.draw(st.sampled_from(sorted(self.members())))
        with suppress(*REFUSED), unit_of_work(Scope(Audience.FIRM, self.firm_id, self.admin())) as work:
            end_membership(work, firm_id=self.firm_id, person_id=person, role=role, now=now())
            self.seen["let go"] += role is None

    @precondition(lambda self: self.admin())
    @rule()
    def admin_plans_a_roster(self):
        with unit_of_work(Scope(Audience.FIRM, self.firm_id, self.admin())) as work:
            fill_in_turn(work, firm_id=self.firm_id, today=city_day(now()))

    @rule()
    def an_owner_comes(self):
        with unit_of_work(Scope(Audience.PUBLIC)) as work:
            opens = is_open(work, self.firm_id)
        answer = self.app.test_client().post(f"/f/{self.slug}/start", data=DETAILS)
        assert (answer.status_code == 302) == opens
        assert answer.status_code in (302, 404, 409)
        self.seen[f"owner {answer.status_code}"] += 1

    @invariant()
    def owners_come_in_only_where_somebody_answers(self):
        if not hasattr(self, "firm_id"):
            return
        roles = set().union(*self.members().values())
        with unit_of_work(self.bureau()) as work:
            firm = work.get_one(Firm, self.firm_id)
            opens = is_open(work, self.firm_id)
        with unit_of_work(Scope(Audience.WORKER, self.firm_id)) as work:
            has_roster = work.scalars(select(OnCall.firm_id).where(OnCall.firm_id == self.firm_id)).first()
        assert opens == (
            firm.state in states.SERVING and bool(roles & {"lawyer", "partner"}) and has_roster is not None
        )
        assert firm.state not in states.SERVING or firm.review_on is not None

    @invariant()
    def a_firm_that_had_an_admin_has_one(self):
        if not hasattr(self, "firm_id"):
            return
        self.has_had_admin = self.has_had_admin or self.admin() is not None
        assert not self.has_had_admin or self.admin() is not None

    @invariant()
    def whoever_is_no_member_opens_nothing(self):
        emails = self.emails_inside()
        for email, client in self.inside.items():
            is_in = client.get("/auth/account").status_code == 200
            assert not is_in or email in emails, "a session outlived the membership"

    def emails_inside(self):
        if not self.inside:
            return set()
        with unit_of_work(Scope(Audience.WORKER, self.firm_id)) as work:
            return {one.email for one in list_colleagues(work, firm_id=self.firm_id)}

    @invariant()
    def each_decision_has_its_word_and_its_name(self):
        if not hasattr(self, "firm_id"):
            return
        with unit_of_work(self.bureau()) as work:
            events, state = list_events(work, self.firm_id), work.get_one(Firm, self.firm_id).state
        assert events[0].became == "applied"
        assert events[-1].became == state
        for before, after in itertools.pairwise(events):
            assert before.became == after.was
            assert after.actor_id == OFFICER.id
            assert after.why
            reached = {states.LIFE.after(after.was, move) for move in states.LIFE.moves_from(after.was)}
            assert after.became in reached | {after.was}


def test_whatever_bureau_and_firm_do_somebody_answers_owners_and_whoever_left_is_out(app, settings):
    seen = Counter()
    machine = type("Life", (LifeOfAFirm,), {"app": app, "keys": settings.keyring(), "seen": seen})
    limits = rules(
        max_examples=12,
        stateful_step_count=20,
        derandomize=True,
        phases=(Phase.generate,),  # each story leaves its rows behind: a shorter one would be told in another city
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=limits)
    assert {"link 302", "link 409", "let go", "owner 302", "owner 409"} <= seen.keys(), seen
