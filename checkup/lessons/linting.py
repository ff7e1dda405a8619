"""What is wrong with a lesson: its length, its words, its risks, its law. Pure."""

import re
from collections.abc import Iterator, Sequence

from checkup.lessons.values import Lesson, Text
from checkup.packs.values import Pack
from checkup.packs.yaml_reader import LANGUAGES

SENTENCES, QUESTIONS = range(4, 9), 3
MOST_SIGNS, MOST_WORDS = 40, 25  # of a sentence in Chinese, in English
FIGURES = frozenset(
    {"box", "camera", "clock", "coin", "exit", "fire", "food", "lock", "mail", "paper", "people", "phone", "scales",
     "shield", "shop", "tool"}
)  # fmt: skip
# What a statute says and nobody at a counter does.
STIFF = {
    "zh-Hans": re.compile(
        "应当|予以|依法|之日起|上述|前款|承担.*责任|连带|相对人|当事人|劳动者|用人单位|经营者|法律责任"
    ),
    "en": re.compile(r"\b(shall|hereby|pursuant|aforesaid|thereof|joint and several|employing unit)\b", re.IGNORECASE),
}
_QUOTED = re.compile("“[^”]*”")  # what stands on a paper that she has before her


def find_faults(lessons: Sequence[Lesson], pack: Pack) -> list[str]:
    """Each fault in a sentence that begins with its lesson."""
    found = [f"{lesson.id}: {fault}" for lesson in lessons for fault in _faults(lesson, pack)]
    names = [lesson.id for lesson in lessons]
    return found + [f"{name}: there are two" for name in sorted({one for one in names if names.count(one) > 1})]


def _faults(lesson: Lesson, pack: Pack) -> Iterator[str]:
    if len(lesson.text) not in SENTENCES or len(lesson.questions) != QUESTIONS:
        yield f"{len(lesson.text)} sentences and {len(lesson.questions)} questions"
    if lesson.figure not in FIGURES:
        yield f"no drawing {lesson.figure}"
    if len({asked.right for asked in lesson.questions}) == 1:
        yield "the answer is always the same"
    asked = [text for one in lesson.questions for text in (one.ask, one.why)]
    for text in (lesson.title, *lesson.text, *asked):
        yield from _wording(text)
    known = {risk.id for risk in pack.risks}
    yield from (f"no risk {risk}" for risk in lesson.risks if risk not in known)
    yield from _citations(lesson, pack, [risk for risk in lesson.risks if risk in known])


def _wording(text: Text) -> Iterator[str]:
    for language in LANGUAGES:
        said = text.get(language, "")
        long = len(said) > MOST_SIGNS if language == "zh-Hans" else len(said.split()) > MOST_WORDS
        if not said or long:
            yield f"nothing said, or too long: {said!r}"
        if stiff := STIFF[language].search(_QUOTED.sub("", said)):
            yield f"words of a statute: {stiff[0]}"


def _citations(lesson: Lesson, pack: Pack, risks: Sequence[str]) -> Iterator[str]:
    """It cites what its risks rest on, on some day, and nothing else: their articles have been read by a person."""
    told = [pack.risk(risk) for risk in risks]
    bases = [basis for risk in told for basis in risk.basis]
    bases += [basis for risk in told for variant in risk.variants for basis in variant.basis or ()]
    for law, articles in lesson.basis.items():
        for article in articles:
            if not any(basis.law == law and article in basis.articles for basis in bases):
                yield f"none of its risks rests on {law} {article}"
