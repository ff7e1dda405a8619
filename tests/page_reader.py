"""Somebody who reads pages as she reads files: what each number in a table, on a map or in a list is of.

She knows the words for the codes, which every page prints beside its numbers, and nothing of how a page is made. A
number whose words she does not know is read as one of nobody, so that no page tells what nobody has tried to solve.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from checkup.packs.catalogue import PACK, get_pack
from cloud.cubes.cells import RISK, SURVEY, TOPIC, WITH
from tenants.districts import DISTRICTS
from tenants.sizes import SIZES
from webapp.report_editions import topic_names
from webapp.wording.statistic_names import CAPTIONS, MEASURES, SECTIONS, VALUES

WITHHELD, ALL = "不公开", "all"  # of a survey: whoever answered
UNREAD = ((f"{RISK}unread", WITH),)
_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")
_HEADINGS, _BOXES, _PARTS = ("h1", "h2", "h3", "caption"), ("p", "g"), ("strong", "text")
_CAPTIONS = {words: dimension for dimension, words in CAPTIONS.items()}
_PLACES = {names["zh-Hans"]: code for code, names in DISTRICTS.items()}
_CODES = {words: code for code, words in VALUES.items()}
_VALUES = {
    "district": _PLACES,
    "size": {names["zh-Hans"]: code for code, names in SIZES.items()},
    "section": {words: code for code, words in SECTIONS.items()},
}
_SUMS = {words: measure for measure, words in MEASURES.items()}
# Of a report: process, which its role may list, and what is told of bodies and gatherings by ledgers of their own.
_OWN_WORK = (
    "reviews_", "review_", "minutes_", "lawyers", "complaints", "referral", "mediation", "talk", "body_ratings_",
    "other_ratings_", "gathering",
)  # fmt: skip
_MEASURES = {"businesses": (), "businesses_distinct": (("measure", "distinct"),), "urgent": ((f"{TOPIC}urgent", WITH),)}
Cell = tuple[tuple[str, str], ...]
Read = dict[tuple[str, Cell], float | None]  # (time, cell) → number, None where it is withheld


@dataclass
class Page:
    """Rows of tables with what stands above them; paragraphs and places of a drawing, by what stands out in them."""

    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    boxes: list[list[str]] = field(default_factory=list)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page, self.heading = Page(), ""
        self._open: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in (*_HEADINGS, *_BOXES, "tr"):
            self._open.append((tag, [""]))
        elif self._open and tag in (("td", "th") if self._open[-1][0] == "tr" else _PARTS):
            self._open[-1][1].append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            parts = self._open[-1][1]
            parts[-1] = " ".join((parts[-1] + data).split())

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[-1][0]:
            _, parts = self._open.pop()
            if tag in _HEADINGS:
                self.heading = " ".join(parts).strip()
            elif tag == "tr":
                self.page.rows.append((self.heading, parts[1:]))
            else:
                self.page.boxes.append(parts)


def parse(html: str) -> Page:
    parser = _Parser()
    parser.feed(html)
    return parser.page


def _told(found: Read, time: str, cell: Cell, words: str, times: int = 1) -> None:
    """Take the number that these words begin with, or that it is withheld; a dash is neither."""
    if words.startswith(WITHHELD):
        found[time, cell] = None
    elif number := _NUMBER.match(words):
        found[time, cell] = round(times * float(number[0].replace(",", "")), 1)


def read_figures(html: str, time: str) -> Read:
    """The page of a release, or of a draft before it leaves: the total, and every table."""
    page, found = parse(html), Read()
    for box in page.boxes:
        if box[0].startswith("参加统计的企业"):
            _told(found, time, (), box[1])
    for heading, row in page.rows:
        if heading == "按时间" and len(row) == 3 and row[0] != "时间":
            _told(found, *_at_time(time, row[0]), row[1])
        elif len(row) > 1:
            _told(found, time, _cell_of(heading, row[0]), row[1], times=100 if "元" in row[0] else 1)
    return found


def _at_time(time: str, named: str) -> tuple[str, Cell]:
    """A month as its file tells it, or a quarter of a year."""
    if "Q" in named:
        return named, ()
    return time, (("month", f"M{(int(named[5:]) - 1) % 3 + 1}"),)


def _cell_of(heading: str, name: str) -> Cell:
    if dimension := _CAPTIONS.get(heading):
        return ((dimension, _VALUES.get(dimension, _CODES).get(name, name)),)
    if heading == "在哪方面发现了问题":
        return ((f"{TOPIC}{_TOPICS[name]}", WITH),) if name in _TOPICS else UNREAD
    if heading == "最常见的问题":
        return ((f"{RISK}{name}", WITH),)
    return (("measure", _SUMS[name]),) if heading == "合计" and name in _SUMS else UNREAD


_TOPICS = {words: topic for topic, words in topic_names()["zh-Hans"].items()}


def named_risks(read: Read, risks: tuple[str, ...]) -> Read:
    """A page tells of a risk by its title; a file by its code."""
    pack = get_pack(PACK)
    codes = {f"{RISK}{pack.risk(risk).title['zh-Hans']}": f"{RISK}{risk}" for risk in risks}
    return {(time, tuple((codes.get(name, name), value) for name, value in cell)): n
            for (time, cell), n in read.items()}  # fmt: skip


def read_trends(html: str, topic: str) -> Read:
    """Map and table over time."""
    page, found = parse(html), Read()
    about = [(f"{TOPIC}{topic}", WITH)] if topic else []
    times = next((row[1:] for _, row in page.rows if row[0] == "区"), [])
    for _, row in page.rows:
        if row[0] in _PLACES or row[0] == "全市":
            place = [("district", _PLACES[row[0]])] if row[0] in _PLACES else []
            for time, words in zip(times, row[1:], strict=True):
                _told(found, time, tuple(sorted(place + about)), words)
    for box in page.boxes:
        if times and len(box) == 3 and box[1] in _PLACES:
            _told(found, times[-1], tuple(sorted([("district", _PLACES[box[1]]), *about])), box[2])
    return found


def read_home(html: str) -> Read:
    """Of a bureau's home: what is about businesses bears its quarter, the rest is its own work."""
    page, found = parse(html), Read()
    for heading, row in page.rows:
        if len(row) == 2 and row[0] in _PLACES and (time := re.search(r"\d{4}-Q\d", heading)):
            _told(found, time[0], (("district", _PLACES[row[0]]),), row[1])
    return found


