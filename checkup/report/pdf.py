"""The door to WeasyPrint: a tagged PDF/UA with embedded fonts, the same bytes for the same report."""

from checkup.report.glyphs import spell_undrawn
from checkup.report.html import STYLESHEET, render_document
from checkup.report.tagging import finish
from checkup.report.values import Report
from tenants.files import content_hash
from tenants.lazy_imports import lazily

weasyprint, fonts_of, urls_of = (lazily(f"weasyprint{part}") for part in ("", ".text.fonts", ".urls"))


def render_pdf(report: Report, logo: str = "") -> bytes:
    """The report as PDF; `logo` as for `render_document`. Slow (seconds): call it from the worker, outside any unit of
    work."""
    return make_pdf(render_document(report, logo))


def make_pdf(html: str) -> bytes:
    """Any document of the house as PDF, styled as the report is. Slow, as `render_pdf`."""
    # A document carries everything inside; whatever a text might smuggle in, nothing is fetched.
    fonts = fonts_of.FontConfiguration()
    fetcher = urls_of.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=spell_undrawn(html), base_url="about:blank", url_fetcher=fetcher)
    made = document.write_pdf(
        stylesheets=[weasyprint.CSS(filename=str(STYLESHEET), font_config=fonts)],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        finisher=finish,
        pdf_identifier=content_hash(html.encode()).encode()[:16],
    )
    return bytes(made)
