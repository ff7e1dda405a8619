"""A business licence (营业执照) out of the lines that were seen on its photo. Pure.

What it says of people (经营者, 法定代表人) and of what they may do is passed over: nobody here asks for it.
"""

import math
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from checkup.prefill.values import Found, district_in, form_of, iso_day
from tenants.errors import Unreadable
from tenants.typed.identifiers import credit_code

Point = tuple[float, float]
_LABELS = {
    "code": ("统一社会信用代码", "社会信用代码", "注册号"),
    "name": ("名称", "字号名称", "企业名称"),
    "kind": ("类型", "主体类型", "公司类型", "企业类型", "市场主体类型"),
    "place": ("住所", "经营场所", "主要经营场所", "营业场所", "住所（经营场所）", "经营场所（住所）"),
    "day": ("成立日期", "注册日期"),
    "other": (
        "法定代表人", "负责人", "投资人", "经营者", "经营者姓名", "执行事务合伙人", "经营范围", "注册资本", "组成形式",
        "营业期限", "登记机关", "出资额", "成员出资总额", "核准日期", "发照日期",
    ),
}  # fmt: skip
_LABEL_OF = {label: field for field, labels in _LABELS.items() for label in labels}
# In the dark a mark may be seen between the wide set signs of a label: 类☑型.
_STARTS = {
    label: re.compile(r"\W*" + r"\W*".join(map(re.escape, label))) for label in sorted(_LABEL_OF, key=len, reverse=True)
}
# Labels of two signs are set as wide as one of four, and then seen as two lines, or one sign of them is not seen.
_HALVES = {half: label for label in ("名称", "类型", "住所") for half in label}
_TITLE = "营业执照"
# What can be nothing else, where its label was not seen: a register's kind of business, a street with a number.
_ALONE = {
    "kind": ("类型", re.compile("个体工商户|个人独资|(?:一人)?有限责任公司|股份有限公司|(?:特殊)?普通合伙|有限合伙")),
    "place": ("住所", re.compile(r"(?:上海市)?\w{2,4}[区县].*\d(?:号|弄|室)")),
}
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])", re.ASCII)
_BETWEEN = re.compile(r"\s+")
# In heights of a line: how far off one row two may stand, how far the next line is, how far in, how far behind a label,
# how far over the kind the name is.
_ROW, _LEAST_STEP, _NEXT_LINE, _INDENT, _LABEL_GAP, _OVER = 0.7, 0.5, 1.9, 2.0, 6.0, 4.0


@dataclass(frozen=True)
class Line:
    """A line of text with its corners on the photo, in pixels: upper left, upper right, lower right, lower left."""

    text: str
    corners: tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class _Box:
    """A line turned level: its edges, which label it is or begins with, and where what follows that begins."""

    text: str
    left: float
    right: float
    middle: float
    height: float
    label: str
    rest: str

    @property
    def field(self) -> str:
        return _LABEL_OF.get(self.label, "")

    @property
    def rest_left(self) -> float:
        return self.right - (self.right - self.left) * len(self.rest) / len(self.text)


def read_licence(lines: Sequence[Line], squares: Iterable[str] = ()) -> Found | None:
    """What the licence says; None where the photo shows none. `squares`: what its QR codes say.

    A code counts only with both its check signs right; `doubtful_code` is one that was seen without. Where two right
    ones differ, neither counts.
    """
    boxes = _level(lines)
    codes, doubtful = _codes([*(box.rest for box in boxes), *squares])
    fields = {box.field for box in boxes} & {"name", "kind", "place", "day"}
    titled = any(_TITLE in box.text for box in boxes)
    if not (codes and (titled or fields)) and not (titled and fields):
        return None
    boxes = _with_lost_labels(boxes)
    code = codes.pop() if len(codes) == 1 else ""
    place = _value(boxes, "place")
    return Found(
        name=_value(boxes, "name") or _over_kind(boxes),
        credit_code=code,
        form=form_of(_value(boxes, "kind"), code),
        district=district_in(place),
        address=place,
        registered_on=iso_day(_value(boxes, "day")),
        doubtful_code="" if code else doubtful,
    )


def _codes(texts: Iterable[str]) -> tuple[set[str], str]:
    """The codes that are right, and one that only looks like a code."""
    right, doubtful = set[str](), ""
    for text in texts:
        for seen in _CODE.findall(text.upper()):
            try:
                right.add(credit_code(seen))
            except Unreadable as refused:
                if refused.code != "id_card":  # nobody here needs it, not even to show that it was seen
                    doubtful = doubtful or seen
    return right, doubtful