def read_goals(html: str, year: str) -> Read:
    found = Read()
    for _, row in parse(html).rows:
        if len(row) == 4 and row[0] in _PLACES and "已公布" in row[1]:
            _told(found, year, (("district", _PLACES[row[0]]),), row[2])
    return found


def read_indicators(html: str, time: str) -> Read:
    """Of indicators whose formula is one measure."""
    found = Read()
    for _, row in parse(html).rows:
        if len(row) > 2 and re.fullmatch(r"[a-z]+(_\w+)?", row[1]) and not row[1].startswith(_OWN_WORK):
            _told(found, time, cell_of_measure(row[1], time), row[2])
    return found


def read_report(html: str, time: str) -> Read:
    """Its list of data, and the tables of grades, of areas of law and of districts."""
    found = Read()
    for heading, row in parse(html).rows:
        if heading in ("数据清单", "没有公布的数字") and len(row) == 4 and row[0] != "代号":
            if not row[0].startswith(_OWN_WORK):
                _told(found, time, cell_of_measure(row[0], time), row[1])
        elif row[0] in _PLACES and len(row) == 3:
            _told(found, time, (("district", _PLACES[row[0]]),), row[1])
        elif row[0] in _TOPICS:
            _told(found, time, ((f"{TOPIC}{_TOPICS[row[0]]}", WITH),), row[1])
        elif heading.endswith("按等级"):
            _told(found, time, (("grade", row[0]),), row[1])
    return found


def cell_of_measure(key: str, time: str) -> Cell:
    """What a name in a formula or a report counts."""
    name, _, place = key.partition("@")
    cell = _MEASURES.get(name)
    if key == "businesses_distinct" and "Q" in time:
        return ()
    if cell is None and name in _SUMS.values():
        cell = (("measure", name),)
    if cell is None and name.startswith("finding_"):
        cell = ((f"{TOPIC}{name.removeprefix('finding_')}", WITH),)
    if cell is None:
        dimension, _, value = name.partition("_")
        cell = ((f"{SURVEY}{dimension}" if dimension in ("known", "first") else dimension, value),)
    return tuple(sorted([*cell, *([("district", place)] if place else [])]))
