"""Which rights a business may use, by its answers. Pure."""

from collections.abc import Mapping

from checkup.packs.answers import Answers, Value
from checkup.packs.conditions import compile_condition
from checkup.packs.values import Pack
from checkup.scoring.routing import CheckupFacts


def find_opportunities(pack: Pack, profile: Mapping[str, Value], answers: Answers) -> tuple[str, ...]:
    """The ids of the opportunities that hold for certain, in the pack's order."""
    facts = CheckupFacts(pack, profile, answers)
    return tuple(o.id for o in pack.opportunities if compile_condition(o.when)(facts) is True)
