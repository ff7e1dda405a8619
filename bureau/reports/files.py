"""The report as files: page, PDF, Word, data and manifest; the same edition gives the same bytes."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from bureau.reports.blocks import Document
from bureau.reports.edition_rules import Frozen, to_bytes
from bureau.reports.manifest import make_manifest
from bureau.reports.word_file import render_word
from bureau.reports.writing import Writer, exact_text
from checkup.report.html import render
from checkup.report.pdf import make_pdf

LANG = {"zh-Hans": "zh-Hans-CN", "en": "en"}


def render_page(document: Document) -> str:
    """The whole document as HTML."""
    return render("report/annual.html", {"document": document, "lang": LANG[document.locale]}, document.locale)


def render_fragment(document: Document) -> str:
    """The report inside a page of the site."""
    return render("report/annual_body.html", {"document": document, "lang": LANG[document.locale]}, document.locale)


def render_data(frozen: Frozen) -> bytes:
    """Every measure as CSV: key, value (empty when withheld or unknown), unit, whether withheld, source."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("key", "value", "unit", "withheld", "source"))
    for one in frozen.book.values():
        value = "" if one.value is None else exact_text(one.value)
        writer.writerow((one.key, value, one.unit, "yes" if one.is_withheld else "no", one.source))
    return out.getvalue().encode("utf-8-sig")


def make_files(frozen: Frozen, before: Frozen | None, topics: Mapping[str, Mapping[str, str]]) -> dict[str, bytes]:
    """File name → bytes. `topics`: language → area of law → its name. Slow (seconds): two PDFs."""
    manifest = json.dumps(make_manifest(frozen), ensure_ascii=False, sort_keys=True, indent=1)
    files = {"data.csv": render_data(frozen), "edition.json": to_bytes(frozen), "manifest.json": manifest.encode()}
    for locale in LANG:
        document = Writer(frozen, before, locale, topics[locale]).document()
        page = render_page(document)
        files[f"report.{locale}.html"] = page.encode()
        files[f"report.{locale}.pdf"] = make_pdf(page)
        files[f"report.{locale}.docx"] = render_word(document)
    return files


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
