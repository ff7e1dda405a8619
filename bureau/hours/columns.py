"""Column types of the hours: a set of minutes as a multirange, and the ranges that let a key stand in an exclusion.

PostgreSQL can exclude overlaps without an extension when every part of the constraint is a range: `uuid_range` and
`text_range` (migration `hours`) make a range of exactly one id or code.
"""

from typing import Any

from sqlalchemy import Dialect, text
from sqlalchemy.dialects.postgresql import TSTZMULTIRANGE, ExcludeConstraint, Range
from sqlalchemy.dialects.postgresql.ranges import MultiRange
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.types import TypeDecorator

from bureau.hours.time_spans import NONE, Span, Spans, union


class Minutes(TypeDecorator[Spans]):
    """A set of minutes; reading gives sorted, disjoint spans in UTC."""

    impl = TSTZMULTIRANGE
    cache_ok = True

    def process_bind_param(self, value: Spans | None, dialect: Dialect) -> Any:
        return None if value is None else MultiRange(Range(span.start, span.end, bounds="[)") for span in union(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Spans:
        return NONE if value is None else union(Span(one.lower, one.upper) for one in value)


def only(column: str, kind: str) -> TextClause:
    """The range that holds exactly this column's value; `kind` is uuid or text."""
    return text(f"{kind}_range({column}, {column}, '[]')")


def never_shared(name: str, what: str, *keys: TextClause) -> ExcludeConstraint:
    """No two rows with these keys share any part of `what`."""
    return ExcludeConstraint(*((key, "&&") for key in (*keys, text(what))), name=name, using="gist")
