"""From counts to a funnel: how far businesses have got, each counted at the last step it reached. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tenants.anonymity import LEAST_BEHIND
from tenants.campaign_steps import STEPS

SCANS, ALL = "scans", "all"
_BEFORE_A_FIRM = 2  # steps that are reached at the city's reception


@dataclass(frozen=True)
class Stage:
    """`count`: how many came so far; None where that would tell of a few."""

    what: str
    count: int | None


def last_steps(reached: Mapping[str, int]) -> Counter[str]:
    """Step → how many have got there and no further, from how many have reached each. What was reached later counts as
    passed."""
    many, passed = dict.fromkeys(STEPS, 0), 0
    for step in reversed(STEPS):
        passed = many[step] = max(passed, reached.get(step, 0))
    return Counter({one: many[one] - many[after] for one, after in pairwise(STEPS)} | {STEPS[-1]: many[STEPS[-1]]})


def share_out(whole: Counter[str], firms: Mapping[str, Counter[str]]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """What of each last step is each firm's, and what is nobody's; together the whole.

    A case that went on to another firm was counted at the first: no firm is given more than there is.
    """
    left, own = Counter(whole), dict[str, Counter[str]]()
    for name in sorted(firms):
        own[name] = Counter({step: min(firms[name][step], left[step]) for step in STEPS[_BEFORE_A_FIRM:]})
        left.subtract(own[name])
    return own, left


def funnel_of(told: Mapping[str, int]) -> list[Stage]:
    """Every stage, from what is told: who has got further has come so far too.

    Counted down from everybody, or up from the end, wherever each number on the way is told; of ten and more.
    """
    stages, before = [Stage(SCANS, told.get(SCANS))], told.get(ALL)
    for number, step in enumerate(STEPS):
        count = _reached(told, number)
        if count is not None and before is not None:
            count = min(count, before)
        count = None if count is not None and count < LEAST_BEHIND else count
        stages.append(Stage(step, count))
        before = before if count is None else count
    return stages


def _reached(told: Mapping[str, int], number: int) -> int | None:
    passed, rest = [told.get(step) for step in STEPS[:number]], [told.get(step) for step in STEPS[number:]]
    total = told.get(ALL)
    if total is not None and None not in passed:
        return total - sum(_known(passed))
    return None if None in rest else sum(_known(rest))


def _known(counts: Iterable[int | None]) -> Iterable[int]:
    return (one for one in counts if one is not None)
