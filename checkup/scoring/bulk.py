"""Score a million checkups: the model of `checkup/scoring/model.py`, compiled to columns. Pure.

A frame has one row per checkup and one column per fact, named as conditions name it (`profile.staff`,
`emp.contracts`); `encode` makes one. Null is unknown. Choices are their option's place, several choices a bit mask,
numbers floats, dates ISO texts. Polars' `&` and `|` are Kleene's, so three-valued logic comes for free; what follows
from the truths are look-ups and sums of whole numbers (`bulk_tables.py`, `bulk_sums.py`), block by block in the cache
of the processor. A property test holds this engine equal to the single one.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial

import polars as pl

from checkup.packs.answers import UNSURE, Answers, Value
from checkup.packs.conditions import ALWAYS, Compare, Condition, Fixed, Group, Not, Operand, refs
from checkup.packs.values import Pack, Risk
from checkup.scoring.bulk_sums import Adder, Verdicts, column
from checkup.scoring.bulk_tables import TRUE, UNKNOWN, Digits, RiskTable, make_table
from checkup.scoring.model import named_questions

CHUNK, BLOCK = 125_000, 8_192  # rows to a frame of truths, and to a block of sums
_PROFILE = "profile."


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
        return self._places.get(value) if isinstance(value, str) else None

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {option: place for place, option in enumerate(self.options)}


def _facts(pack: Pack) -> dict[str, _Fact]:
    profile = {f"{_PROFILE}{f.id}": _Fact(f.kind, f.options) for f in pack.profile}
    yes_no = ("yes", "no")
    asked = {
        q.id: _Fact(q.kind, yes_no if q.kind == "yes_no" else tuple(o.id for o in q.options)) for q in pack.questions
    }
    return profile | asked


def encode(pack: Pack, checkups: Iterable[tuple[Mapping[str, Value], Answers]]) -> pl.DataFrame:
    """Columns from (profile, answers) pairs."""
    facts, rows = _facts(pack), list(checkups)
    cells: dict[str, list[float | int | str | None]] = {name: [None] * len(rows) for name in facts}
    told = {name.removeprefix(_PROFILE): name for name in facts if name.startswith(_PROFILE)}
    for place, (profile, answers) in enumerate(rows):  # of all facts a checkup has a third
        for field in told.keys() & profile.keys():
            cells[told[field]][place] = facts[told[field]].encode(profile[field])
        for question in answers.keys() & facts.keys():
            cells[question][place] = facts[question].encode(answers[question])
    return pl.DataFrame([pl.Series(name, cells[name], dtype=fact.dtype) for name, fact in facts.items()])


def score_frame(pack: Pack, frame: pl.DataFrame, *, express: bool = False) -> pl.DataFrame:
    """score, low, high, grade, grade_low, grade_high, held_by (the rule), answered, enough, in the frame's order.

    `score`, `grade` and `held_by` are null where no risk applies or too little is known; the bounds stay.
    """
    engine = _engine(pack, express=express)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        parts = [
            part
            for chunk in frame.iter_slices(CHUNK)
            for part in threads.map(partial(_score_block, engine, engine.truths(chunk)), _blocks(chunk.height))
        ]
    return pl.concat(parts or [_score_block(engine, engine.truths(frame), slice(0, 0))])


def _blocks(height: int) -> list[slice]:
    return [slice(start, min(start + BLOCK, height)) for start in range(0, height, BLOCK)]


def _score_block(engine: "_Engine", truths: Mapping[str, Digits], rows: slice) -> pl.DataFrame:
    return Verdicts(engine.pack, engine.adder.add(truths, rows)).frame()


def rate_risks(pack: Pack, frame: pl.DataFrame) -> pl.DataFrame:
    """`applies:<risk>` (null: possible), `lo:<risk>` and `likelihood:<risk>` (units) for every risk."""
    engine = _engine(pack, express=False)
    truths, rows, columns = engine.truths(frame), slice(0, frame.height), dict[str, pl.Series]()
    for table in engine.tables:
        end = table.end(truths, rows)
        applies = pl.Series(column(table, end, lambda end: end.applies))
        columns[f"applies:{table.risk.id}"] = pl.select(pl.when(applies != UNKNOWN).then(applies == TRUE)).to_series()
        columns[f"lo:{table.risk.id}"] = pl.Series(column(table, end, lambda end: end.lo))
        columns[f"likelihood:{table.risk.id}"] = pl.Series(column(table, end, table.likelihood))
    return pl.DataFrame(columns)


@dataclass(frozen=True)
class _Engine:
    """A pack made ready: which truths its risks ask for, and what comes of them."""

    pack: Pack
    levels: tuple[tuple[pl.Expr, ...], ...]
    digits: tuple[pl.Expr, ...]
    tables: tuple[RiskTable, ...]
    adder: Adder

    def truths(self, frame: pl.DataFrame) -> dict[str, Digits]:
        """Every truth of every row as a digit."""
        for level in self.levels:
            frame = frame.with_columns(level)
        return {series.name: series.to_numpy() for series in frame.select(self.digits).rechunk()}


_ENGINES: dict[tuple[str, bool], _Engine] = {}


def _engine(pack: Pack, *, express: bool) -> _Engine:
    if (pack.hash, express) not in _ENGINES:
        compiler = _Compiler(pack, express=express)
        tables = tuple(compiler.table(risk) for risk in pack.risks)
        levels = tuple(tuple(e for name in level for e in compiler.path(name)) for level in _levels(pack))
        _ENGINES[pack.hash, express] = _Engine(pack, levels, tuple(compiler.digits()), tables, Adder(pack, tables))
    return _ENGINES[pack.hash, express]


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
        distinct = (condition for condition in dict.fromkeys(used) if not isinstance(condition, Fixed))
        self._columns: dict[Condition, str] = {
            condition: f"condition:{place}" for place, condition in enumerate(distinct)
        }
        named = dict.fromkeys(names for risk in pack.risks if (names := named_questions(risk)))
        self._decided = {names: f"decided:{place}" for place, names in enumerate(named)}

    def path(self, question: str) -> tuple[pl.Expr, pl.Expr]:
        """Whether the question is on the path, and its value where it is for certain."""
        on_path = self.condition(self._asks[question])
        return on_path.alias(f"path:{question}"), pl.when(on_path).then(pl.col(question)).alias(f"value:{question}")

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

    def table(self, risk: Risk) -> RiskTable:
        """The risk's walk over the columns of `digits`."""
        on_path = None if risk.table is None or risk.table not in self._asks else f"path:{risk.table}"
        names = named_questions(risk)
        never = not names or (self._express is not None and not self._express.issuperset(names))
        return make_table(risk, self._columns, on_path=on_path, decided=None if never else self._decided[names])

    def digits(self) -> Iterator[pl.Expr]:
        """Every condition of the risks once, every question's place on the path, and what the path decides."""
        for condition, name in self._columns.items():
            yield _digit(self.condition(condition)).alias(name)
        for question in self._asks:
            yield _digit(pl.col(f"path:{question}")).alias(f"path:{question}")
        for names, name in self._decided.items():
            paths = [pl.col(f"path:{one}").fill_null(False) for one in names if one in self._asks]
            yield _digit(pl.all_horizontal(paths) if paths else pl.lit(True)).alias(name)


def _digit(truth: pl.Expr) -> pl.Expr:
    """0 false, 1 unknown, 2 true, in every row."""
    digit = (truth.cast(pl.UInt8) * 2).fill_null(UNKNOWN).cast(pl.UInt8)
    return pl.max_horizontal(pl.repeat(0, pl.len(), dtype=pl.UInt8), digit)
