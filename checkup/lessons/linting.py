"""What is wrong with a lesson: its length, its words, its risks, its law. Pure."""

from collections.abc import Iterator, Sequence

from checkup.lessons.values import Lesson
from checkup.packs.values import Pack
from checkup.ways.plain_words import find_wording_faults

SENTENCES, QUESTIONS = range(4, 9), 3
FIGURES = frozenset(
    {"box", "camera", "clock", "coin", "exit", "fire", "food", "lock", "mail", "paper", "people", "phone", "scales",
     "shield", "shop", "tool"}
)  # fmt: skip


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
        yield from find_wording_faults(text)
    known = {risk.id for risk in pack.risks}
    yield from (f"no risk {risk}" for risk in lesson.risks if risk not in known)
    yield from _citations(lesson, pack, [risk for risk in lesson.risks if risk in known])


def _citations(lesson: Lesson, pack: Pack, risks: Sequence[str]) -> Iterator[str]:
    """It cites what its risks rest on, on some day, and nothing else: their articles have been read by a person."""
    told = [pack.risk(risk) for risk in risks]
    bases = [basis for risk in told for basis in risk.basis]
    bases += [basis for risk in told for variant in risk.variants for basis in variant.basis or ()]
    for law, articles in lesson.basis.items():
        for article in articles:
            if not any(basis.law == law and article in basis.articles for basis in bases):
                yield f"none of its risks rests on {law} {article}"
