"""Score a million checkups: the model of `checkup/scoring/model.py`, compiled to Polars columns. Pure.

A frame has one row per checkup and one column per fact, named as conditions name it (`profile.staff`,
`emp.contracts`); `encode` makes one. Null is unknown. Choices are their option's place, several choices a bit mask,
numbers floats, dates ISO texts. Polars' `&` and `|` are Kleene's, so three-valued logic comes for free; likelihoods are
whole units, so the sums are exact; a property test holds this engine equal to the single one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.conditions import ALWAYS, Compare, Condition, Fixed, Group, Not, Operand, refs
from checkup.packs.values import Pack, Risk
from checkup.scoring.bulk_sums import Terms, enough_known, extreme, grades, scores
from checkup.scoring.exact import units
from checkup.scoring.model import named_questions

CHUNK = 125_000


@dataclass(frozen=True)
class _Fact:
    """How a fact stands in its column."""

    kind: str
    options: tuple[str, ...]

    @property
    def dtype(self) -> pl.DataType:
        return {"number": pl.Float64(), "date": pl.String(), "many": pl.UInt32()}.get(self.kind, pl.UInt8())

    def encode(self, value: Value | Operand | None) -> float | int | str | None:
        """One value; what is unknown, unsure or no option is null."""
        if value is None or value in (UNSURE, ""):
            return None
        if self.kind == "number":
            return float(value) if isinstance(value, int | float) else None
        if self.kind == "date":
            return str(value)
        if self.kind == "many":
            chosen = value if isinstance(value, tuple) else (str(value),)
            return sum(1 << self.options.index(one) for one in chosen)
        return self.options.index(str(value)) if value in self.options else None


def _facts(pack: Pack) -> dict[str, _Fact]:
    profile = {f"profile.{f.id}": _Fact(f.kind, f.options) for f in pack.profile}
    yes_no = ("yes", "no")
    asked = {
        q.id: _Fact(q.kind, yes_no if q.kind == "yes_no" else tuple(o.id for o in q.options)) for q in pack.questions
    }
    return profile | asked


def encode(pack: Pack, checkups: Iterable[tuple[Mapping[str, Value], Answers]]) -> pl.DataFrame:
    """Columns from (profile, answers) pairs."""
    facts, rows = _facts(pack), list(checkups)
    columns = {
        name: pl.Series(name, [fact.encode(_value(name, *row)) for row in rows], dtype=fact.dtype)
        for name, fact in facts.items()
    }
    return pl.DataFrame(columns)


def _value(name: str, profile: Mapping[str, Value], answers: Answers) -> Value | None:
    return profile.get(name.removeprefix("profile.")) if name.startswith("profile.") else answers.get(name)


def score_frame(pack: Pack, frame: pl.DataFrame, *, express: bool = False) -> pl.DataFrame:
    """score, low, high, grade, grade_low, grade_high, held_by (the rule), answered, enough, in the frame's order.

    `score`, `grade` and `held_by` are null where no risk applies or too little is known; the bounds stay.
    """
    return pl.concat([_score_chunk(pack, chunk, express=express) for chunk in frame.iter_slices(CHUNK)])


def _score_chunk(pack: Pack, chunk: pl.DataFrame, *, express: bool) -> pl.DataFrame:
    rated = _rated(pack, chunk, express=express)
    terms = [Terms.of(risk) for risk in pack.risks]
    sums = rated.select(
        weight=pl.sum_horizontal(t.weight for t in terms),
        point=pl.sum_horizontal(t.weight * t.likelihood for t in terms),
        worst=pl.sum_horizontal(t.weight * t.hi for t in terms),
        best=pl.sum_horizontal(t.weight * t.lo for t in terms),
        decided=pl.sum_horizontal(t.decided for t in terms),
        known=pl.sum_horizontal(t.known for t in terms),
        is_possible=pl.any_horizontal(t.applies.is_null() for t in terms),
    ).cast({name: pl.Int64 for name in ("weight", "point", "worst", "best", "decided", "known")})
    enough = enough_known(pack, sums)
    point = sums.select(pl.when(enough).then("weight").otherwise(0).alias("weight"), harm="point")
    low = extreme(rated, sums, terms, "worst", lambda t: t.hi, worst=True)
    high = extreme(rated, sums, terms, "best", lambda t: t.lo, worst=False)
    graded = grades(pack, point, rated, lambda t, least: t.applies & (t.likelihood >= least))
    return pl.DataFrame(
        {
            "score": scores(pack, point),
            "low": scores(pack, low),
            "high": scores(pack, high),
            "grade": graded["grade"],
            "grade_low": grades(pack, low, rated, lambda t, least: t.applies.fill_null(True) & (t.hi >= least))[
                "grade"
            ],
            "grade_high": grades(pack, high, rated, lambda t, least: t.applies & (t.lo >= least))["grade"],
            "held_by": graded["held_by"],
            "answered": sums.select(
                pl.when(pl.col("decided") > 0).then(pl.col("known") / pl.col("decided")).otherwise(0.0)
            ).to_series(),
            "enough": enough,
        }
    )


def rate_risks(pack: Pack, frame: pl.DataFrame) -> pl.DataFrame:
    """`applies:<risk>` (null: possible), `lo:<risk>`, `hi:<risk>` and `likelihood:<risk>` (units) for every risk."""
    rated = _rated(pack, frame, express=False)
    return rated.with_columns(Terms.of(risk).likelihood.alias(f"likelihood:{risk.id}") for risk in pack.risks)


def _rated(pack: Pack, frame: pl.DataFrame, *, express: bool) -> pl.DataFrame:
    compiler = _Compiler(pack, express=express)
    known = frame
    for level in _levels(pack):
        known = known.with_columns(expression for name in level for expression in compiler.path(name))
    known = known.with_columns(compiler.distinct())
    return known.select(expression for risk in pack.risks for expression in compiler.rating(risk))


def _levels(pack: Pack) -> Iterator[list[str]]:
    """Questions whose place on the path hangs on others, each level only on the levels before."""
    depth: dict[str, int] = {}
    for question in pack.questions:
        if question.ask != ALWAYS:
            depth[question.id] = 1 + max((depth.get(ref, 0) for ref in refs(question.ask)), default=0)
    for level in range(1, max(depth.values(), default=0) + 1):
        yield [name for name, own in depth.items() if own == level]


class _Compiler:
    """Conditions to Boolean columns: a fact off the path makes its condition false, an unknown path unknown."""

    def __init__(self, pack: Pack, *, express: bool) -> None:
        self._facts = _facts(pack)
        self._express = frozenset(q.id for q in pack.questions if q.express) if express else None
        self._asks = {q.id: q.ask for q in pack.questions if q.ask != ALWAYS}
        used = (c for risk in pack.risks for c in (risk.applies, *(case.when for case in risk.cases)))
        self._columns = {condition: f"condition:{place}" for place, condition in enumerate(dict.fromkeys(used))}

    def path(self, question: str) -> tuple[pl.Expr, pl.Expr]:
        """Whether the question is on the path, and its value where it is for certain."""
        on_path = self.condition(self._asks[question])
        return on_path.alias(f"path:{question}"), pl.when(on_path).then(pl.col(question)).alias(f"value:{question}")

    def distinct(self) -> list[pl.Expr]:
        """Every condition of the risks, once: many risks share one."""
        height = pl.repeat(None, pl.len(), dtype=pl.Boolean)
        return [pl.coalesce(height, self.condition(condition)).alias(name) for condition, name in self._columns.items()]

    def condition(self, condition: Condition) -> pl.Expr:
        match condition:
            case Fixed(value=value):
                return pl.lit(value)
            case Not(part=part):
                return ~self.condition(part)
            case Group(operator="all", parts=parts):
                return pl.all_horizontal(self.condition(part) for part in parts)
            case Group(parts=parts):
                return pl.any_horizontal(self.condition(part) for part in parts)
            case Compare(ref=ref):
                if ref not in self._asks:
                    return self._compare(condition, pl.col(ref))
                return self._compare(condition, pl.col(f"value:{ref}")) & pl.col(f"path:{ref}")

    def _compare(self, compare: Compare, column: pl.Expr) -> pl.Expr:
        holds = self._test(compare, column)
        return ~holds if compare.negated else holds

    def _test(self, compare: Compare, column: pl.Expr) -> pl.Expr:
        fact, operand = self._facts[compare.ref], compare.operand
        match compare.operator:
            case "answered":
                return pl.when(column.is_not_null()).then(True)
            case "is":
                return column == pl.lit(fact.encode(operand))
            case "in":
                places = [fact.encode(one) for one in (operand if isinstance(operand, tuple) else (operand,))]
                return pl.any_horizontal(column == pl.lit(place) for place in places)
            case "has":
                return (column & pl.lit(fact.encode(operand), pl.UInt32)) != 0
        bound = pl.lit(operand)
        tests: dict[str, Callable[[pl.Expr], pl.Expr]] = {
            "gt": lambda c: c > bound, "ge": lambda c: c >= bound,
            "lt": lambda c: c < bound, "le": lambda c: c <= bound,
        }  # fmt: skip
        return tests[compare.operator](column)

    def rating(self, risk: Risk) -> Iterator[pl.Expr]:
        """A case is noted unless it is false or a case before it was true; so are all else if none was true."""
        reached, noted = pl.lit(True), list[pl.Expr]()
        for case in risk.cases:
            truth = pl.col(self._columns[case.when])
            noted.append(pl.when(reached & truth.fill_null(True)).then(_lit(case.is_)))
            reached = reached & ~truth.fill_null(False)
        if risk.table is not None:
            reached = reached & ~self._on_path(risk.table)
        noted.append(pl.when(reached).then(_lit(risk.otherwise)))
        yield pl.col(self._columns[risk.applies]).alias(f"applies:{risk.id}")
        yield pl.min_horizontal(noted).alias(f"lo:{risk.id}")
        yield pl.max_horizontal(noted).alias(f"hi:{risk.id}")
        yield self._is_decided(risk).alias(f"decided:{risk.id}")

    def _on_path(self, question: str) -> pl.Expr:
        """Whether the question is on the path for certain."""
        return pl.col(f"path:{question}").fill_null(False) if question in self._asks else pl.lit(True)

    def _is_decided(self, risk: Risk) -> pl.Expr:
        """Whether this path asks everything that the risk's likelihood names."""
        names = named_questions(risk)
        if not names or (self._express is not None and not self._express.issuperset(names)):
            return pl.lit(False)
        return pl.all_horizontal(self._on_path(name) for name in names)


def _lit(likelihood: float) -> pl.Expr:
    return pl.lit(units(likelihood), pl.Int32)
