"""What an answer shows that cannot wait is told at once, once, and only where waiting would do harm."""

import datetime as dt

import pytest
import yaml

from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import PACK, get_pack
from checkup.report.stopping import stops as scored_stops
from checkup.report.stopping import stops_after
from checkup.scoring.answers_file import parse_answers
from checkup.scoring.routing import walk
from tests.places import ROOT

SHIPPED = get_pack(PACK)


def golden(name):
    story = yaml.safe_load((ROOT / f"tests/golden/{name}.yaml").read_text(encoding="utf-8"))
    return parse_answers(SHIPPED, {key: story[key] for key in ("profile", "answers", "today")})


def every_stop(given, answers):
    return scored_stops(SHIPPED, given.profile, answers, today=given.today, express=False)


def stops(given, question, **changed):
    answers = {**given.answers, **{name.replace("__", ".").replace("_", "-"): value for name, value in changed.items()}}
    answers = {name: value for name, value in answers.items() if value is not None}
    found = stops_after(SHIPPED, given.profile, answers, question, today=given.today, express=False)
    return [(one.risk, one.due) for one in found]


@pytest.mark.parametrize(
    ("story", "question", "risk"),
    [
        ("noodle-drowning", "dis.letter-on", "dis.labour-reply"),
        ("court-froze", "dis.letter-on", "dis.court-freeze"),
        ("stall-frozen", "dis.letter", "dis.police-freeze"),
        ("public-money", "fin.raised", "fin.public-money"),
        ("landlord-evicts", "pre.trouble", "pre.ended-early"),
        ("bid-rigging", "con.bids", "con.bid-rigging"),
        ("seller-no-tax", "tax.income", "tax.off-books"),
    ],
)
def test_what_cannot_wait_stops_at_the_answer_that_shows_it(story, question, risk):
    assert risk in [one for one, _ in stops(golden(story), question)]


def test_nothing_stops_before_the_day_from_which_the_law_counts_is_asked():
    assert stops(golden("noodle-drowning"), "dis.letter", dis__letter_on=None) == []


def test_a_day_that_she_does_not_know_stops_without_one():
    assert stops(golden("noodle-drowning"), "dis.letter-on", dis__letter_on=UNSURE) == [("dis.labour-reply", None)]


def test_a_day_that_is_past_stops_too():
    given = golden("noodle-drowning")
    ((risk, due),) = stops(given, "dis.letter-on", dis__letter_on=(given.today - dt.timedelta(days=60)).isoformat())
    assert risk == "dis.labour-reply"
    assert due < given.today


@pytest.mark.parametrize("story", sorted(file.stem for file in (ROOT / "tests/golden").glob("*.yaml")))
def test_whoever_answers_from_first_to_last_is_stopped_once_for_a_thing(story):
    given, told, answered = golden(story), [], {}
    while asked := walk(SHIPPED, given.profile, answered).first_open():
        answered[asked.id] = given.answers.get(asked.id, UNSURE)
        told += [
            one.risk
            for one in stops_after(SHIPPED, given.profile, answered, asked.id, today=given.today, express=False)
        ]
    assert len(told) == len(set(told))


@pytest.mark.parametrize("story", ["court-froze", "landlord-evicts", "noodle-drowning", "stall-frozen"])
def test_no_answer_that_shows_a_stop_is_passed_over_without_scoring(story):
    given, answered, known = golden(story), {}, set()
    while asked := walk(SHIPPED, given.profile, answered).first_open():
        answered[asked.id] = given.answers.get(asked.id, UNSURE)
        all_now = {one.risk for one in every_stop(given, answered)}
        told = stops_after(SHIPPED, given.profile, answered, asked.id, today=given.today, express=False)
        assert {one.risk for one in told} == all_now - known, asked.id
        known = all_now
    assert known


def test_what_she_mends_herself_waits_for_the_result():
    given = golden("noodle-drowning")
    for question in ("saf.exits", "saf.gas", "saf.bad"):
        assert stops(given, question) == []


@pytest.mark.parametrize("story", ["careful-barber", "bakery-takeaway"])
def test_whoever_has_no_such_thing_is_never_stopped(story):
    given = golden(story)
    assert [question for question in given.answers if stops(given, question)] == []


def test_of_a_crime_that_she_only_does_not_rule_out_nothing_stops():
    assert stops(golden("bid-rigging"), "con.bids", con__bids=UNSURE) == []
