"""The accepted letter as a document, from its stored words alone."""

from checkup.letters.acceptance import AcceptedLetter
from checkup.report.html import render
from checkup.report.pdf import make_pdf
from tenants.languages import LANG_ATTRIBUTE


def render_letter_pdf(accepted: AcceptedLetter) -> bytes:
    """The letter as PDF. About a second: call it outside any unit of work."""
    values = {"letter": accepted.letter, "row": accepted.row, "lang": LANG_ATTRIBUTE[accepted.letter.locale]}
    return make_pdf(render("report/letter.html", values, accepted.letter.locale))
