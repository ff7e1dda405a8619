"""The door to workbooks: one row per risk for a lawyer to comment, and the comments read back."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill

from checkup.packs.risk_text import explain_basis, explain_condition
from checkup.packs.values import Pack, Risk

_HEADS = (
    ("risk", 22), ("领域", 12), ("风险", 26), ("Risk", 26), ("严重程度", 8), ("为什么", 26), ("适用", 30),
    ("可能性", 42), ("法律依据", 34), ("后果", 36), ("Consequence", 36), ("怎么办", 36),
    ("Remedy", 36), ("难度", 6), ("谁能帮", 12), ("律师复核 reviews", 26), ("同意? yes/no", 12), ("意见 comment", 40),
)  # fmt: skip
COMMENT, AGREED = len(_HEADS), len(_HEADS) - 1
_PALE = PatternFill("solid", fgColor="E3EFE9")


class NotOurWorkbook(ValueError):
    """The file is no workbook that `write_workbook` made."""


def write_workbook(pack: Pack, file: Path, reviewed: Mapping[str, str] | None = None) -> None:
    """One row per risk, headed, wrapped, the first row and column frozen; the last two columns are the lawyer's.

    `reviewed`: risk → what reviews made of it, in words.
    """
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = f"{pack.id} {pack.version}"[:31]
    sheet.append([head for head, _ in _HEADS])
    for risk in pack.risks:
        sheet.append(_row(pack, risk, (reviewed or {}).get(risk.id, "")))
    for number, (_, width) in enumerate(_HEADS, start=1):
        column = sheet.cell(1, number)
        column.font, column.fill = Font(bold=True), _PALE
        sheet.column_dimensions[column.column_letter].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(file)


def _row(pack: Pack, risk: Risk, reviewed: str) -> list[str | int]:
    zh = "zh-Hans"
    cases = [f"{case.is_:.0%}：{explain_condition(pack, case.when, zh)}" for case in risk.cases]
    return [
        risk.id, pack.domain(risk.domain).name[zh], risk.title[zh], risk.title["en"], risk.severity,
        risk.severity_why[zh], explain_condition(pack, risk.applies, zh), "\n".join(cases),
        "\n".join(explain_basis(pack, basis, zh) for basis in risk.basis), risk.consequence[zh],
        risk.consequence["en"], risk.remedy[zh], risk.remedy["en"], risk.effort, risk.provider, reviewed, "", "",
    ]  # fmt: skip


def read_comments(pack: Pack, file: Path) -> list[str]:
    """A line per change asked for: `risk: comment`. Raises: NotOurWorkbook."""
    try:
        rows = list(load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))
    except Exception as error:  # a broken file fails anywhere inside the library
        raise NotOurWorkbook(f"{file.name} cannot be read as a workbook") from error
    if not rows or tuple(rows[0]) != tuple(head for head, _ in _HEADS):
        raise NotOurWorkbook(f"{file.name} does not have the columns of `famai pack xlsx`")
    known, changes = {risk.id for risk in pack.risks}, []
    for row in rows[1:]:
        risk, agreed, comment = (
            str(row[0]),
            str(row[AGREED - 1] or "").strip().lower(),
            str(row[COMMENT - 1] or "").strip(),
        )
        if risk not in known:
            changes.append(f"{risk}: not a risk of {pack.id} {pack.version} any more")
        elif comment or agreed in ("no", "n", "否", "不同意"):
            changes.append(f"{risk}: {comment or 'not agreed, no comment'}")
    return changes
