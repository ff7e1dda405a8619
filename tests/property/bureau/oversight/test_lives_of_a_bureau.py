"""Random acts of everybody on the lives that a bureau is part of: nobody is left without a next step, nobody acts who
may not, and what was done stays done until somebody undoes it in her own name."""

import datetime as dt
import random
import uuid
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import select

from billing.books.money import Money
from billing.waivers import decisions, follow_up, owner_steps, states
from billing.waivers.content import get_waiver
from billing.waivers.decisions import Award, Step
from billing.waivers.models import WaiverEvent
from bureau.oversight.purchase_models import LotUnit, SettledUnit, Settlement
from bureau.oversight.purchases import (
    Offer,
    decide_settlement,
    get_lot,
    make_statement,
    open_lot,
    propose_settlement,
    take_deliveries,
)
from bureau.parameters.emergencies import (
    Plan,
    agree,
    last_day,
    list_in_force,
    relaxed_values,
    switch_off,
    switch_on,
)
from bureau.parameters.rules import CLOCKS
from demo.city import city_officers, demo_id
from tenants import audit
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict, Invalid, NotFound
from tests.factories import lawyer_scope, make_case, make_waiver, officer_scope, owner_scope

SEEDS, ACTS = range(3), 25
BAOSHAN, HUBIN, TODAY = demo_id("bureau:310113"), demo_id("hubin"), city_day(now())
LI, WANG, ZHAO = (Actor(uuid.uuid4(), name) for name in ("李科长", "王科员", "赵科员"))
REFUSED = (Conflict, Invalid, NotFound)


def as_bureau():
    return unit_of_work(Scope(Audience.BUREAU, person_id=LI.id, bureau_id=BAOSHAN))


# Waivers


def owners_acts(work, row, case, settings):
    """What an owner may try."""
    given = {"waiver_id": row.id, "by": Actor(case.owner_id, "店主"), "now": now()}
    opened = {**given, "keys": settings.keyring()}
    return (
        lambda: owner_steps.answer_more(work, text="补充", papers=(), files_url=settings.files_url, **opened),
        lambda: owner_steps.appeal(work, text="不服", **opened),
        lambda: owner_steps.appeal(work, text="不服", **opened),
        lambda: owner_steps.ask_reset(work, text="再缓", **opened),
        lambda: owner_steps.withdraw(work, role="owner", **given),
    )


def staffs_acts(work, row, by, role, settings):
    """What a firm or an officer may try, each with every move that there is."""
    given = {"waiver_id": row.id, "keys": settings.keyring(), "by": by, "now": now()}
    asked = [lambda: decisions.ask_more(work, step=Step("ask", row.version, "看过了"), role=role, **given)]
    if role == "firm":
        return [*asked, lambda: decisions.recommend(work, step=Step("recommend", row.version, "看过了"), **given)]
    decided = [
        partial(decisions.decide, work, step=Step(move, row.version, "看过了"), award=award, chance=99, **given)
        for move, award in (
            ("grant", Award("half_price")), ("allow", Award("half_price")), ("refuse", None), ("uphold", None)
        )
    ]  # fmt: skip
    put_off = [
        partial(decisions.decide_reset, work, step=Step(move, row.version, "看过了"), **given)
        for move in ("reset", "keep")
    ]
    ended = partial(follow_up.revoke, work, waiver_id=row.id, version=row.version, reason="mistake", by=by, now=now())
    return [*asked, *decided, *put_off, ended]


def act_on_waiver(settings, rng, case, waiver_id):
    """One try of anybody at anything; what is refused changes nothing."""
    who = rng.choice(("owner", "firm", "first", "second", "second"))
    scope = {"owner": owner_scope(case), "firm": lawyer_scope(case)}.get(who) or officer_scope(who)
    with suppress(*REFUSED), unit_of_work(scope) as work:
        row = get_waiver(work, waiver_id)
        if who == "owner":
            acts = owners_acts(work, row, case, settings)
            acts = acts[:-1] if rng.random() < 0.8 else acts
        else:
            by = Actor(case.lawyer_id, "陈晓") if who == "firm" else getattr(city_officers(), who)
            acts = staffs_acts(work, row, by, "firm" if who == "firm" else "bureau", settings)
        rng.choice(acts)()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_waiver_always_has_somebody_who_can_act_and_each_move_one_who_might(settings, seed):
    rng, case = random.Random(seed), make_case(settings, "signed", seed=50 + seed)
    waiver_id = make_waiver(settings, case, "recommended")
    seen = {"recommended"}
    for _ in range(ACTS):
        act_on_waiver(settings, rng, case, waiver_id)
        with unit_of_work(officer_scope()) as work:
            row = get_waiver(work, waiver_id)
            seen.add(row.state)
            if row.state not in ("decided", "withdrawn"):
                may = {role for role, moves in states.ROLES.items() if states.LIFE.moves_from(row.state, of=moves)}
                assert may - {"system"}, row.state
            assert row.appeal_by is None or row.appeal_by != row.decided_by
    with unit_of_work(owner_scope(case)) as work:
        query = select(WaiverEvent).where(WaiverEvent.waiver_id == waiver_id).order_by(WaiverEvent.id)
        events = [one for one in work.scalars(query) if one.was != one.became or one.move in ("keep", "reset")]
    for event in events:
        if event.was:
            assert event.move in states.ROLES[event.role]
    changes = [one for one in events if one.was and one.was != one.became]
    assert all(before.became == after.was for before, after in zip(changes, changes[1:], strict=False))
    assert not changes or changes[-1].became == row.state
    assert len(seen) > 1


