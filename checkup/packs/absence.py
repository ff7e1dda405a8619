"""Not done, or not there at all? A likelihood that rises because something is not ticked needs proof that the thing
exists: an option that says it does not, or a condition that the risk's author names as `exists`. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from checkup.packs.conditions import Facts, Group, Not, Truth, compares, compile_condition
from checkup.packs.reachability import Search
from checkup.packs.values import Case, Pack, Question, Risk

_Chosen = tuple[str, ...]


def unguarded(pack: Pack, risk: Risk) -> Iterator[str]:
    """A message for each list in which leaving a box empty makes the risk likelier without such proof."""
    open_ = [(q, boxes) for q in _lists(pack, risk) if (boxes := _rising(risk, q)) and not _is_covered(risk, q, boxes)]
    for question, boxes in open_:
        if risk.exists is None:
            named = ", ".join(boxes)
            yield (
                f"it rises when {named} of {question.id} is not ticked; give the list an option with `absent` that"
                " lowers it as much, or name in `exists` what shows that the thing is there"
            )
    if risk.exists is not None:
        yield from _disproved(pack, risk)


def _lists(pack: Pack, risk: Risk) -> list[Question]:
    named = dict.fromkeys(c.ref for case in risk.cases for c in compares(case.when) if c.operator == "has")
    return [pack.question(ref) for ref in named if not ref.startswith("profile.")]


def _rising(risk: Risk, question: Question) -> list[str]:
    """The boxes whose tick lowers the likelihood, all else unknown."""
    without = _highest(risk, question.id, ())
    return [o.id for o in question.options if not o.absent and _highest(risk, question.id, (o.id,)) < without]


def _is_covered(risk: Risk, question: Question, boxes: list[str]) -> bool:
    """Whether for each box some option says "no such thing here" and helps as much as the tick does."""
    return all(
        any(
            box in option.absent and _highest(risk, question.id, (option.id,)) <= _highest(risk, question.id, (box,))
            for option in question.options
        )
        for box in boxes
        if box != "none"
    )


def _highest(risk: Risk, ref: str, chosen: _Chosen) -> float:
    facts, noted = _OneList(ref, chosen), [0.0]
    for case in risk.cases:
        truth = compile_condition(case.when)(facts)
        if truth is not False:
            noted.append(case.is_)
        if truth is True:
            break
    else:
        noted.append(risk.otherwise)
    return max(noted)


@dataclass(frozen=True)
class _OneList(Facts):
    """Facts in which one list is answered and everything else is unknown."""

    ref: str
    chosen: _Chosen

    def on_path(self, ref: str) -> Truth:
        return True

    def value(self, ref: str) -> _Chosen | None:
        return self.chosen if ref == self.ref else None


def _disproved(pack: Pack, risk: Risk) -> Iterator[str]:
    """`exists` is a claim: no business may have the fault and not the thing."""
    if risk.exists is None or not any(not c.negated for c in compares(risk.exists)):
        yield "exists: name a condition that shows the thing is there"
        return
    search, earlier = Search(pack), tuple[Case, ...]()
    for case in (*risk.cases, Case(Group("all", ()), risk.otherwise)):
        goal = Group("all", (risk.applies, Not(risk.exists), case.when, *(Not(one.when) for one in earlier)))
        if case.is_ > 0 and search.finds(goal):
            yield f"exists: a business without it can still have the likelihood {case.is_:g}"
        earlier += (case,)
