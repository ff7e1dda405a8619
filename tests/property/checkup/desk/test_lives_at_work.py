"""Checkup, review and membership against reality: acts of everybody in any order, people who leave, a firm that is
suspended, owners who withdraw, move or erase, and silence. Whatever happens, somebody can act; whoever lost the right
cannot; nothing that was done is undone without a word in the record."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as rules
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from checkup.cases.checkups import list_findings
from checkup.cases.models import Checkup, SealedAnswers
from checkup.conflicts.models import ConflictCheck
from checkup.correspondence import messages
from checkup.desk import conflict_step, green_channel, handover, inactivity, offers
from checkup.desk.assignment import return_review, take_review
from checkup.desk.next_step import follow_review
from checkup.owner.consents import set_consent
from checkup.owner.erasure import erase_checkup
from checkup.review.models import Review, ReviewEvent
from checkup.review.states import HELD, WORKING
from checkup.signoff import corrections, decisions, signing
from checkup.signoff.content import Words
from checkup.signoff.models import Edition, Signing
from demo.city import demo_id
from demo.staff import join_firm
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tenants.firms.states import SERVING
from tenants.login.memberships import end_membership
from tenants.models import Firm, Membership
from tests.factories import make_case, owner_scope, worker_scope

FIRM = demo_id("hubin")
ADMIN, PARTNER, LAWYER = (demo_id(f"hubin:{number}") for number in (1, 2, 3))
PEOPLE = (ADMIN, PARTNER, LAWYER)
ROLES = {ADMIN: ("firm_admin", "lawyer"), PARTNER: ("partner",), LAWYER: ("lawyer",)}
REFUSED = (Conflict, Invalid, NotFound)
LONG = dt.timedelta(days=9)  # a warning, then the end of patience


class Life:
    """One case and everybody around it; each act in a unit of work of its own, refused ones change nothing."""

    def __init__(self, settings, number):
        self.case = make_case(settings, "submitted", seed=number % 50)
        self.keys, self.at = settings.keyring(), now()
        self.of_case = {"checkup_id": self.case.checkup_id}
        self.outcomes = Counter()

    def firm(self, person_id):
        return unit_of_work(Scope(Audience.FIRM, FIRM, person_id))

    def worker(self):
        return unit_of_work(worker_scope(self.case))

    def owner(self):
        return unit_of_work(owner_scope(self.case))

    def review(self, session):
        return session.get(Review, (FIRM, self.case.checkup_id))

    def row(self, session):
        return session.get(Checkup, (FIRM, self.case.checkup_id))

    def version(self, session):
        review = self.review(session)
        return review.version if review else 0

    def settle(self, who, outcome, takes=False):
        with self.firm(who) as session:
            conflict_step.settle_check(
                session, **self.of_case, by=Actor(who, "律师"), outcome=outcome, reason="看过", parties_version=0,
                takes_case=takes, keys=self.keys, now=self.at,
            )  # fmt: skip

    def sign(self, who):
        given = {**self.of_case, "lawyer_id": who, "keys": self.keys, "now": self.at}
        with self.firm(who) as session:
            for finding in list_findings(session, checkup_id=self.case.checkup_id):
                if finding.state == "found" and finding.lawyer_action is None:
                    decisions.decide_finding(
                        session, **given, risk=finding.risk, action="confirm", likelihood=None, words=Words(),
                        version=self.version(session),
                    )  # fmt: skip
            signing.sign_off(session, **given, version=self.version(session), even_open=True)

    def countersigns(self, act, **words):
        def by(who):
            with self.firm(who) as session:
                version = self.version(session)
                act(session, **self.of_case, partner_id=who, version=version, keys=self.keys, now=self.at, **words)

        return by

    def lawyers(self, act, **words):
        def by(who):
            with self.firm(who) as session:
                version = self.version(session)
                act(session, **self.of_case, lawyer_id=who, version=version, keys=self.keys, now=self.at, **words)

        return by

    def take(self, who):
        with self.firm(who) as session:
            take_review(session, **self.of_case, lawyer_id=who, now=self.at)

    def give_back(self, who):
        with self.firm(who) as session:
            return_review(session, **self.of_case, by=Actor(who, "律师"), why="no_time", now=self.at)

    def ask(self, who):
        with self.firm(who) as session:
            messages.ask_owner(
                session, **self.of_case, risk=None, text="签了吗？", lawyer_id=who, lawyer_name="律师", keys=self.keys,
                now=self.at,
            )  # fmt: skip

    def decide_for_others(self, who):
        for colleague in PEOPLE:
            with self.firm(who) as session:
                conflict_step.decide_for_colleague(
                    session, **self.of_case, person_id=colleague, by=Actor(who, "合伙人"), outcome="clear",
                    reason="核对过", keys=self.keys, now=self.at,
                )  # fmt: skip

    def leave(self, who):
        """Removed by an admin, handed over by the worker."""
        with self.firm(ADMIN) as session:
            end_membership(session, firm_id=FIRM, person_id=who, now=self.at)
        heir = PEOPLE[(PEOPLE.index(who) + 1) % 3]
        with self.worker() as session:
            handover.hand_over(session, firm_id=FIRM, person_id=who, heir_id=heir, now=self.at)

    def come_back(self, who):
        join_firm(FIRM, who, *ROLES[who])

    def reassign(self, who):
        with self.firm(ADMIN) as session:
            version = self.version(session)
            handover.reassign(session, **self.of_case, to_id=who, version=version, by=ADMIN, now=self.at)

    def answer(self, _who):
        with self.owner() as session:
            for question in messages.list_open_questions(session, self.case.checkup_id):
                messages.answer_lawyer(
                    session, **self.of_case, question_id=question.id, text="签了", files=(),
                    owner_id=self.case.owner_id, keys=self.keys, now=self.at,
                )  # fmt: skip

    def write(self, _who):
        with self.owner() as session:
            messages.write_to_lawyer(
                session,
                **self.of_case,
                text="在吗？",
                files=(),
                owner_id=self.case.owner_id,
                keys=self.keys,
                now=self.at,
            )

    def consent(self, granted):
        def by(_who):
            with self.owner() as session:
                by = Actor(self.case.owner_id, "")
                set_consent(session, **self.of_case, purpose="review", granted=granted, by=by, now=self.at)

        return by

    def erase(self, who):
        if who is LAWYER:  # one in three: else every story is short
            with self.owner() as session:
                by = Actor(self.case.owner_id, "")
                erase_checkup(session, **self.of_case, asked_by="owner", by=by, now=self.at)

    def stand(self, state):
        def by(_who):
            with unit_of_work(Scope(Audience.OPERATOR)) as session:
                session.execute(update(Firm).where(Firm.id == FIRM).values(state=state))

        return by

    def silence(self, _who):
        self.at += LONG
        for _ in range(2):
            with self.worker() as session:
                inactivity.watch_case(session, **self.of_case, now=self.at)
            self.at += LONG
        with self.worker() as session:
            offers.lapse_offer(session, **self.of_case, now=self.at)
        with self.worker() as session:
            green_channel.follow_call(session, **self.of_case, now=self.at)

    def acts(self):
        return {
            "clear": lambda who: self.settle(who, "clear"),
            "clear_and_take": lambda who: self.settle(who, "clear", takes=True),
            "recuse": lambda who: self.settle(who, "recuse"),
            "ask_partner": lambda who: self.settle(who, "ask_partner"),
            "decide_for_others": self.decide_for_others,
            "take": self.take,
            "give_back": self.give_back,
            "ask": self.ask,
            "sign": self.sign,
            "take_back": self.lawyers(signing.take_back),
            "countersign": self.countersigns(signing.countersign),
            "send_back": self.countersigns(signing.send_back, why="再看"),
            "correct": self.lawyers(corrections.begin_correction, why="写错了"),
            "leave": self.leave,
            "come_back": self.come_back,
            "reassign": self.reassign,
            "answer": self.answer,
            "write": self.write,
            "withdraw": self.consent(False),
            "consent": self.consent(True),
            "erase": self.erase,
            "suspend": self.stand("suspended"),
            "serve": self.stand("active"),
            "silence": self.silence,
        }

    def members(self):
        with self.worker() as session:
            return set(session.scalars(select(Membership.person_id).where(Membership.firm_id == FIRM)))

    def step(self, name, who):
        """One act by one person; whoever is no member has no session and so cannot begin."""
        self.at += dt.timedelta(minutes=1)
        outsiders = {
            "leave",
            "come_back",
            "reassign",
            "answer",
            "write",
            "withdraw",
            "consent",
            "erase",
            "suspend",
            "serve",
            "silence",
        }
        if name not in outsiders and who not in self.members():
            return
        try:
            self.acts()[name](who)
            self.outcomes[name] += 1
        except REFUSED:
            self.outcomes["refused"] += 1
        with self.worker() as session:
            follow_review(session, **self.of_case, now=self.at)

    def record(self):
        """What may only grow, and the marks that may go only with a word."""
        with self.worker() as session:
            review, row = self.review(session), self.row(session)
            words = select(func.count()).select_from(ReviewEvent).where(ReviewEvent.checkup_id == self.case.checkup_id)
            acts = select(func.count()).select_from(Signing).where(Signing.checkup_id == self.case.checkup_id)
            editions = select(Edition.number, Edition.content_hash).where(Edition.checkup_id == self.case.checkup_id)
            return {
                "state": row.state,
                "first": review.first_signed_at if review and review.state in WORKING else None,
                "holder": review.lawyer_id if review else None,
                "words": session.scalar(words) + session.scalar(acts),
                "editions": dict(session.execute(editions).all()),
            }

    def able(self, session, row):
        """Lawyers who have not recused themselves and do not wait for a word that no partner can give."""
        roles = session.execute(select(Membership.person_id, Membership.role).where(Membership.firm_id == FIRM)).all()
        said = select(ConflictCheck.person_id, ConflictCheck.outcome).where(ConflictCheck.checkup_id == row.id)
        outcomes = dict(session.execute(said).all())
        partners = {one for one, role in roles if role == "partner" and outcomes.get(one) != "recuse"}
        return {
            one
            for one, role in roles
            if role in ("lawyer", "partner")
            and outcomes.get(one) != "recuse"
            and (outcomes.get(one) != "ask_partner" or partners - {one})
        }

    def check_somebody_can_act(self):
        members = self.members()
        with self.worker() as session:
            row, review = self.row(session), self.review(session)
            if row.state == "erased" or not row.review_wanted:
                return
            can = self.able(session, row)
            waits = row.state == "submitted" or (review is not None and (review.is_left or review.lacks_holder))
            if waits and review is not None and review.state == "offered":
                assert review.lawyer_id in can, "offered to somebody who cannot take it"
            elif waits and not (review is not None and review.lacks_holder):
                assert can or (review is not None and review.stuck_since is not None), "nobody, and nobody was told"
            if review is not None and review.state in HELD:
                assert review.lawyer_id in members, "held by somebody who has left"
            if review is not None and review.state == "signed":
                assert review.lawyer_id is None or review.lawyer_id in members, "owners write to somebody who has left"
            serving = session.get_one(Firm, FIRM).state in SERVING
            if review is not None and review.first_signed_at is not None and review.state in WORKING and serving:
                assert review.lawyer_id in members, "who signed can take it back"

    def check_walls(self):
        members = self.members()
        with self.worker() as session:
            checks = session.scalars(
                select(ConflictCheck).where(ConflictCheck.checkup_id == self.case.checkup_id)
            ).all()
            blind = {one.person_id for one in checks if one.outcome != "clear"} | (set(PEOPLE) - members)
        for person in blind:
            with self.firm(person) as session:
                seen = (
                    select(func.count())
                    .select_from(SealedAnswers)
                    .where(SealedAnswers.checkup_id == self.case.checkup_id)
                )
                assert session.scalar(seen) == 0, "reads without the right"

    def check_nothing_undone(self, before, after):
        assert before["editions"].items() <= after["editions"].items(), "an edition changed or went"
        if before["first"] is not None and after["first"] is None or before["holder"] != after["holder"]:
            assert after["words"] > before["words"], "a signature fell, or a case changed hands, without a word"
        if before["state"] == "erased":
            assert after["state"] == "erased"


@pytest.fixture(autouse=True)
def firm_as_before(settings):
    yield
    with unit_of_work(Scope(Audience.OPERATOR)) as session:
        session.execute(update(Firm).where(Firm.id == FIRM).values(state="active"))


NAMES = sorted(Life.acts(Life.__new__(Life)))
STORIES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(PEOPLE)), min_size=8, max_size=24)


@seed(17)
@rules(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES, number=st.integers(0, 10_000))
def test_no_story_leaves_a_case_to_nobody_or_undoes_anything_silently(settings, story, number):
    life = Life(settings, number)
    for who in PEOPLE:
        life.come_back(who)
    life.stand("active")(None)
    with life.worker() as session:
        follow_review(session, checkup_id=life.case.checkup_id, now=life.at)
    for name, who in story:
        before = life.record()
        life.step(name, who)
        life.check_somebody_can_act()
        life.check_walls()
        life.check_nothing_undone(before, life.record())
