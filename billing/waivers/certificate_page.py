"""The certificate as a document: one bilingual page with a QR code. Reasons are nowhere in it."""

import segno

from billing.books.terms_wording import kinds_words, terms_words
from billing.waivers.certificates import CertificateFacts
from checkup.report.html import render
from checkup.report.pdf import make_pdf


def render_certificate(facts: CertificateFacts, *, number: str, issued_on: str, verify_url: str) -> bytes:
    """The PDF. Slow: call it from the worker, outside any unit of work."""
    terms = terms_words(
        facts.relief,
        cap_minor=facts.cap_minor or None,
        basis_points=facts.basis_points,
        months=facts.months,
        instalments=facts.instalments,
    )
    values = {
        "facts": facts,
        "number": number,
        "issued_on": issued_on,
        "terms": terms,
        "kinds": kinds_words(facts.fee_kinds),
        "verify_url": verify_url,
        "qr": segno.make(verify_url, error="m").svg_data_uri(scale=5),
    }
    return make_pdf(render("report/certificate.html", values))
