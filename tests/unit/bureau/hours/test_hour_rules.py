import datetime as dt
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau.hours import states
from bureau.hours.rules import DEFAULTS, Category, RuleBook, overlapping, points
from bureau.hours.suggestion_rules import Room, Trace, suggest
from bureau.hours.time_spans import MINUTE, Span, day_bounds, minutes, parse_spans, show_spans
from bureau.parameters.rules import Decided
from bureau.quality import advice_fingerprints, anomaly_rules, sampling
from bureau.quality.anomaly_rules import Advice, Claim
from tenants.errors import Conflict, Invalid

DAY = dt.date(2026, 11, 25)
NINE = day_bounds(DAY).start + dt.timedelta(hours=9)
LAWYER, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
WIDE = Room(10_000, 10_000)
KEY = b"k" * 32


def at(begin, length=1):
    return Span(NINE + begin * MINUTE, NINE + (begin + length) * MINUTE)


def claim(number, *spans, **more):
    return Claim(uuid.UUID(int=number), more.pop("lawyer", LAWYER), DAY, spans, **more)


def faults_of(call, *args, **kwargs):
    with pytest.raises(Invalid) as refused:
        call(*args, **kwargs)
    return {fault.field: fault.code for fault in refused.value.faults}


def test_short_gaps_between_heartbeats_are_reading():
    assert suggest(Trace(beats=(at(0), at(6))), claimed=(), room=WIDE).minutes == 7


def test_a_long_gap_is_not_counted():
    assert suggest(Trace(beats=(at(0), at(7))), claimed=(), room=WIDE).minutes == 2


def test_without_javascript_saves_ten_minutes_apart_are_one_piece_of_work():
    assert suggest(Trace(saves=(at(0), at(11))), claimed=(), room=WIDE).minutes == 12


def test_every_step_of_a_suggestion_is_told():
    made = suggest(Trace(beats=(at(0, 10),), saves=(at(12),)), claimed=(at(0, 3),), room=Room(8, 100))
    assert [(step.code, step.minutes) for step in made.steps] == [
        ("beats", 10), ("saves", 1), ("gaps", 2), ("claimed", -3), ("case_cap", -2), ("day_cap", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "09:10-09:33、14:00-14:20",
        "9:10–9:33, 14:00~14:20",
        "14：00至14：20 09:10到09:33",
        "09:10——09:33，14:00－14:20",
        "上午9:10到9:33、下午2点到2点20分",
        "从9点10分到9点33，14.00-14.20",
        "９：１０～９：３３；１４：００——１４：２０",
    ],
)
def test_times_are_read_in_the_ways_people_write_them(text):
    assert minutes(parse_spans(text, DAY)) == 43


@pytest.mark.parametrize(
    "text", ["9-10", "10:00-09:00", "09:00-09:00", "09:00-25:00", "09:61-10:00", "上午", "09:00-10:00x"]
)
def test_what_is_no_time_is_refused(text):
    assert faults_of(parse_spans, text, DAY) == {"times": "not_times"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("上午9:00到10:00", "09:00-10:00"), ("下午2点到4点半", "14:00-16:30"), ("中午12点到1点", "12:00-13:00"),
        ("上午11点到下午1点", "11:00-13:00"), ("晚上8点-9点半", "20:00-21:30"), ("中午11:30-12:30", "11:30-12:30"),
    ],
)  # fmt: skip
def test_the_part_of_the_day_that_was_said_counts_for_both_ends(text, shown):
    assert show_spans(parse_spans(text, DAY)) == shown


def test_work_past_midnight_is_asked_for_in_two_days():
    assert faults_of(parse_spans, "23:30-00:30", DAY) == {"times": "past_midnight"}


@given(
    st.integers(0, 23 * 60), st.integers(1, 59),
    st.sampled_from(["-", "——", "－", "–", "~", "～", "到", "至", " - ", "―"]), st.sampled_from(":：.")
)  # fmt: skip
def test_every_span_is_read_with_every_dash(start, length, dash, colon):
    ends = (divmod(at, 60) for at in (start, start + length))
    typed = dash.join(f"{hour}{colon}{minute:02}" for hour, minute in ends)
    assert minutes(parse_spans(typed, DAY)) == length


def test_times_are_shown_as_they_can_be_typed():
    text = "09:10-09:33、22:00-24:00"
    assert show_spans(parse_spans(text, DAY)) == text


def test_a_category_holds_up_to_but_not_including_its_end():
    short = Category("x", DAY, DAY + dt.timedelta(days=1), 120, "", "")
    book = RuleBook(layers=((short,), DEFAULTS))
    assert [book.weight("x", DAY + dt.timedelta(days=n)) for n in (-1, 0, 1)] == [0, 120, 0]


def test_the_default_categories_never_overlap():
    assert overlapping(DEFAULTS) == []


def test_a_bureau_that_ends_a_category_leaves_the_default_of_before():
    ended = Category("clinic", DAY, None, 0, "", "")
    book = RuleBook(layers=((ended,), DEFAULTS))
    assert (book.weight("clinic", DAY - dt.timedelta(days=1)), book.weight("clinic", DAY)) == (100, 0)


def test_legal_aid_counts_half_as_much_again_in_points():
    assert points([("legal_aid", DAY, 60), ("checkup", DAY, 60)], RuleBook()) == 15 + 10


def test_points_follow_the_parameter_of_the_day():
    book = RuleBook(numbers={"points_hour": [[Decided(20, DAY)]]})
    assert [points([("checkup", day, 60)], book) for day in (DAY - dt.timedelta(days=1), DAY)] == [10, 20]