# A lot that a bureau buys


@pytest.mark.parametrize("seed", SEEDS)
def test_no_unit_is_settled_twice_and_nobody_settles_alone(settings, seed):
    rng, days = random.Random(seed), 90 + 3 * seed
    day = TODAY - dt.timedelta(days=days)
    with as_bureau() as work:
        offer = Offer("试点", Money(100), 3, day, day)
        lot_id = open_lot(work, bureau_id=BAOSHAN, firm_id=HUBIN, offer=offer, by=LI, now=now()).id
    for number in range(3):
        case = make_case(settings, "signed", at=now() - dt.timedelta(days=days), seed=60 + 3 * seed + number)
        with unit_of_work(lawyer_scope(case)) as work:
            audit.note(work, firm_id=case.firm_id, act="case.signed", by=Actor(case.lawyer_id, "陈晓"),
                       about_id=case.checkup_id)  # fmt: skip
    closed_with = None
    for _ in range(ACTS):
        by = rng.choice((LI, WANG, ZHAO))
        with suppress(*REFUSED), as_bureau() as work:
            match rng.choice(("deliver", "part", "final", "approve", "approve", "reject")):
                case "deliver":
                    take_deliveries(work, lot_id=lot_id)
                case "part" | "final" as kind:
                    is_final = kind == "final" and rng.random() < 0.3
                    propose_settlement(work, lot_id=lot_id, is_final=is_final, by=by, now=now())
                case decision:
                    waiting = work.scalars(select(Settlement).where(Settlement.lot_id == lot_id)).all()
                    if waiting:
                        one = rng.choice(waiting)
                        decide_settlement(work, settlement_id=one.id, decision=decision, by=by, now=now())
        with as_bureau() as work:
            statement = make_statement(work, get_lot(work, lot_id))
            approved = [one for one in statement.settlements if one.state == "approved"]
            assert all(one.decided_id not in (None, one.proposed_id) for one in approved)
            paid = [
                unit
                for one in approved
                for unit in work.scalars(select(SettledUnit.checkup_id).where(SettledUnit.settlement_id == one.id))
            ]
            assert len(paid) == len(set(paid)) <= len(statement.units) <= 3
            assert statement.settled == Money(100 * len(paid))
            assert sum(one.state == "proposed" for one in statement.settlements) <= 1
            assert (statement.lot.settled_at is not None) == any(one.is_final for one in approved)
            held = work.scalars(select(LotUnit.checkup_id).where(LotUnit.lot_id == lot_id)).all()
            if closed_with is not None:
                assert set(held) == closed_with
            closed_with = set(held) if statement.lot.settled_at else None


# Emergency mode


@pytest.mark.parametrize("seed", SEEDS)
def test_an_emergency_ends_by_itself_and_relaxes_no_money_on_one_word(settings, seed):
    rng, day = random.Random(seed), TODAY + dt.timedelta(days=1000 + 50 * seed)
    with as_bureau() as work:
        relaxed = {"review_days": 9, "subsidy": 1_000_000, "sample_percent": 1}
        plan = Plan("台风", "优先", "First", day, day + dt.timedelta(days=9), relaxed)
        row = switch_on(work, bureau_id=BAOSHAN, plan=plan, by=LI, now=now())
        was_over = False
        for number in range(ACTS):
            moment = now() + dt.timedelta(days=1000 + 50 * seed + number // 2)
            with suppress(*REFUSED):
                match rng.choice(("agree", "end", "look", "again")):
                    case "agree":
                        agree(work, emergency_id=row.id, by=rng.choice((LI, WANG)), now=moment)
                    case "end" if rng.random() < 0.1:
                        switch_off(work, emergency_id=row.id, by=rng.choice((LI, WANG)), now=moment)
                    case "again":
                        switch_on(work, bureau_id=BAOSHAN, plan=plan, by=WANG, now=moment)
                        assert row.ended_at is not None, "two at once"
            today = city_day(moment)
            is_on = row in list_in_force(work, on=today, levels=[BAOSHAN])
            assert not (was_over and is_on), "what was over began again"
            was_over = was_over or (today >= day and not is_on)
            assert not is_on or today <= last_day(row)
            if row.agreed_id is None:
                assert set(relaxed_values(row)) <= CLOCKS
                assert last_day(row) <= day + dt.timedelta(days=1)
            else:
                assert row.agreed_id != row.made_id
        assert not list_in_force(work, on=day + dt.timedelta(days=10), levels=[BAOSHAN])
