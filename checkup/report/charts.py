"""The domain chart as SVG: one bar per domain, the same in page and PDF; its table stands beside it."""

import base64

import pygal
from pygal.style import Style

from checkup.report.values import Report

_INK, _PALE = "#1f5c4d", "#d7b98a"
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    colors=(_INK, _PALE),
    font_family="Noto Sans CJK SC, sans-serif",
    label_font_size=15,
    major_label_font_size=15,
    legend_font_size=15,
)


def domain_chart(report: Report, known: str, spread: str) -> str:
    """A `data:` URL: dark to the low bound, pale up to the high bound. No script, nothing from outside."""
    chart = pygal.HorizontalStackedBar(
        style=_STYLE,
        width=720,
        height=90 + 44 * max(1, len(report.domains)),
        range=(0, 100),
        js=[],
        no_prefix=True,
        disable_xml_declaration=True,
        legend_at_bottom=True,
        show_y_guides=False,
    )
    bars = report.domains[::-1]
    chart.x_labels = [bar.name for bar in bars]
    chart.add(known, [round(bar.low or 0, 1) for bar in bars])
    chart.add(spread, [round((bar.high or 0) - (bar.low or 0), 1) for bar in bars])
    svg = str(chart.render(is_unicode=True))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
