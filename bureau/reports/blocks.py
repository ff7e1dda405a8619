"""What a report is made of, before it becomes a page or a Word file: sections of text, tables and bars. Pure.

A number never stands as text: it is a `Figure` that names the measure or indicator it comes from.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number as it is shown, and the key in the manifest that it traces to. `is_number`: not a word in its place."""

    text: str
    key: str
    is_number: bool = True


Part = str | Figure


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its figure, and its length as a share of the longest (0 when withheld)."""

    name: str
    figure: Figure
    length: float


@dataclass(frozen=True)
class Bars:
    """A bar chart with its numbers beside it."""

    caption: str
    bars: tuple[Bar, ...]


Block = Text | Table | Bars


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    locale: str
    title: str
    subtitle: str
    digest: str
    sections: tuple[Section, ...]


def fill(template: str, **figures: Part) -> Text:
    """A paragraph from a template: `{name}` becomes the figure of that name, `{name|家}` with a unit behind a number.

    Raises: KeyError.
    """
    parts, rest = list[Part](), template
    while "{" in rest:
        before, _, tail = rest.partition("{")
        name, _, rest = tail.partition("}")
        name, _, unit = name.partition("|")
        part = figures[name]
        parts += [before, part, unit if isinstance(part, str) or part.is_number else ""]
    return Text(tuple(part for part in (*parts, rest) if part != ""))


def make_bars(caption: str, rows: Sequence[tuple[str, Figure, float | None]], *, is_ordered: bool = False) -> Bars:
    """Longest first, withheld ones last, unless the rows have an order of their own."""
    most = max((value for _, _, value in rows if value), default=1.0)
    ordered = rows if is_ordered else sorted(rows, key=lambda row: (row[2] is None, -(row[2] or 0.0), row[0]))
    return Bars(caption, tuple(Bar(name, figure, (value or 0.0) / most) for name, figure, value in ordered))
