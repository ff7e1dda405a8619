"""Score a million checkups: the model of `checkup/scoring/model.py`, compiled to Polars columns. Pure.

A frame has one row per checkup and one column per fact, named as conditions name it (`profile.staff`,
`emp.contracts`); `encode` makes one. Null is unknown. Choices are their option's place, several choices a bit mask,
numbers floats, dates ISO texts. Polars' `&` and `|` are Kleene's, so three-valued logic comes for free; a property
test holds this engine equal to the single one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.conditions import ALWAYS, Compare, Condition, Fixed, Group, Not, Operand, refs
from checkup.packs.values import GRADES, Pack, Risk
from checkup.scoring.model import CAPS, LIKELY

CHUNK = 125_000
_STILL = 1e-12


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


def score_frame(pack: Pack, frame: pl.DataFrame) -> pl.DataFrame:
    """score, low, high (null: no risk applies), grade, grade_low, grade_high, in the frame's order."""
    return pl.concat([_score_chunk(pack, chunk) for chunk in frame.iter_slices(CHUNK)])


def _score_chunk(pack: Pack, chunk: pl.DataFrame) -> pl.DataFrame:
    rated = rate_risks(pack, chunk)
    terms = [_Terms.of(risk) for risk in pack.risks]
    sums = rated.select(
        weight=pl.sum_horizontal(t.weight for t in terms),
        point=pl.sum_horizontal(t.weight * t.likelihood for t in terms),
        worst=pl.sum_horizontal(t.weight * t.hi for t in terms),
        best=pl.sum_horizontal(t.weight * t.lo for t in terms),
        is_possible=pl.any_horizontal(t.applies.is_null() for t in terms),
    )
    low = _extreme(rated, sums, terms, "worst", lambda t: t.hi, worst=True)
    high = _extreme(rated, sums, terms, "best", lambda t: t.lo, worst=False)
    point = sums.select(pl.when(pl.col("weight") > 0).then(pl.col("point") / pl.col("weight"))).to_series()
    scores = pl.DataFrame({"score": _points(point), "low": _points(low), "high": _points(high)})
    return scores.with_columns(
        grade=_grades(pack, scores["score"], rated, lambda t: t.applies & (t.likelihood >= LIKELY)),
        grade_low=_grades(pack, scores["low"], rated, lambda t: t.applies.fill_null(True) & (t.hi >= LIKELY)),
        grade_high=_grades(pack, scores["high"], rated, lambda t: t.applies & (t.lo >= LIKELY)),
    )


@dataclass(frozen=True)
class _Terms:
    """One risk's columns in a rated frame; `weight` counts only where the risk applies for certain."""

    risk: Risk
    applies: pl.Expr
    lo: pl.Expr
    hi: pl.Expr
    weight: pl.Expr

    @classmethod
    def of(cls, risk: Risk) -> "_Terms":
        applies, lo, hi = (pl.col(f"{kind}:{risk.id}") for kind in ("applies", "lo", "hi"))
        weight = applies.fill_null(False).cast(pl.Float64) * risk.weight
        return cls(risk, applies, lo, hi, weight)

    @property
    def likelihood(self) -> pl.Expr:
        """L: the known value, else `if_unknown` within the interval, else its middle."""
        if self.risk.if_unknown is None:
            return (self.lo + self.hi) / 2
        return pl.lit(self.risk.if_unknown).clip(self.lo, self.hi)


def rate_risks(pack: Pack, frame: pl.DataFrame) -> pl.DataFrame:
    """`applies:<risk>` (null: possible), `lo:<risk>` and `hi:<risk>` for every risk of the pack."""
    compiler = _Compiler(pack)
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

    def __init__(self, pack: Pack) -> None:
        self._facts = _facts(pack)
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

    def rating(self, risk: Risk) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
        """A case is noted unless it is false or a case before it was true; so are all else if none was true."""
        truths = [pl.col(self._columns[case.when]) for case in risk.cases]
        reached, noted = pl.lit(True), list[pl.Expr]()
        for truth, case in zip(truths, risk.cases, strict=True):
            noted.append(pl.when(reached & truth.fill_null(True)).then(pl.lit(case.is_)))
            reached = reached & ~truth.fill_null(False)
        noted.append(pl.when(reached).then(pl.lit(risk.otherwise)))
        applies = pl.col(self._columns[risk.applies])
        return (
            applies.alias(f"applies:{risk.id}"),
            pl.min_horizontal(noted).alias(f"lo:{risk.id}"),
            pl.max_horizontal(noted).alias(f"hi:{risk.id}"),
        )


def _extreme(
    rated: pl.DataFrame,
    sums: pl.DataFrame,
    terms: list[_Terms],
    harm: str,
    end: Callable[[_Terms], pl.Expr],
    *,
    worst: bool,
) -> pl.Series:
    """The extreme ratio over every choice of the possible risks.

    A possible risk belongs to the best choice exactly if it lies beyond the best ratio; so start from the applying
    risks alone and add what lies beyond the ratio so far, until nothing moves (Dinkelbach's method; a few rounds).
    """
    base = sums.select(
        weight="weight", harm=harm, is_possible="is_possible",
        ratio=pl.when(pl.col("weight") > 0).then(pl.col(harm) / pl.col("weight"))
        .when(pl.col("is_possible")).then(0.0 if worst else 1.0),
    )  # fmt: skip
    conditional = [t for t in terms if rated[f"applies:{t.risk.id}"].null_count()]
    if not conditional or not base["is_possible"].any():
        return base["ratio"]
    while True:
        joined = rated.with_columns(base["ratio"])
        is_beyond = [t.applies.is_null() & ((end(t) > pl.col("ratio")) if worst else (end(t) < pl.col("ratio")))
                     for t in conditional]  # fmt: skip
        added = joined.select(
            weight=pl.sum_horizontal(
                b.cast(pl.Float64) * t.risk.weight for b, t in zip(is_beyond, conditional, strict=True)
            ),
            harm=pl.sum_horizontal(
                b.cast(pl.Float64) * t.risk.weight * end(t) for b, t in zip(is_beyond, conditional, strict=True)
            ),
        )
        weight, total = base["weight"] + added["weight"], base["harm"] + added["harm"]
        ratio = pl.select(pl.when(weight > 0).then(total / weight).otherwise(base["ratio"])).to_series().rename("ratio")
        if ((ratio - base["ratio"]).abs().max() or 0.0) < _STILL:  # type: ignore[operator]
            return ratio
        base = base.with_columns(ratio)


def _points(ratio: pl.Series) -> pl.Series:
    return (100 * (1 - ratio)).clip(0, 100)


def _grades(pack: Pack, score: pl.Series, rated: pl.DataFrame, is_capping: Callable[[_Terms], pl.Expr]) -> pl.Series:
    """Grades by the unrounded score and the caps; null where there is no score."""
    capped = {
        grade: [is_capping(_Terms.of(risk)) for risk in pack.risks if risk.severity == severity]
        for severity, grade in CAPS.items()
    }
    frame = rated.with_columns(score.alias("score"))
    place = pl.sum_horizontal((pl.col("score") < pack.grades[grade]).cast(pl.Int8) for grade in GRADES[:-1])
    for grade, conditions in capped.items():
        if conditions:
            at_best = pl.when(pl.any_horizontal(conditions)).then(GRADES.index(grade)).otherwise(0)
            place = pl.max_horizontal(place, at_best)
    letters = place.cast(pl.Int32).replace_strict(dict(enumerate(GRADES)), return_dtype=pl.String)
    return frame.select(grade=pl.when(pl.col("score").is_not_null()).then(letters)).to_series()