def _level(lines: Iterable[Line]) -> list[_Box]:
    """The lines as if the paper lay straight, in reading order."""
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return []
    tilt = statistics.median(_angle(line) for line in lines)
    turned = [_box(line, math.cos(-tilt), math.sin(-tilt)) for line in lines]
    return sorted(turned, key=lambda box: (box.middle, box.left))


def _angle(line: Line) -> float:
    (x, y), (to_x, to_y) = line.corners[0], line.corners[1]
    return math.atan2(to_y - y, to_x - x)


def _box(line: Line, cos: float, sin: float) -> _Box:
    points = [(x * cos - y * sin, x * sin + y * cos) for x, y in line.corners]
    across, down = [x for x, _ in points], [y for _, y in points]
    text = _BETWEEN.sub("", line.text).replace("(", "（").replace(")", "）")
    label, rest = _split(text)
    height = (points[3][1] - points[0][1] + points[2][1] - points[1][1]) / 2
    return _Box(text, min(across), max(across), sum(down) / len(down), max(height, 1.0), label, rest)


def _split(text: str) -> tuple[str, str]:
    """The label that a line is or begins with, "" for none, and what follows it."""
    if text in _HALVES:
        return _HALVES[text], ""
    for label, start in _STARTS.items():
        if (seen := start.match(text)) is not None:
            return label, text[seen.end() :].lstrip(":：")
    return "", text


def _with_lost_labels(boxes: Sequence[_Box]) -> list[_Box]:
    """What stands behind no label, and can only be what one label says, is as if that stood there."""
    made = list(boxes)
    for field, (label, can_only_be) in _ALONE.items():
        if _first_of(boxes, field) is None:
            for place, box in enumerate(boxes):
                if can_only_be.match(box.text) and not box.label and not any(_is_labelled(box, one) for one in boxes):
                    made[place] = replace(box, label=label)
                    break
    return made


def _value(boxes: Sequence[_Box], field: str) -> str:
    """What stands behind the field's label: on its line or right of it, and what goes on below; "" for nothing."""
    first = _first_of(boxes, field)
    return "" if first is None else "".join((first.rest, *_going_on(boxes, first)))


def _first_of(boxes: Sequence[_Box], field: str) -> _Box | None:
    for label in (box for box in boxes if box.field == field):
        if (first := label if label.rest else _right_of(boxes, label)) is not None:
            return first
    return None


def _over_kind(boxes: Sequence[_Box]) -> str:
    """The name where its label was not seen: on every licence it stands over the kind of business."""
    kind = _first_of(boxes, "kind")
    if kind is None:
        return ""
    over = [
        box
        for box in boxes
        if not box.label
        and abs(box.left - kind.rest_left) < _INDENT * kind.height
        and 0 < kind.middle - box.middle < _OVER * kind.height
        and not _is_beside(box, kind)
        and not _CODE.search(box.text)
    ]
    return max(over, key=lambda box: box.middle).text if over else ""


def _going_on(boxes: Sequence[_Box], first: _Box) -> Iterator[str]:
    last = first
    while (following := _below(boxes, last, first.rest_left)) is not None:
        yield following.text
        last = following


def _right_of(boxes: Sequence[_Box], label: _Box) -> _Box | None:
    """The nearest on the same row, unless it is the next label."""
    row = [
        box
        for box in boxes
        if box is not label and box.left >= label.right - box.height and _is_beside(box, label)
    ]  # fmt: skip
    nearest = min(row, key=lambda box: box.left, default=None)
    return None if nearest is None or nearest.label else nearest


def _is_beside(box: _Box, other: _Box) -> bool:
    return abs(box.middle - other.middle) < _ROW * max(box.height, other.height)


def _below(boxes: Sequence[_Box], last: _Box, left: float) -> _Box | None:
    """The line that goes on under a value: as far left, close beneath, and behind no label of its own."""
    for box in boxes:
        step = box.middle - last.middle
        if (
            _LEAST_STEP * last.height < step < _NEXT_LINE * last.height
            and abs(box.left - left) < _INDENT * last.height
            and not box.label
            and not any(_is_labelled(box, other) for other in boxes)
        ):
            return box
    return None


def _is_labelled(box: _Box, other: _Box) -> bool:
    """Whether the other one is a label close at the left of the box."""
    gap = box.left - other.right
    return bool(other.label) and -box.height < gap < _LABEL_GAP * box.height and _is_beside(box, other)
