"""What a score comes to, in a sentence: what held the grade, or what must be known first. Pure."""

from collections.abc import Mapping

from checkup.packs.answers import Answers, Value
from checkup.packs.values import Pack
from checkup.report.wording import WORDS
from checkup.scoring.ladder import POINTS
from checkup.scoring.open_questions import widest_open
from checkup.scoring.values import Score
from tenants.languages import choose

_MOST_NAMED, _MOST_ASKED = 3, 3


def what_held(pack: Pack, score: Score, titles: Mapping[str, str], locale: str) -> str:
    """Which problems hold the grade below what the points give; empty where the points decide."""
    if score.held_by is None or score.held_by.rule == POINTS:
        return ""
    risks = score.held_by.risks
    names = [titles.get(risk) or choose(pack.risk(risk).title, locale) for risk in risks[:_MOST_NAMED]]
    more = len(risks) > _MOST_NAMED
    return choose(WORDS["held_more" if more else "held"], locale).format(
        grade=score.grade, names=choose(WORDS["between"], locale).join(names), count=len(risks)
    )


def asked_first(
    pack: Pack, profile: Mapping[str, Value], answers: Answers, locale: str, *, express: bool
) -> tuple[str, ...]:
    """The open questions whose answers would narrow the result most."""
    found = widest_open(pack, profile, answers, express=express)[:_MOST_ASKED]
    return tuple(choose(pack.question(question).text, locale) for question, _ in found)
