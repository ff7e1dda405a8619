"""Two people, one case, in every order: nothing that was accepted is lost, and nothing is signed twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from threading import Barrier

import pytest
from sqlalchemy import select

from checkup.cases.checkups import open_case
from checkup.cases.models import Checkup
from checkup.desk.assignment import return_review
from checkup.review.models import Review
from checkup.signoff import corrections as correcting
from checkup.signoff import decisions, signing, text_blocks
from checkup.signoff.content import Words
from checkup.signoff.editions import list_editions, open_content
from checkup.signoff.models import Signing, TextBlock
from demo.cases import clear
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, enter_scope, unit_of_work
from tenants.errors import Conflict, NotFound
from tests.factories import lawyer_scope
from tests.signing_desk import PARTNER, Undo, make_desk
from tests.telling import tell

READER = demo_id("hubin:3")  # has no part in it, and no conflict
LAWYER, REFUSALS = (
    "lawyer",
    {
        "stale",
        "signed",
        "with_partner",
        "not_yours",
        "not_now",
        "faster",
        "open_questions",
        "undecided",
        "own_signature",
    },
)


class Story:
    """One case inside one unit of work: each step is a savepoint, as a request of its own would be."""

    def __init__(self, session, desk):
        self.session, self.case, self.keys, self.risks = session, desk.case, desk.keys, desk.found
        self.seen = {}
        self.accepted = {}
        self.issued = []
        self.outcomes = Counter()

    def enter(self, person_id):
        enter_scope(self.session, Scope(Audience.FIRM, self.case.firm_id, person_id))

    def review(self):
        self.session.expire_all()
        return self.session.get(Review, (self.case.firm_id, self.case.checkup_id))

    def look(self, who):
        held = self.review()
        self.seen[who] = held.version if held else 0

    def take(self, who, person_id, step):
        """One step as its person takes it: refused for an old page, she looks again and repeats what she typed."""
        for again in (False, True):
            try:
                with self.session.begin_nested():
                    self.enter(person_id)
                    step(self, person_id, self.seen[who])
            except (Conflict, NotFound) as refused:
                code = refused.code if isinstance(refused, Conflict) else "gone"
                if code not in REFUSALS:
                    raise
                self.outcomes[code] += 1
                self.look(who)
                if code == "stale" and not again:
                    continue
            else:
                self.outcomes["accepted"] += 1
                self.look(who)
            return

    def content(self):
        row = self.session.get_one(Checkup, (self.case.firm_id, self.case.checkup_id))
        case = open_case(self.session, row, self.keys)
        return signing.build_content(self.session, row=row, review=self.review(), case=case)


def decide(place, reason):
    def step(story, person_id, version):
        risk = story.risks[place]
        decisions.decide_finding(
            story.session, checkup_id=story.case.checkup_id, risk=risk, action="dismiss", likelihood=None,
            words=Words(reason), lawyer_id=person_id, version=version, keys=story.keys, now=now(),
        )  # fmt: skip
        story.accepted[risk] = reason

    return step


def advise(text):
    def step(story, person_id, version):
        decisions.save_advice(
            story.session, checkup_id=story.case.checkup_id, advice=text, lawyer_id=person_id, version=version,
            keys=story.keys, now=now(),
        )  # fmt: skip
        story.accepted["advice"] = text

    return step


def sign(story, person_id, version):
    edition = signing.sign_off(
        story.session, checkup_id=story.case.checkup_id, lawyer_id=person_id, version=version, keys=story.keys,
        now=now(),
    )  # fmt: skip
    story.issued += [] if edition is None else [(edition, dict(story.accepted))]


def take_back(story, person_id, version):
    signing.take_back(
        story.session, checkup_id=story.case.checkup_id, lawyer_id=person_id, version=version, keys=story.keys,
        now=now(),
    )  # fmt: skip


def countersign(story, person_id, version):
    edition = signing.countersign(
        story.session, checkup_id=story.case.checkup_id, partner_id=person_id, version=version, keys=story.keys,
        now=now(),
    )  # fmt: skip
    story.issued.append((edition, dict(story.accepted)))


def send_back(story, person_id, version):
    signing.send_back(
        story.session, checkup_id=story.case.checkup_id, partner_id=person_id, why="再看一条", version=version,
        keys=story.keys, now=now(),
    )  # fmt: skip


def correct(story, person_id, version):
    correcting.begin_correction(
        story.session, checkup_id=story.case.checkup_id, lawyer_id=person_id, why="更正", version=version,
        keys=story.keys, now=now(),
    )  # fmt: skip


def take(story, person_id, version):
    clear(
        story.session, checkup_id=story.case.checkup_id, person_id=person_id, takes_case=True, keys=story.keys, at=now()
    )


def give_back(story, person_id, version):
    by = Actor(person_id, "律师")
    return_review(story.session, checkup_id=story.case.checkup_id, by=by, why="unsaid", now=now())


def interleavings(one, other):
    """Every order of two scripts that keeps the order within each."""
    length = len(one) + len(other)
    for places in combinations(range(length), len(one)):
        first, second = iter(one), iter(other)
        yield [("one", next(first)) if place in places else ("other", next(second)) for place in range(length)]


def two_tabs(desk):
    """The lawyer at two screens: the same finding and the advice are written on both, and both are signed."""
    one = [decide(0, "左边看过"), decide(1, "左边也看过"), advise("左边的建议"), sign]
    other = [decide(0, "右边看过"), advise("右边的建议"), sign, correct]
    return {"one": desk.case.lawyer_id, "other": desk.case.lawyer_id}, one, other


def lawyer_and_partner(desk):
    """The lawyer signs, hesitates, changes and signs again while a partner signs, sends back and tries to write."""
    one = [sign, take_back, decide(0, "再看过"), sign]
    other = [countersign, send_back, decide(1, "合伙人想改"), countersign]
    return {"one": desk.case.lawyer_id, "other": PARTNER}, one, other


def two_takers(desk):
    """Two lawyers want the same case: both look, take, decide and sign; one gives it back in between."""
    one = [take, decide(0, "一位看过"), give_back]
    other = [take, decide(0, "另一位看过"), advise("另一位的建议"), sign]
    return {"one": demo_id("hubin:1"), "other": PARTNER}, one, other


@pytest.mark.parametrize("plot", [two_tabs, lawyer_and_partner, two_takers], ids=lambda plot: plot.__name__)
def test_in_every_order_nothing_is_lost_and_nothing_signed_twice(settings, plot, capsys):
    desk = make_desk(settings, red=plot is lawyer_and_partner, least=2)
    desk.decide_all()
    desk.found = desk.risks()
    desk.clear(READER)
    if plot is two_takers:
        desk.give_back()
    people, one, other = plot(desk)
    outcomes, orders = Counter(), 0
    for order in interleavings(one, other):
        outcomes += play(desk, people, order)
        orders += 1
    with capsys.disabled():
        tell(f"{plot.__name__}: {orders} orders, {dict(outcomes)}")
    assert outcomes["accepted"] > 0
    assert outcomes.keys() & {"stale", "not_yours"}


def play(desk, people, order):
    """One order, then undone. Everybody looks before the first step, and then only at what comes back."""
    story = None
    with pytest.raises(Undo), unit_of_work(lawyer_scope(desk.case)) as session:
        story = Story(session, desk)
        for who in people:
            story.look(who)
        for who, step in order:
            story.take(who, people[who], step)
        check_story(story)
        raise Undo
    return story.outcomes


def check_story(story):
    """What the database holds is what was accepted; every edition holds what was accepted when it was signed."""
    story.enter(READER)
    assert written(story.content()) == story.accepted
    editions = list_editions(story.session, story.case.checkup_id)
    assert [edition.number for edition in editions] == list(range(1, len(story.issued) + 1))
    row = story.session.get_one(Checkup, (story.case.firm_id, story.case.checkup_id))
    case = open_case(story.session, row, story.keys)
    for edition, then in story.issued:
        assert written(open_content(case, edition)) == then
        assert edition.partner_id != edition.lawyer_id
    steps = story.session.scalars(
        select(Signing.step).where(Signing.checkup_id == story.case.checkup_id).order_by(Signing.id)
    ).all()
    corrections = steps.count("correct")
    assert len(editions) <= 1 + corrections


def written(content):
    """Risk → reason, and the advice: what the scripts write."""
    texts = {said.risk: said.words.reason for said in content.findings if said.words.reason}
    return texts | ({"advice": content.advice} if content.advice else {})


def race(*calls):
    """Run the calls at the same moment, each in its own unit of work; returns how each ended."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            call()
        except Conflict as refused:
            return refused.code
        return "accepted"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


