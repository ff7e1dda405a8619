"""The report as a Word file, the same bytes for the same document (python-docx)."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bureau.reports.blocks import Bars, Block, Document, Part, Table, Text
from tenants.lazy_imports import lazily

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

docx, names_of, lengths_of = (lazily(f"docx{part}") for part in ("", ".oxml.ns", ".shared"))

_FONT, _LONGEST_BAR = "Noto Serif CJK SC", 24
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_word(document: Document) -> bytes:
    """A .docx with headings, tables with a repeated head, and bars drawn in text."""
    word = docx.Document()
    _prepare(word, document)
    word.add_heading(document.title, 0)
    word.add_paragraph(document.subtitle)
    for section in document.sections:
        word.add_heading(section.title, 1)
        for block in section.blocks:
            _add(word, block)
    out = io.BytesIO()
    word.save(out)
    return repack(out.getvalue())


def _prepare(word: "WordDocument", document: Document) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.comments = document.title, "Famai", document.digest
    properties.created = properties.modified = dt.datetime(*_EPOCH[:3])  # noqa: DTZ001 - a fixed stamp, no moment
    properties.last_modified_by, properties.revision = "Famai", 1
    style = word.styles["Normal"]
    style.font.name, style.font.size = _FONT, lengths_of.Pt(10.5)
    style.element.rPr.rFonts.set(names_of.qn("w:eastAsia"), _FONT)


def _add(word: "WordDocument", block: Block) -> None:
    match block:
        case Text(parts=parts):
            _write(word.add_paragraph(), parts)
        case Table(caption=caption, head=head, rows=rows):
            _add_table(word, caption, head, rows)
        case Bars(caption=caption, bars=bars):
            drawn = [(bar.name, bar.figure, "█" * round(_LONGEST_BAR * bar.length)) for bar in bars]
            _add_table(word, caption, (), drawn)


def _write(paragraph: "Paragraph", parts: Sequence[Part]) -> None:
    for part in parts:
        paragraph.add_run(part if isinstance(part, str) else part.text)


def _add_table(word: "WordDocument", caption: str, head: Sequence[str], rows: Sequence[Sequence[Part]]) -> None:
    word.add_paragraph(caption, style="Caption")
    lines: list[Sequence[Part]] = [*([head] if head else []), *rows]
    if not lines:
        return
    table = word.add_table(rows=0, cols=len(lines[0]), style="Light Grid Accent 1")
    for line in lines:
        for cell, part in zip(table.add_row().cells, line, strict=True):
            _write(cell.paragraphs[0], (part,))


def repack(content: bytes) -> bytes:
    """The same archive with its entries stamped by no clock, so that equal content is equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
