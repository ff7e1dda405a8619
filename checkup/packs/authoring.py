"""What an author may still get wrong in a pack that is whole: faults found without reason, words that say too much,
numbers that the languages do not share, hints that name no option, law out of date. Pure."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import cast

from checkup.packs.absence import unguarded
from checkup.packs.number_words import unlike
from checkup.packs.values import Basis, Pack, Question, Risk, Text

_LIKELY, _HINT = 0.5, 0.3
_NAMES_A_PLACE = {
    "zh-Hans": re.compile(r"(选|挑|点)(了)?(最后|第一|上面|末)|最后一(个|项)(?!月)|最像的"),
    "en": re.compile(r"\b(pick|choose|take|or|tick|select) the (last|first|one above|bottom)\b|the last one\b", re.I),
}
# What is left of a question without these is what it is about: it is also read away from its options, in a reason, a
# list of what to find out, a report.
_POINTS = {
    "zh-Hans": re.compile(
        r"[下上]面|以下|[这那]些|[这那]个|哪些|哪几样|哪样|店里|[您有没做到遇是还也都过了的吗事在把，？]"
    ),
    "en": re.compile(
        r"\b(which|of|these|those|this|that|any|is|are|was|has|have|had|do|does|did|done|happened|happen|you|your|yours"
        r"|true|also|as|well|all|in|to|with|for|the|a|above|below|business|following)\b|[^a-z]",
        re.I,
    ),
}
_DOCUMENT = re.compile(
    r"(看看|看一下|看一眼|翻翻|翻一下|拿出|找出|对照)[^。；，]{0,12}(证|照|合同|单|表|账|书|卡|日期)"
)
_NOT_NEEDED = re.compile(r"看不到也行|没有也行|不用翻|找不到也行|记不清也行|不看也行")
_VERB = re.compile(
    r"\b(may|might|can|cannot|could|will|would|must|should|shall|is|are|isn’t|aren’t|was|were|be|been|has|have|had"
    r"|do|does|did|don’t|doesn’t|need|needs|counts?|runs?|ends?|pays?|loses?|falls?|goes|go|gets?|takes?|owes?"
    r"|becomes?|stays?|stands?|costs?|lasts?|starts?|applies|apply|remains?|means?|depends?|orders?|decides?"
    r"|follows?|leads?|makes?)\b|’(ll|re|s)\b|'(ll|re|s)\b",
    re.I,
)  # fmt: skip


def warnings(pack: Pack) -> Iterator[tuple[str, str]]:
    """(id of the question or risk, message). A pack of model 1 is not judged: its words stand in signed reports."""
    if pack.model.number == 1:
        return
    told = (
        (one.id, text)
        for part in (pack.questions, pack.risks, pack.opportunities)
        for one in part
        for text in _texts(one)
    )
    for owner, text in told:
        yield from ((owner, f"{owner}: {message}: {text['zh-Hans']}") for message in unlike(text))
    for question in pack.questions:
        yield from ((question.id, f"{question.id}: {message}") for message in _question_faults(question))
    for risk in pack.risks:
        for message in (*_word_faults(risk), *_law_faults(pack, risk), *unguarded(pack, risk)):
            yield risk.id, f"{risk.id}: {message}"


def _texts(node: object) -> Iterator[Text]:
    """Every text of a question, a risk or a right, its options', cases' and variants' with them."""
    if isinstance(node, Mapping):
        yield cast(Text, node)
    elif isinstance(node, tuple):
        for one in node:
            yield from _texts(one)
    elif is_dataclass(node):
        yield from _texts(tuple(getattr(node, field.name) for field in fields(node)))


def _question_faults(question: Question) -> Iterator[str]:
    for what, text in (("text", question.text), ("why", question.why), ("example", question.example)):
        if any(pattern.search(text[language]) for language, pattern in _NAMES_A_PLACE.items()):
            yield f"the {what} points to an option by its place; name it by its words"
    if not all(pattern.sub("", question.text[language]) for language, pattern in _POINTS.items()):
        yield "the text only points to its options; say what they are about"
    asked = question.text["zh-Hans"] + "。" + question.example["zh-Hans"]
    if _DOCUMENT.search(asked) and not _NOT_NEEDED.search(asked):
        yield "it asks to look at a paper; say that it goes without (看不到也行)"


def _word_faults(risk: Risk) -> Iterator[str]:
    values: list[tuple[float, int | None]] = [(case.is_, place) for place, case in enumerate(risk.cases)]
    values += [] if risk.table else [(risk.otherwise, None)]
    worst = max(value for value, _ in values)
    for value, place in sorted(values, key=lambda v: v[0]):
        is_slight = 0 < value < _HINT or (0 < value < _LIKELY <= worst)
        if is_slight and risk.worded(value, place).title is risk.title:
            yield f"at {value:g} it reads as at {worst:g}: give the case a title, or `words` with `below`"
            break
    for consequence in _consequences(risk):
        yield from _sentence_faults(consequence["en"])


def _consequences(risk: Risk) -> Iterator[Text]:
    words = [case.words for case in risk.cases] + [level.words for level in risk.levels]
    words += [level.words for variant in risk.variants for level in variant.levels or ()]
    yield risk.consequence
    yield from (one.consequence for one in words if one is not None and one.consequence is not None)
    yield from (variant.consequence for variant in risk.variants if variant.consequence is not None)


def sentences(text: str) -> list[str]:
    """A text cut behind each full stop; a point inside a number ends nothing."""
    return [one.strip() for one in re.split(r"(?<=[.!?])\s+", text) if one.strip()]


def _sentence_faults(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        if not re.match(r"[A-Z“\"‘]", sentence) or sentence[-1] not in ".!?”" or not _VERB.search(sentence):
            yield f"the English consequence is not a whole sentence: {sentence}"


def _law_faults(pack: Pack, risk: Risk) -> Iterator[str]:
    """From the pack's date on, every article must be cited from a law in force."""
    begins = [pack.effective_on, *sorted(v.from_ for v in risk.variants if v.from_ > pack.effective_on), dt.date.max]
    for start, end in pairwise(begins):
        for basis in risk.on(start).basis:
            yield from _out_of_force(pack, basis, start, end)


def _out_of_force(pack: Pack, basis: Basis, start: dt.date, end: dt.date) -> Iterator[str]:
    law = pack.laws[basis.law]
    if law.from_ is not None and law.from_ > start:
        yield f"{basis.law} is in force from {law.from_} only; cite it in a variant from that day"
    if law.until is not None and law.until < end - dt.timedelta(days=1):
        yield f"{basis.law} ends on {law.until}; give a variant from the next day"