@pytest.mark.parametrize("red", [False, True])
def test_two_signatures_at_the_same_moment_are_one(settings, red):
    desk = make_desk(settings, red=red)
    desk.decide_all()
    with unit_of_work(lawyer_scope(desk.case)) as session:
        version = desk.review(session).version
    ends = race(*[lambda: desk.mine(signing.sign_off, version=version)] * 3)
    assert ends.count("accepted") == 1
    assert set(ends) <= {"accepted", "stale", "signed", "with_partner"}
    assert len(desk.editions()) == (0 if red else 1)


def test_a_partner_and_a_lawyer_who_takes_back_at_the_same_moment_do_not_both_succeed(settings):
    desk = make_desk(settings, red=True)
    desk.decide_all()
    for _ in range(5):
        desk.mine(signing.sign_off)
        with unit_of_work(lawyer_scope(desk.case)) as session:
            version = desk.review(session).version
        ends = race(
            lambda v=version: desk.partners(signing.countersign, version=v),
            lambda v=version: desk.mine(signing.take_back, version=v),
        )
        assert ends.count("accepted") == 1
        if desk.editions():
            break


def test_a_decision_at_the_moment_of_signing_is_signed_or_refused_but_never_half_in(settings):
    desk = make_desk(settings, red=False)
    desk.decide_all()
    risk = desk.risks()[0]
    with unit_of_work(lawyer_scope(desk.case)) as session:
        version = desk.review(session).version
    words = {"risk": risk, "action": "dismiss", "likelihood": None, "words": Words("同时写的")}
    ends = race(
        lambda: desk.mine(signing.sign_off, version=version),
        lambda: desk.mine(decisions.decide_finding, version=version, **words),
    )
    assert ends.count("accepted") == 1
    with unit_of_work(lawyer_scope(desk.case)) as session:
        row = session.get_one(Checkup, (desk.case.firm_id, desk.case.checkup_id))
        case = open_case(session, row, desk.keys)
        held = signing.build_content(session, row=row, review=desk.review(session), case=case)
    editions = desk.editions()
    assert (held.said(risk).action == "dismiss") == (editions == [])
    assert all(edition.content == held for edition in editions)


def test_two_who_read_one_text_of_the_library_at_once_cannot_both_change_it(settings):
    desk = make_desk(settings, red=False)
    firm_id, pack_id = desk.case.firm_id, "cn-shanghai-msme"
    draft = text_blocks.BlockDraft("", "", "工资", "请先补发工资。", "先把工资补上。")
    with unit_of_work(lawyer_scope(desk.case)) as session:
        block_id = text_blocks.save_block(
            session, firm_id=firm_id, block_id=None, draft=draft, version=0, pack_id=pack_id, by="甲", now=now()
        ).id
    with pytest.raises(Conflict) as refused, unit_of_work(lawyer_scope(desk.case)) as slow:
        read_without_a_lock = slow.get_one(TextBlock, (firm_id, block_id))
        with unit_of_work(lawyer_scope(desk.case)) as quick:
            text_blocks.retire_block(quick, firm_id=firm_id, block_id=block_id, version=1, by="乙", now=now())
        read_without_a_lock.title = "工资和社保"
    assert refused.value.code == "stale"
