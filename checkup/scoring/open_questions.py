"""Which open question would narrow the result most, and which are open in each area. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from checkup.packs.answers import Answers, Value
from checkup.packs.values import Pack
from checkup.scoring.model import named_questions, rate
from checkup.scoring.routing import CheckupFacts


def widest_open(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, *, express: bool = False
) -> list[tuple[str, int]]:
    """(question, weight × width it would close) of each open question on the path, the widest first.

    Where several open questions stand behind a risk, they share its width.
    """
    facts = CheckupFacts(pack, profile, answers)
    open_ = {
        q.id
        for q in pack.questions
        if (q.express or not express) and facts.on_path(q.id) is True and facts.value(q.id) is None
    }
    widths = dict.fromkeys(open_, 0)
    for one in rate(pack, profile, answers):
        behind = [name for name in named_questions(one.risk) if name in open_]
        for name in behind:
            widths[name] += one.weight * (one.hi - one.lo) // len(behind)
    place = {question.id: place for place, question in enumerate(pack.questions)}
    return sorted(widths.items(), key=lambda one: (-one[1], place[one[0]]))


def open_by_area(pack: Pack, profile: Mapping[str, Value], answers: Answers) -> dict[str, Sequence[str]]:
    """Area → its open questions on the whole path, in the pack's order, of the areas that have any.

    Those that were not asked yet; where all were, those answered with "not sure".
    """
    facts = CheckupFacts(pack, profile, answers)
    fresh, unsure = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for question in facts.list_questions(express=False):
        if facts.value(question.id) is None:
            (unsure if question.id in answers else fresh)[question.domain].append(question.id)
    return {area: fresh.get(area) or unsure[area] for area in (*fresh, *(unsure.keys() - fresh.keys()))}
