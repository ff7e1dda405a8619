"""Where a page speaks of prison, and whether a number to call stands beside it."""

from collections.abc import Iterator

from lxml import html

from checkup.report.frightening import is_frightening

# The nearest of these holds what belongs together.
_PART = "ancestor-or-self::*[self::article or self::li or self::tr or self::details or self::section][1]"


def left_alone(page: str) -> Iterator[str]:
    """The texts that speak of prison in a part of the page which holds no number to call."""
    for text in html.fromstring(page).xpath("//body//text()"):
        if is_frightening(text) and not text.getparent().xpath(f"{_PART}//a[starts-with(@href, 'tel:')]"):
            yield text.strip()
