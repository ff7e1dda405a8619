"""What holds for any list of fixes, any report that is shared and any link."""

import datetime as dt
from dataclasses import dataclass, fields

from hypothesis import given
from hypothesis import strategies as st

from checkup.fixes.planning import order, plan
from checkup.fixes.states import STATES, TO_DO
from checkup.owner.share_tokens import link_digest, new_salt, new_token, snapshot_key
from checkup.report.days import suggest_due
from checkup.report.html import render_body
from checkup.report.redacting import LANDLORD_AREAS, redact
from checkup.report.values import Area, Entry, Letterhead, Report, Right

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))


@dataclass(frozen=True)
class Piece:
    state: str
    due_on: dt.date
    place: int
    law_due_on: dt.date | None
    urgent: bool


PIECES = st.builds(Piece, st.sampled_from(STATES), DAYS, st.integers(0, 200), st.none() | DAYS, st.booleans())


@given(st.lists(PIECES, max_size=40), DAYS)
def test_every_fix_is_in_one_group_and_they_come_in_the_order_of_the_report(pieces, today):
    made = plan(pieces, today)
    groups = (made.week, made.month, made.later, made.waiting, made.done)
    assert sorted(map(repr, (one for group in groups for one in group))) == sorted(map(repr, pieces))
    todo = [*made.week, *made.month, *made.later]
    assert all(piece.state in TO_DO for piece in todo)
    assert todo == sorted(todo, key=lambda piece: order(piece, today))
    assert len(made.week) <= 3
    assert len(made.month) <= 5


@given(st.integers(0, 60), st.none() | DAYS, DAYS)
def test_a_suggested_day_lies_ahead_and_never_behind_the_law(order, law_due, signed_on):
    due, _ = suggest_due(order, law_due, signed_on)
    assert signed_on <= due <= signed_on + dt.timedelta(days=90)
    if law_due is not None and law_due >= signed_on:
        assert due <= law_due


SECRET = "密§{}§"  # stands in every text that only the owner may read


def secret(name):
    return SECRET.format(name)


def entry(colour, risk):
    texts = {
        name: secret(name)
        for name in ("title", "domain", "consequence", "remedy", "lawyer_text", "plain", "lawyer_reason")
    }
    return Entry(
        risk=risk, colour=colour, urgent=True, due=dt.date(2026, 12, 1), is_past=False, area="emp",
        laws=(secret("law"),), machine_likelihood=0.5, lawyer_likelihood=0.4, lawyer_action="change",
        dismissed=False, **texts,
    )  # fmt: skip


COLOURS = st.lists(st.sampled_from(["red", "orange", "yellow"]), max_size=6)
AREAS = st.lists(st.sampled_from(["saf", "env", "pre", "fin", "dis", "emp"]), unique=True)


PAPER = Letterhead("f", "f", "31310000MD0123456X", "", "021-12348", "")


@st.composite
def reports(draw):
    findings = tuple(entry(colour, f"r{n}") for n, colour in enumerate(draw(COLOURS)))
    score = draw(st.none() | st.floats(0, 100))
    areas = tuple(
        Area(one, f"area-{one}", secret("light"), secret("was"), 7, 7, 1.0, 41.7, 41.7, 41.7) for one in draw(AREAS)
    )
    return Report(
        locale=draw(st.sampled_from(["zh-Hans", "en"])), title="t", business_name="b", letterhead=PAPER,
        lawyer_name="l", partner_name=None, stage="signed", edition=2, why=secret("why"), changes=(),
        score=score, low=score, high=score, reviewed_score=None, reviewed_grade=None,
        grade=None if score is None else "C", grade_low=None, grade_high=None,
        held=draw(st.sampled_from(["", secret("held")])), is_express=draw(st.booleans()), light="red",
        reviewed_light=None, enough=score is not None, asked_first=(secret("asked"),), hints=findings[:1],
        areas=areas, not_asked=(secret("area"),), earlier_on=dt.date(2026, 5, 1),
        findings=findings, dismissed=findings[:1], to_clarify=((secret("area"), (secret("clarify"),)),),
        rights=(Right(secret("right"), secret("text"), secret("step"), (secret("law"),)),), advice=secret("advice"),
        submitted_on=dt.date(2026, 11, 1), signed_on=dt.date(2026, 11, 2), pack="p", verify_number="FM26X",
        verify_url="http://x/verify/FM26X",
    )  # fmt: skip


@given(reports(), st.sampled_from(["bank", "landlord"]))
def test_neither_bank_nor_landlord_reads_a_word_that_is_the_owners_alone(report, level):
    shown = redact(report, level, {"r0"})
    assert "密§" not in repr(shown)
    assert "密§" not in render_body(shown)


@given(reports())
def test_a_landlord_sees_neither_lease_nor_money_nor_score(report):
    shown = redact(report, "landlord")
    assert {area.id for area in shown.areas} <= LANDLORD_AREAS
    assert (shown.score, shown.low, shown.high) == (None, None, None)
    assert not {"area-pre", "area-fin", "area-dis"} & set(render_body(shown).split())


@given(reports())
def test_a_bank_sees_how_many_were_found_and_mended(report):
    shown = redact(report, "bank", {"r0", "r1"})
    assert sum(found for _, found, _ in shown.tally) == len(report.findings)
    assert sum(mended for *_, mended in shown.tally) == min(2, len(report.findings))


@given(reports())
def test_the_full_report_changes_nothing_but_its_mark(report):
    shown = redact(report, "full")
    changed = [field.name for field in fields(Report) if getattr(shown, field.name) != getattr(report, field.name)]
    assert changed == ["shown_to"]


def test_neither_the_row_nor_the_link_alone_makes_the_key():
    token, salt = new_token(), new_salt()
    assert len(snapshot_key(token, salt)) == 32
    assert snapshot_key(token, salt) != snapshot_key(token, new_salt())
    assert snapshot_key(token, salt) != snapshot_key(new_token(), salt)
    assert token not in link_digest(token)
