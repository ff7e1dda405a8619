"""A poster, a table card and a roll-up as lines of text with their places: what must be read from afar is large, and
whatever somebody called a campaign fits. Pure.

Lengths are of a page that is 210 wide; each size is this page, larger or smaller.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

WIDE = 210.0
_LEFT, _MOST = 16.0, WIDE - 32.0
_NARROW = 0.62  # of a bold letter of ours, to a character
_BROAD = "MW@%"  # as wide as a character
_SCALES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45)
_GREEN, _INK, _QUIET, _PAPER = "#17493d", "#1d2b27", "#4a5a55", "#ffffff"


@dataclass(frozen=True)
class Size:
    """Of paper, in millimetres, and how high the page is where it is 210 wide."""

    width_mm: int
    height_mm: int

    @property
    def high(self) -> float:
        return round(WIDE * self.height_mm / self.width_mm, 1)


SIZES = {"a4": Size(210, 297), "a6": Size(105, 148), "roll-up": Size(850, 2000)}


@dataclass(frozen=True)
class Line:
    """One line of text; `y` is where its letters stand."""

    x: float
    y: float
    size: float
    text: str
    fill: str = _INK
    weight: str = "normal"
    anchor: str = "start"


@dataclass(frozen=True)
class Said:
    """What a kit says, in one language. `facts`: what must be read first of all, as a day and a place."""

    brand: str
    title: str
    lead: str
    purpose: str
    promises: tuple[str, ...]
    scan: str
    typed: str
    address: str
    code: str
    help: str
    hosts: str
    until: str
    place: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """Everything on the page: the band on top is `band` high, the square of the code stands at `qr_x`, `qr_y`."""

    size: Size
    band: float
    qr_x: float
    qr_y: float
    qr: float
    ticks: tuple[float, ...]
    rule: float
    lines: tuple[Line, ...]


def width_of(text: str, size: float) -> float:
    """About how wide it is."""
    wide = sum(one in _BROAD or unicodedata.east_asian_width(one) in "WF" for one in text)
    return size * (wide + _NARROW * (len(text) - wide))


def wrap(text: str, size: float, most: float) -> list[str]:
    """Lines that are not wider: broken between words, or between any two characters of Chinese."""
    lines, line = list[str](), ""
    for piece in _pieces(text):
        if line and width_of((line + piece).rstrip(), size) > most:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterator[str]:
    """What is not broken: a word with the blank behind it, or one character with the sign that must follow it."""
    piece = ""
    for one in text:
        is_sign = one in "，。；！？：、）》”"
        is_wide = unicodedata.east_asian_width(one) in "WF"
        before_wide = bool(piece) and unicodedata.east_asian_width(piece[-1]) in "WF"
        if piece and not is_sign and (is_wide or before_wide or piece[-1] == " "):
            yield piece
            piece = ""
        piece += one
    if piece:
        yield piece


def fit(text: str, size: float, most: float, rows: int) -> tuple[float, list[str]]:
    """The largest letters, up to `size`, with which it stands in so many rows."""
    lines = list[str]()
    while size > 3:
        lines = wrap(text, size, most)
        if len(lines) <= rows and all(width_of(line, size) <= most for line in lines):
            break
        size *= 0.94
    return size, lines


@dataclass(frozen=True)
class _Letters:
    """How large things are written on a page of one shape, and how large its square is."""

    title: float
    purpose: float
    promise: float
    gap: float
    qr: float
    rows: int


_SHEET, _ROLL = _Letters(25, 9.5, 9, 3, 76, 2), _Letters(30, 13, 11.5, 8, 108, 3)
# Of a day and a place, which are as long as they are: the first of the facts is read from across the street.
_EVENT, _FIRST_FACT, _FACT = _Letters(25, 9, 9, 3, 76, 3), 14, 10.5


def lay_out(said: Said, size: Size) -> Sheet:
    """The page: on top what it is about, in the middle when and where, and what it promises, below the way in.

    Where there is much to say, the middle is written smaller.
    """
    for scale in _SCALES:
        sheet, end = _lay_out(said, size, scale)
        if end <= sheet.qr_y:
            break
    return sheet


def _lay_out(said: Said, size: Size, scale: float) -> tuple[Sheet, float]:
    """The page, and where its middle ends."""
    letters = _ROLL if size.high > 350 else _EVENT if said.facts else _SHEET
    head, band = _head(said, letters, scale)
    lines, ticks, y = list(head), list[float](), band + 6
    for place, fact in enumerate(said.facts):
        large, rows = (_FACT, 3) if place else (_FIRST_FACT, 1)
        written, y = _block(fact, _LEFT, y, scale * large, _MOST, rows, fill=_GREEN, weight="bold")
        lines, y = [*lines, *written], y + scale * letters.gap
    written, y = _block(said.purpose, _LEFT, y, scale * letters.purpose, _MOST, 5 if said.facts else 4)
    lines += written
    for promise in said.promises:
        y += scale * letters.gap
        written, y = _block(promise, _LEFT + 12, y, scale * letters.promise, _MOST - 12, 2, weight="bold")
        ticks.append(written[0].y - 0.36 * written[0].size)
        lines += written
    foot = size.high - 30
    qr_y = foot - 8 - letters.qr
    lines += _way_in(said, letters.qr, qr_y)
    lines += _foot(said, size, foot)
    return Sheet(size, band, _LEFT, qr_y, letters.qr, tuple(ticks), foot - 3, tuple(lines)), y


def _head(said: Said, letters: _Letters, scale: float) -> tuple[list[Line], float]:
    """The lines on the band, and how high it is. A title that goes on one line without being small does."""
    brand, y = _block(said.brand, _LEFT, 12, 7.5, _MOST, 1, fill=_PAPER)
    lead, y = _block(said.lead, _LEFT, y + 2, 12, _MOST, 1, fill=_PAPER, weight="bold")
    size = scale * letters.title
    alone, _rows = fit(said.title, size, _MOST, 1)
    rows = 1 if alone >= 0.7 * size else letters.rows
    title, y = _block(said.title, _LEFT, y + 8, size, _MOST, rows, fill=_PAPER, weight="bold")
    return [*brand, *lead, *title], y + 8


def _block(
    text: str, x: float, top: float, size: float, most: float, rows: int, *, fill: str = _INK, weight: str = "normal"
) -> tuple[list[Line], float]:
    """A paragraph that hangs from `top`, and where it ends."""
    letters, found = fit(text, size, most, rows)
    lines = [
        Line(x, top + letters * (0.95 + 1.3 * number), letters, row, fill, weight) for number, row in enumerate(found)
    ]
    return lines, top + letters * 1.3 * len(found)


def _way_in(said: Said, qr: float, qr_y: float) -> list[Line]:
    """Beside the square: to scan it, or what to type, or whom to call; together as high as the square."""
    x, most = _LEFT + qr + 9, WIDE - 2 * _LEFT - qr - 9
    for scale in _SCALES:
        lines, y = list[Line](), qr_y + 3
        for text, size, fill, weight, rows in (
            (said.scan, 12.0, _GREEN, "bold", 2),
            (said.typed, 7.0, _QUIET, "normal", 2),
            (said.address, 7.0, _INK, "normal", 1),
            (said.code, 17.0, _GREEN, "bold", 1),
            (said.help, 7.0, _QUIET, "normal", 2),
        ):
            written, y = _block(text, x, y, scale * size, most, rows, fill=fill, weight=weight)
            lines, y = [*lines, *written], y + scale * 3.5
        if y <= qr_y + qr:
            break
    return lines


def _foot(said: Said, size: Size, foot: float) -> list[Line]:
    """Who stands behind it, until when, and for whoever hangs it up: where."""
    hosts, _end = _block(said.hosts, _LEFT, foot - 1, 7, _MOST, 2, weight="bold")
    until = Line(_LEFT, size.high - 6, 5, said.until, _QUIET)
    return [*hosts, until, Line(WIDE - _LEFT, size.high - 6, 5, said.place, _QUIET, anchor="end")]
