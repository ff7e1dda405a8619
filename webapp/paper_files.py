"""A short paper for people to sign, as PDF and as Word: titled parts, a line a paragraph."""

from collections.abc import Sequence

from bureau.reports.blocks import Document, Section, Text
from bureau.reports.word_file import render_word
from checkup.report.html import render
from checkup.report.pdf import make_pdf
from tenants.files import content_hash

PDF, WORD = "pdf", "docx"
TYPES = {PDF: "application/pdf", WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
Parts = Sequence[tuple[str, Sequence[str]]]  # a head, and its lines


def make_paper(title: str, number: str, parts: Parts, kind: str) -> bytes:
    """`kind`: of `TYPES`. A PDF is slow (seconds): outside any unit of work."""
    if kind == PDF:
        return make_pdf(render("report/paper.html", {"title": title, "number": number, "parts": parts}))
    sections = tuple(Section(head, tuple(Text((line,)) for line in lines)) for head, lines in parts)
    return render_word(Document("zh-Hans", title, number, content_hash(repr(parts).encode()), sections))
