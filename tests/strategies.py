"""Generated packs and answers: nested conditions, routing, every way of rating."""

import dataclasses
import datetime as dt
import uuid
from functools import cache

from hypothesis import strategies as st

from checkup.packs.answers import UNSURE
from checkup.packs.catalogue import get_pack
from checkup.packs.conditions import ALWAYS, NEVER, Compare, Condition, Group, Not
from checkup.packs.model_reader import suit
from checkup.packs.values import MODEL_1, Basis, Case, Domain, Law, Option, Pack, Question, Risk

TODAY = dt.date(2026, 11, 24)
TEXT = {"zh-Hans": "字", "en": "word"}
OPTIONS = ("a", "b", "c")
LIKELIHOOD = st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.4999, 0.5, 0.75, 1.0])
MODEL_2 = get_pack("cn-shanghai-msme").model
MODELS = st.sampled_from([MODEL_1, MODEL_2, dataclasses.replace(MODEL_2, stretch=1)])
TABLES = st.fixed_dictionaries(dict.fromkeys(OPTIONS, LIKELIHOOD))
LIKELIHOOD_OR_NONE = st.none() | LIKELIHOOD
# A strategy is looked through when it is first drawn from: made anew in each example, that takes longer than the test.


@cache
def conditions(known: int) -> st.SearchStrategy[Condition]:
    """Conditions over the first `known` questions."""
    if not known:
        return st.just(ALWAYS)
    leaf = st.builds(
        lambda q, o: Compare("is", f"q{q}", o), st.integers(0, known - 1), st.sampled_from(OPTIONS)
    ) | st.builds(lambda q: Compare("answered", f"q{q}", ""), st.integers(0, known - 1))
    return st.recursive(
        leaf | st.sampled_from([ALWAYS, NEVER]),
        lambda part: (
            st.builds(Not, part)
            | st.builds(Group, st.sampled_from(["all", "any"]), st.lists(part, min_size=1, max_size=3).map(tuple))
        ),
        max_leaves=4,
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    count = draw(st.integers(1, 6))
    questions = tuple(
        Question(f"q{n}", "d", TEXT, TEXT, TEXT, "choice", tuple(Option(o, TEXT) for o in OPTIONS), None, None, None,
                 draw(st.booleans()), draw(conditions(n)) if draw(st.booleans()) else ALWAYS)
        for n in range(count)
    )  # fmt: skip
    risks = tuple(
        Risk(f"r{n}", "d", TEXT, draw(st.integers(1, 5)), TEXT, draw(conditions(count)),
             tuple(Case(draw(conditions(count)), draw(LIKELIHOOD)) for _ in range(draw(st.integers(0, 3)))),
             draw(LIKELIHOOD), draw(LIKELIHOOD_OR_NONE), (Basis("law", ("1",), TODAY),), TEXT, TEXT, 1, "none",
             None, NEVER)
        for n in range(draw(st.integers(1, 6)))
    )  # fmt: skip
    if draw(st.booleans()):
        risks = (*risks, _table(f"q{draw(st.integers(0, count - 1))}", draw(TABLES), risks[0]))
    model = draw(MODELS)
    grades = {"A": 90.0, "B": 75.0, "C": 60.0, "D": 40.0}
    content = str(uuid.uuid4())  # compiled packs are remembered by their hash, so each is new
    domain = suit(Domain("d", TEXT, questions, risks), model)
    return Pack("p", "1", content, "X", TODAY, TEXT, (), grades, (domain,), {"law": Law(TEXT)}, model)


def _table(question: str, likelihoods: dict[str, float], like: Risk) -> Risk:
    """The short form: a likelihood for every option of one question."""
    cases = tuple(Case(Compare("is", question, option), is_) for option, is_ in likelihoods.items())
    return dataclasses.replace(like, id="table", cases=cases, otherwise=0.0, if_unknown=None, table=question)


def answers(pack: Pack) -> st.SearchStrategy[dict[str, str]]:
    """Some questions answered, some unsure, some open."""
    return _answers(tuple(q.id for q in pack.questions))


@cache
def _answers(questions: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    one = st.sampled_from([*OPTIONS, UNSURE, None])
    return st.fixed_dictionaries(dict.fromkeys(questions, one)).map(
        lambda chosen: {q: value for q, value in chosen.items() if value is not None}
    )


def completions(pack: Pack, partial: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    """Ways to answer everything that is open or unsure."""
    open_ = [q.id for q in pack.questions if partial.get(q.id, UNSURE) == UNSURE]
    return _choices(tuple(open_)).map(lambda more: {**partial, **more})


@cache
def _choices(questions: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(questions, st.sampled_from(OPTIONS)))


SHIPPED = get_pack("cn-shanghai-msme")
PROFILE = {"form": "individual", "trade": "catering", "staff": 6}


def _values(question: Question) -> list[str | None]:
    ids = [o.id for o in question.options] or (["yes", "no"] if question.kind == "yes_no" else ["2026-11-01"])
    return [*ids, UNSURE, None]


SHIPPED_VALUES = {question.id: st.sampled_from(_values(question)) for question in SHIPPED.questions}


@st.composite
def shipped_answers(draw):
    drawn = {question: draw(values) for question, values in SHIPPED_VALUES.items()}
    return SHIPPED, {question: value for question, value in drawn.items() if value is not None}
