import datetime as dt
from dataclasses import dataclass

import pytest

from checkup.fixes.calendar_file import CalendarDay, calendar_file
from checkup.fixes.planning import A_PAGE, cut_page, page_of, plan
from checkup.fixes.states import LIFE, OF_EDITION, OF_LAWYER, OF_OWNER, STATES
from tenants.errors import Conflict

SIGNED = dt.date(2026, 3, 2)


@dataclass(frozen=True)
class Piece:
    state: str
    due_on: dt.date
    place: int
    law_due_on: dt.date | None = None
    urgent: bool = False


def pieces(*states):
    return [Piece(state, SIGNED + dt.timedelta(days=7), place) for place, state in enumerate(states)]


def test_every_move_belongs_to_one_mover():
    moves = [*OF_OWNER, *OF_LAWYER, *OF_EDITION]
    assert sorted({move for _, move in LIFE.moves}) == sorted(moves)
    assert {state for state, _ in LIFE.moves} | set(LIFE.moves.values()) == set(STATES)


def test_an_owner_cannot_confirm_her_own_fix():
    with pytest.raises(Conflict):
        LIFE.after("claimed_done", "confirm", of=OF_OWNER)


def test_a_lawyer_cannot_claim_for_the_owner():
    with pytest.raises(Conflict):
        LIFE.after("open", "claim", of=OF_LAWYER)


def test_what_is_confirmed_waits_for_nothing_more_of_the_owner():
    assert LIFE.moves_from("confirmed", of=OF_OWNER) == ()
    assert LIFE.moves_from("confirmed", of=OF_LAWYER) == ("reopen",)


def test_a_legal_limit_that_runs_comes_first_then_what_is_urgent_then_what_weighs_most():
    week, day = SIGNED + dt.timedelta(days=7), dt.timedelta(days=1)
    expired, heavy = Piece("open", week, 0, law_due_on=SIGNED - day), Piece("open", week, 1)
    urgent, later, soon = (
        Piece("open", week, 2, urgent=True),
        Piece("open", week, 3, week),
        Piece("open", week, 4, SIGNED),
    )
    made = plan([heavy, expired, urgent, later, soon], SIGNED)
    assert (*made.week, *made.month) == (soon, later, urgent, expired, heavy)


def test_an_owner_sees_three_things_this_week_and_five_this_month():
    made = plan(pieces(*["open"] * 12), SIGNED)
    assert [len(group) for group in (made.week, made.month, made.later)] == [3, 5, 4]


def test_what_is_claimed_waits_and_what_is_confirmed_or_accepted_is_done():
    made = plan(pieces("claimed_done", "confirmed", "accepted", "reopened"), SIGNED)
    assert [piece.state for piece in made.waiting] == ["claimed_done"]
    assert [piece.state for piece in made.done] == ["confirmed", "accepted"]
    assert [piece.state for piece in made.week] == ["reopened"]


def test_the_calendar_file_has_a_whole_day_with_an_alarm_days_before():
    day = CalendarDay("a@famai", dt.date(2026, 10, 3), "补签合同", "每人一份", "https://famai.example/checkup/1/fixes",
                      dt.datetime(2026, 8, 30, tzinfo=dt.UTC), 7)  # fmt: skip
    made_at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    text = calendar_file([day], name="法脉", days_before=3, made_at=made_at).decode()
    assert "DTSTART;VALUE=DATE:20261003" in text
    assert "DTEND;VALUE=DATE:20261004" in text
    assert "TRIGGER:-P2DT15H" in text
    assert "SEQUENCE:7" in text
    assert "LAST-MODIFIED:20260830T000000Z" in text
    assert "SUMMARY:补签合同" in text


@pytest.mark.parametrize("count", [0, 1, A_PAGE, A_PAGE + 1, 93])
def test_pages_of_a_long_list_hold_each_thing_once_and_none_is_long(count):
    things = list(range(count))
    pages = [cut_page(things, number + 1) for number in range(cut_page(things, 1)[2])]
    assert [one for page, _, _ in pages for one in page] == things
    assert all(len(page) <= A_PAGE for page, _, _ in pages)
    assert all(thing in pages[page_of(place) - 1][0] for place, thing in enumerate(things))


@pytest.mark.parametrize(("asked", "given"), [(-4, 1), (0, 1), (99, 3)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(asked, given):
    assert cut_page(range(2 * A_PAGE + 1), asked)[1] == given
