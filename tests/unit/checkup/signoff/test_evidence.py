import datetime as dt

import pytest

from checkup.cases.answer_record import AnswerRecord
from checkup.packs.catalogue import get_pack
from checkup.signoff.evidence import compare_with_last, facts_behind, origin_of

PACK = get_pack("cn-shanghai-msme")
PROFILE = {"form": "company", "trade": "catering", "section": "H", "staff": 6.0, "revenue": 80.0, "assets": 30.0,
           "district": "310113", "size": "micro"}  # fmt: skip
THEN, NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC), dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("by", "via", "origin"),
    [
        ("owner", "web", "owner"),
        ("helper", "web", "helper"),
        ("helper", "phone", "phone"),
        ("system", "registry", "registry"),
        ("owner", "document", "document"),
        ("owner", "carried", "carried"),
    ],
)
def test_each_answer_tells_where_it_came_from(by, via, origin):
    assert origin_of({"value": "yes", "by": by, "via": via}) == origin


def test_the_facts_behind_a_risk_are_its_questions_and_then_its_profile_fields():
    facts = facts_behind(PACK.risk("con.unwritten"))
    assert "con.written" in facts
    assert list(facts) == sorted(facts, key=lambda ref: ref.startswith("profile."))


def test_every_risk_rests_on_some_fact():
    assert [risk.id for risk in PACK.risks if not facts_behind(risk)] == []


def recheck(**answers):
    """A record with answers carried from the last checkup."""
    record = AnswerRecord()
    for question, value in answers.items():
        record = record.with_answer(question.replace("_", "."), value, at=THEN, by="owner", via="web")
    return record.for_recheck(record.answers(), at=NOW)


def test_a_first_checkup_has_nothing_to_compare_with():
    record = AnswerRecord().with_answer("con.written", "none", at=NOW, by="owner", via="web")
    assert compare_with_last(PACK, PROFILE, record, ["con.unwritten"], today=TODAY) is None


def test_what_the_owner_changed_since_last_time_is_told_with_the_old_value():
    record = recheck(con_written="none").with_answer("con.written", "all", at=NOW, by="owner", via="web")
    since = compare_with_last(PACK, PROFILE, record, [], today=TODAY)
    assert since.answers == {"con.written": "none"}
    assert (since.new, since.gone) == ((), ("con.unwritten",))


def test_a_carried_answer_that_was_confirmed_has_not_changed():
    record = recheck(con_written="none").with_answer("con.written", "none", at=NOW, by="owner", via="web")
    since = compare_with_last(PACK, PROFILE, record, ["con.unwritten"], today=TODAY)
    assert (since.answers, since.new, since.gone) == ({}, (), ())


def test_an_answer_given_for_the_first_time_makes_a_finding_new():
    record = recheck(con_kinds=("sales",)).with_answer("con.written", "none", at=NOW, by="owner", via="web")
    assert compare_with_last(PACK, PROFILE, record, ["con.unwritten"], today=TODAY).new == ("con.unwritten",)