def test_nothing_is_edited_once_it_is_settled():
    for state in ("replaced", "dropped", "upheld"):
        assert not any(states.LIFE.may(state, move) for _, move in states.LIFE.moves)
    with pytest.raises(Conflict):
        states.LIFE.after("sampled", "replace")


def test_a_rejection_can_be_answered_once():
    state = states.LIFE.after(states.LIFE.after("rejected", "reply"), "uphold")
    assert not states.LIFE.may(state, "reply")


def test_a_day_over_twelve_hours_is_counted_by_its_union():
    day = [claim(1, at(0, 400)), claim(2, at(300, 400))]
    assert anomaly_rules.long_days(day, flag_minutes=700) == []
    assert anomaly_rules.long_days(day, flag_minutes=699)[0].numbers == {"minutes": 700, "flag": 699}


def test_overlaps_are_of_one_lawyer_only():
    held = [claim(1, at(0, 60)), claim(2, at(50, 60)), claim(3, at(0, 60), lawyer=OTHER), claim(4, at(110, 5))]
    assert [(one.about, one.numbers) for one in anomaly_rules.overlaps(held)] == [
        ((uuid.UUID(int=1), uuid.UUID(int=2)), {"minutes": 10})
    ]


def test_time_without_any_activity_stands_out_on_the_platform_only():
    held = [claim(1, at(0, 9), active_minutes=0), claim(2, at(0, 9), active_minutes=1), claim(3, at(0, 9))]
    assert [one.about for one in anomaly_rules.without_activity(held)] == [(uuid.UUID(int=1),)]


def test_one_owner_who_confirms_many_is_counted_not_named():
    owner = uuid.UUID(int=77)
    held = [claim(n, at(n), owner_id=owner, owner_confirmed_at=NINE) for n in range(1, 7)]
    found = anomaly_rules.busy_owners(held)
    assert [one.numbers["count"] for one in found] == [6]
    assert owner not in found[0].about
    assert anomaly_rules.busy_owners(held[:5]) == []


LONG = (
    "先把三份口头约定写成合同，写明价款、期限和违约责任，双方签字留底；"
    "再把去年的欠条逐笔对账，请对方确认余额并写明还款日期，超过两年的尽快催收。"
)


def test_near_identical_advice_is_near_and_other_advice_is_far():
    copy = LONG.replace("三份", "两份")
    other = (
        "您的食品经营许可证下月到期，请在到期三十日前到区市场监管局申请延续，"
        "并把冷藏柜温度每天记下来备查，员工健康证也要全部补齐再上岗。"
    )
    assert advice_fingerprints.is_near(advice_fingerprints.print_of(LONG, KEY), advice_fingerprints.print_of(copy, KEY))
    assert not advice_fingerprints.is_near(
        advice_fingerprints.print_of(LONG, KEY), advice_fingerprints.print_of(other, KEY)
    )


def test_a_fingerprint_says_nothing_without_its_key():
    assert not advice_fingerprints.is_near(
        advice_fingerprints.print_of(LONG, KEY), advice_fingerprints.print_of(LONG, b"x" * 32)
    )


def test_three_near_identical_reports_are_one_anomaly():
    held = [Advice(uuid.UUID(int=n), LAWYER, advice_fingerprints.print_of(LONG, KEY), len(LONG)) for n in (1, 2, 3)]
    assert [one.numbers for one in anomaly_rules.copied_reports(held, day=DAY)] == [{"count": 3}]
    assert anomaly_rules.copied_reports(held[:2], day=DAY) == []


def test_short_advice_is_alike_without_being_copied():
    held = [Advice(uuid.UUID(int=n), LAWYER, 5, 20) for n in (1, 2, 3)]
    assert anomaly_rules.copied_reports(held, day=DAY) == []


POPULATION = [uuid.UUID(int=n) for n in range(1, 101)]


def test_the_same_seed_draws_the_same_and_in_any_order():
    seed = sampling.seed_of("2026-Q4", [("a", 3, "ff"), ("b", 1, "00")])
    assert seed == sampling.seed_of("2026-Q4", [("b", 1, "00"), ("a", 3, "ff")])
    drawn = sampling.draw(POPULATION, seed=seed, percent=5, least=2)
    assert drawn == sampling.draw(POPULATION[::-1], seed=seed, percent=5, least=2)
    assert len(drawn) == 5


def test_another_log_draws_others():
    seeds = [sampling.seed_of("2026-Q4", [("a", 3, head)]) for head in ("ff", "fe")]
    assert len({sampling.draw(POPULATION, seed=seed, percent=5, least=2) for seed in seeds}) == 2


def test_a_small_population_gives_what_it_has():
    assert len(sampling.draw(POPULATION[:1], seed="s", percent=5, least=2)) == 1


def test_assessors_come_from_two_other_firms():
    assessors = {uuid.UUID(int=n): uuid.UUID(int=100 + n % 3) for n in range(9)}
    chosen = sampling.assign(POPULATION[0], firm=uuid.UUID(int=100), assessors=assessors, seed="s")
    assert {assessors[one] for one in chosen} == {uuid.UUID(int=101), uuid.UUID(int=102)}


def test_who_declined_is_not_asked_again():
    assessors = {LAWYER: uuid.UUID(int=101), OTHER: uuid.UUID(int=102)}
    assert sampling.assign(POPULATION[0], firm=uuid.UUID(int=1), assessors=assessors, seed="s", barred=[LAWYER]) == (
        OTHER,
    )


def test_kappa_of_a_worked_example():
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert sampling.percent_agreement(pairs) == 70
    assert sampling.kappa(pairs) == pytest.approx(0.4)


def test_kappa_says_nothing_where_chance_always_agrees():
    assert sampling.kappa([("y", "y")] * 5) is None
    assert sampling.kappa([]) is None
