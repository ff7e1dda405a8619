"""Whole-pack checks: what names what, and whether every part can matter. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping

from checkup.packs.conditions import ORDERED, Compare, Condition, compares, refs
from checkup.packs.values import Clock, Pack, Question, Risk


def faults(pack: Pack) -> Iterator[tuple[str, str]]:
    """(id of the question or risk, message) for everything wrong between the parts."""
    yield from _duplicates(pack)
    known = {q.id: q for q in pack.questions}
    fields = {f"profile.{field.id}": field for field in pack.profile}
    for owner, condition in _conditions(pack):
        for compare in compares(condition):
            yield from ((owner, message) for message in _compare_faults(compare, known, fields))
    yield from _unused(pack)
    yield from _unreachable(pack, known)
    yield from _law_faults(pack)
    yield from _same_harm(pack)
    for risk in pack.risks:
        yield from ((risk.id, message) for message in _risk_faults(pack, risk, known))


def _duplicates(pack: Pack) -> Iterator[tuple[str, str]]:
    for ids in ([q.id for q in pack.questions], [r.id for r in pack.risks] + [o.id for o in pack.opportunities]):
        yield from ((one, f"{one}: this id is used twice") for one, count in Counter(ids).items() if count > 1)
    for question in pack.questions:
        options = Counter(option.id for option in question.options)
        yield from (
            (question.id, f"{question.id}: option {o.id} names {other} as absent, which is no option")
            for o in question.options
            for other in o.absent
            if other not in options
        )
        yield from ((question.id, f"option {o} is given twice") for o, count in options.items() if count > 1)


def _conditions(pack: Pack) -> Iterator[tuple[str, Condition]]:
    for question in pack.questions:
        yield question.id, question.ask
    for risk in pack.risks:
        yield from ((risk.id, c) for c in (risk.applies, risk.urgent, *(case.when for case in risk.cases)))
        if risk.exists is not None:
            yield risk.id, risk.exists
    for opportunity in pack.opportunities:
        yield opportunity.id, opportunity.when


def _compare_faults(compare: Compare, known: dict[str, Question], fields: Mapping[str, object]) -> Iterator[str]:
    question = known.get(compare.ref)
    if question is None:
        if compare.ref not in fields:
            yield f"{compare.ref} is neither a question nor a profile field"
        elif options := getattr(fields[compare.ref], "options", ()):
            yield from _option_faults(compare, options)
        else:
            yield from _number_faults(compare)
        return
    if question.kind == "number":
        yield from _number_faults(compare)
    numeric = question.kind in ("number", "date")
    if compare.operator in ORDERED and not numeric:
        yield f"{compare.operator} compares numbers and dates, but {question.id} is a {question.kind} question"
    if (compare.operator == "has") != (question.kind == "many") and compare.operator != "answered":
        yield f"{compare.operator} does not fit {question.id}, a {question.kind} question"
    if question.kind in ("choice", "many", "yes_no"):
        options = tuple(o.id for o in question.options) or ("yes", "no")
        yield from _option_faults(compare, options)


def _option_faults(compare: Compare, options: tuple[str, ...]) -> Iterator[str]:
    named = compare.operand if isinstance(compare.operand, tuple) else (str(compare.operand),)
    if compare.operator in ("is", "in", "has"):
        yield from (f"{compare.ref} has no option {one}" for one in named if one not in options)


def _number_faults(compare: Compare) -> Iterator[str]:
    operands = compare.operand if isinstance(compare.operand, tuple) else (compare.operand,)
    if compare.operator != "answered" and not all(isinstance(one, float) for one in operands):
        yield f"{compare.ref} is a number, so it cannot be compared with {compare.operand!r}"


def _unused(pack: Pack) -> Iterator[tuple[str, str]]:
    used = {ref for _, condition in _conditions(pack) for ref in refs(condition)}
    used |= {risk.clock.question for risk in pack.risks if isinstance(risk.clock, Clock)}
    yield from (
        (q.id, f"{q.id}: no risk and no condition uses this question") for q in pack.questions if q.id not in used
    )


def _unreachable(pack: Pack, known: dict[str, Question]) -> Iterator[tuple[str, str]]:
    """A question may hang on earlier ones only; so a cycle cannot close and a walk always ends."""
    seen: set[str] = set()
    for question in pack.questions:
        for ref in refs(question.ask):
            if ref in known and ref not in seen:
                yield question.id, f"{question.id} hangs on {ref}, which is not asked before it"
            if question.express and ref in known and not known[ref].express:
                yield question.id, f"{question.id} is express but hangs on {ref}, which is not"
        seen.add(question.id)


def _law_faults(pack: Pack) -> Iterator[tuple[str, str]]:
    cited = [(r.id, r.basis) for r in pack.risks] + [(o.id, o.basis) for o in pack.opportunities]
    cited += [(r.id, v.basis) for r in pack.risks for v in r.variants if v.basis is not None]
    for owner, bases in cited:
        for basis in bases:
            if basis.law not in pack.laws:
                yield owner, f"{owner}: law {basis.law} has no title in pack.yaml"


def _same_harm(pack: Pack) -> Iterator[tuple[str, str]]:
    """Two risks with the same likelihood and the same articles count one harm twice, unless one says so."""
    seen: dict[object, Risk] = {}
    for risk in pack.risks:
        key = (risk.domain, risk.applies, risk.cases, frozenset((b.law, a) for b in risk.basis for a in b.articles))
        twin = seen.setdefault(key, risk)
        if twin is not risk and twin.id not in risk.beside and risk.id not in twin.beside:
            yield risk.id, f"{risk.id} counts the same harm as {twin.id}; merge them or say beside"
    known = {risk.id for risk in pack.risks}
    for risk in pack.risks:
        yield from (
            (risk.id, f"{risk.id}: beside names {other}, which is no risk")
            for other in risk.beside
            if other not in known
        )


def _risk_faults(pack: Pack, risk: Risk, known: dict[str, Question]) -> Iterator[str]:
    if isinstance(risk.clock, Clock) and (
        risk.clock.question not in known or known[risk.clock.question].kind != "date"
    ):
        yield f"{risk.id}: the clock must run from a date question, not {risk.clock.question}"
    values = [case.is_ for case in risk.cases] or [0.0]
    if not risk.cases:
        yield f"{risk.id}: no likelihood at all"
    if risk.if_unknown is not None and not min(*values, risk.otherwise) <= risk.if_unknown <= max(values):
        yield f"{risk.id}: if_unknown lies outside its likelihoods"
    yield from _table_faults(risk, known)


def _table_faults(risk: Risk, known: dict[str, Question]) -> Iterator[str]:
    """The short form must speak of every option of its question."""
    compares = [case.when for case in risk.cases if isinstance(case.when, Compare) and case.when.operator == "is"]
    if len(compares) != len(risk.cases) or len({c.ref for c in compares}) != 1 or compares[0].ref not in known:
        return
    question = known[compares[0].ref]
    missing = {o.id for o in question.options} - {str(c.operand) for c in compares}
    if risk.otherwise == 0 and missing and len(compares) > 1:
        yield f"{risk.id}: the likelihood table says nothing of {', '.join(sorted(missing))}"
