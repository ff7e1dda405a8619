import dataclasses
import datetime as dt
import random

import pytest

from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import get_pack
from checkup.packs.versions import carry_answers
from checkup.scoring import simulation
from checkup.scoring.impact import measure_impact

OLD, NEW = get_pack("cn-shanghai-msme", "0.1.0"), get_pack("cn-shanghai-msme")
PROFILE = {"form": "individual", "trade": "catering", "staff": 6.0}


def renamed(pack, old, new):
    """The pack with one question under a new id that says which it replaces."""
    domains = tuple(
        dataclasses.replace(
            domain,
            questions=tuple(
                dataclasses.replace(q, id=new, replaces=(old,)) if q.id == old else q for q in domain.questions
            ),
        )
        for domain in pack.domains
    )
    return dataclasses.replace(pack, hash=pack.hash + new, domains=domains)


def test_a_pack_is_read_once_however_it_is_asked_for():
    assert get_pack(NEW.id, NEW.version) is NEW


def test_an_answer_to_the_same_question_carries_over():
    assert carry_answers(OLD, NEW, {"emp.contracts": "few"}).answers == {"emp.contracts": "few"}


def test_an_option_that_is_gone_is_asked_again():
    carried = carry_answers(OLD, NEW, {"tax.invoices": "never", "soc.accident": "yes", "pre.lease": "chat"})
    assert "pre.lease" in carried.asked_again
    assert "pre.lease" not in carried.answers


def test_a_question_that_is_gone_is_dropped():
    assert carry_answers(OLD, NEW, {"pre.rent": UNSURE, "rec.owed": "old"}).dropped == ("rec.owed",)


def test_a_replacing_question_takes_over_the_answer():
    new = renamed(OLD, "emp.contracts", "emp.papers")
    assert carry_answers(OLD, new, {"emp.contracts": "few"}).answers == {"emp.papers": "few"}


def test_an_unchanged_pack_moves_nothing():
    impact = measure_impact(NEW, NEW, [(PROFILE, {"emp.contracts": "none"}, False), (PROFILE, {}, True)])
    assert (impact.better, impact.worse, impact.new, impact.gone, impact.mean_change) == (0, 0, {}, {}, 0.0)


def test_a_graver_pack_is_told_as_worse():
    likely = tuple(
        dataclasses.replace(d, risks=tuple(dataclasses.replace(r, otherwise=1.0, severity=5) for r in d.risks))
        for d in NEW.domains
    )
    graver = dataclasses.replace(NEW, hash=NEW.hash + "graver", domains=likely)
    rng, careful = random.Random(3), simulation.Character(care=0.95, unsure=0.0)
    answers = simulation.walk(NEW, PROFILE, careful, rng, today=dt.date(2026, 11, 24), express=False)
    impact = measure_impact(NEW, graver, [(PROFILE, answers, False)])
    assert impact.worse == 1
    assert impact.mean_change < 0


def test_a_checkup_that_lacks_answers_under_the_new_pack_loses_its_grade():
    kept = get_pack("cn-shanghai-msme", "1.0.0")
    impact = measure_impact(kept, NEW, [(PROFILE, {"emp.contracts": "all"}, False)])
    assert (impact.unjudged, impact.better, impact.worse) == (1, 0, 0)


def test_what_a_release_would_change_is_the_same_in_however_many_batches(monkeypatch):
    kept, rng, rows = get_pack("cn-shanghai-msme", "1.0.0"), random.Random(5), []
    for place in range(7):
        profile, character = simulation.make_details(rng).profile(), simulation.make_character(rng)
        day, express = dt.date(2026, 11, 24), place % 2 == 0
        rows.append((profile, simulation.walk(kept, profile, character, rng, today=day, express=express), express))
    at_once = measure_impact(kept, NEW, rows)
    monkeypatch.setattr("checkup.scoring.impact._BATCH", 2)
    in_four = measure_impact(kept, NEW, iter(rows))
    assert dataclasses.replace(in_four, mean_change=0.0) == dataclasses.replace(at_once, mean_change=0.0)
    assert in_four.mean_change == pytest.approx(at_once.mean_change)
