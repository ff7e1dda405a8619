"""The evidence bundle of a shortlist: a workbook of process facts, each traceable to its events. No case content."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bureau.hours.models import HourEvent
from bureau.hours.time_spans import show_spans
from bureau.hours.totals import list_entries
from bureau.recognition.certificates import Shortlist
from tenants.lazy_imports import lazily
from tenants.models import Firm

openpyxl, cells_of, styles_of = (lazily(f"openpyxl{part}") for part in ("", ".cell", ".styles"))

Row = Sequence[object]
_LAWYERS = ("律师", "律所", "已确认（分钟）", "已核实（分钟）", "记录数", "援助案件")
_ENTRIES = (
    "记录",
    "律师",
    "日期",
    "类别",
    "时间段",
    "报的（分钟）",
    "计入（分钟）",
    "状态",
    "谁确认的",
    "体检（不记名）",
    "更正自",
)
_EVENTS = ("记录", "时间", "从", "到", "谁", "为什么")


def collect(session: Session, shortlist: Shortlist, *, now: dt.datetime) -> dict[str, list[Row]]:
    """Sheet name → rows with a head line, under the bureau's scope; in the order of names and days."""
    firms = {firm.id: firm.name for firm in session.scalars(select(Firm))}
    chosen = {one.lawyer_id for one in shortlist.lawyers}
    entries = [e for e in list_entries(session, year=shortlist.year, most=None) if e.lawyer_id in chosen]
    entries = sorted((e for e in entries if e.state != "suggested"), key=lambda e: (e.lawyer_name, e.day, e.id))
    events = (
        select(HourEvent).where(HourEvent.entry_id.in_([e.id for e in entries])).order_by(HourEvent.at, HourEvent.id)
    )
    return {
        "说明": [
            ("项目", "内容"),
            ("年份", shortlist.year),
            ("入围规则", f"已核实公益工时不少于{shortlist.least_minutes}分钟"),
            ("也要", "当年没有维持不认定的记录，没有未说明的异常"),
            ("排列", "按姓名，不排名次"),
            ("导出时间", now.isoformat(timespec="seconds")),
            ("不含", "企业名称、回答、发现的问题、消息和文件"),
        ],
        "律师": [
            _LAWYERS,
            *(
                (one.lawyer_name, firms.get(one.firm_id, ""), t.counted, t.verified, t.entries, t.aid_cases)
                for one in shortlist.lawyers
                for t in (one.totals,)
            ),
        ],
        "记录": [
            _ENTRIES,
            *(
                (str(e.id), e.lawyer_name, e.day.isoformat(), e.category, show_spans(e.spans), e.minutes,
                 e.credited_minutes, e.state, e.confirmed_by, str(e.checkup_id or ""), str(e.corrects_id or ""))
                for e in entries
            ),
        ],
        "经过": [
            _EVENTS,
            *(
                (str(event.entry_id), event.at.isoformat(), event.was, event.became, event.actor_kind, event.why)
                for event in session.scalars(events)
            ),
        ],
    }  # fmt: skip


def write_workbook(sheets: dict[str, list[Row]]) -> bytes:
    """The sheets as an .xlsx file; a text that would start a formula stays a text."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, value, is_head=number == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: object, *, is_head: bool) -> Any:
    cell = cells_of.WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if is_head:
        cell.font = styles_of.Font(bold=True)
    return cell
