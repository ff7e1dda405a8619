"""Why a finding stands in a report: "because you chose …", one sentence for the owner. Pure."""

from collections.abc import Mapping

from checkup.packs.answer_words import answer_text
from checkup.packs.answers import Answers, Value
from checkup.packs.conditions import Compare
from checkup.packs.values import Pack
from checkup.report.wording import WORDS
from checkup.scoring.explanation import Holding
from tenants.languages import choose

_MOST = 3


class Reasons:
    """The answers of one checkup, asked why a risk was found."""

    def __init__(self, pack: Pack, profile: Mapping[str, Value], answers: Answers, locale: str) -> None:
        self._pack, self._answers, self._locale = pack, answers, locale
        self._holding = Holding(pack, profile, answers)

    def sentence(self, risk: str, case: int | None) -> str:
        """Empty where no single answer of hers is behind it."""
        behind = self._holding.behind(self._pack.risk(risk), case)
        asked = [one for one in behind if not one.ref.startswith("profile.")]
        named = [told for one in asked if (told := self._told(one))]
        if not named:
            return ""
        what = self._word("because_between").join(dict.fromkeys(named[:_MOST]))
        is_missing = any(one.negated and one.operator == "has" for one in asked)
        return self._word("because_of" if is_missing else "because_chosen").format(what=what)

    def _told(self, compare: Compare) -> str:
        question, value = self._pack.question(compare.ref), self._answers.get(compare.ref)
        if value is None:
            return ""
        asked = choose(question.text, self._locale)
        if compare.negated and compare.operator == "has":
            missing = choose(answer_text(question, (str(compare.operand),)), self._locale)
            return self._word("because_not").format(what=missing, question=asked)
        shown = (str(compare.operand),) if compare.operator == "has" else value
        return self._word("because_answer").format(
            what=choose(answer_text(question, shown), self._locale), question=asked
        )

    def _word(self, key: str) -> str:
        return choose(WORDS[key], self._locale)
