"""The report of a campaign as a file: the very numbers of the page, in the reader's language, as PDF or for a
spreadsheet."""

import io
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkup.report.html import render
from checkup.report.pdf import make_pdf
from tenants.campaigns.models import Campaign
from tenants.campaigns.told import Funnel
from tenants.errors import NotFound
from tenants.languages import LANG_ATTRIBUTE
from tenants.lazy_imports import lazily
from webapp.edge.downloads import harmless
from webapp.edge.i18n import Named, locale, own_name
from webapp.edge.i18n import translate as _
from webapp.wording.outreach.partner_words import STAGES

openpyxl = lazily("openpyxl")
PDF, XLSX = "pdf", "xlsx"
TYPES = {PDF: "application/pdf", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True)
class Told:
    """A campaign, what is told of it, and the names of its partners by their ids."""

    campaign: Campaign
    funnels: Sequence[Funnel]
    names: Mapping[str, Named]


def names_by_id(partners: Mapping[uuid.UUID, Named]) -> dict[str, Named]:
    return {str(one): named for one, named in partners.items()}


def write_report(told: Told, kind: str) -> bytes:
    """Slow as PDF (a second). Raises: NotFound for another kind."""
    if kind == PDF:
        return _pdf(told)
    if kind == XLSX:
        return _xlsx(told)
    raise NotFound


def _tables(told: Told) -> list[tuple[str, list[tuple[str, int | str]]]]:
    return [
        (
            own_name(told.names[one.part]) if one.part in told.names else _("一共"),
            [(_(STAGES[stage.what]), stage.count or _("不公开")) for stage in one.stages],
        )
        for one in told.funnels
    ]


def _lines(row: Campaign) -> list[str]:
    purpose = row.purpose_en if locale() == "en" else row.purpose
    return [purpose, _("{first}到{last}", first=row.begins_on, last=row.ends_on), _note(row)]


def _note(row: Campaign) -> str:
    if row.frozen_at is None:
        return _("每小时数一次。够十家才公开，攒够十家才变，所以前后两行可能差一点。")
    return _("{at}定下来，以后不变。", at=row.frozen_at)


def _pdf(told: Told) -> bytes:
    row = told.campaign
    values = {
        "lang": LANG_ATTRIBUTE[locale()],
        "number": row.number,
        "title": own_name(row),
        "lines": _lines(row),
        "heads": (_("走到哪一步"), _("家数")),
        "tables": _tables(told),
        "note": _("扫码按次数，别的按家数；一个人的名字也没有记。"),
    }
    return make_pdf(render("report/campaign.html", values, locale()))


def _xlsx(told: Told) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([harmless(own_name(told.campaign)), told.campaign.number])
    for line in _lines(told.campaign):
        sheet.append([harmless(line)])
    for head, rows in _tables(told):
        sheet.append([])
        sheet.append([harmless(head)])
        for pair in rows:
            sheet.append(list(pair))
    sheet.column_dimensions["A"].width = 40
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
