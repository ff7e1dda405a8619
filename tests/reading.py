"""An answer as it is read: where a template breaks its lines is no matter of a test."""

import re

from flask.testing import FlaskClient

KEPT = re.compile(r"<(textarea|pre|script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
# Beside the edges of these a reader sees no white space; of a button only inside.
BLOCKS = (
    "html head body meta link title header main footer nav div p section article aside h1 h2 h3 h4 ul ol li dl dt dd "
    "table caption thead tbody tr td th form fieldset legend details summary option optgroup select script label"
).replace(" ", "|")
AFTER = re.compile(rf"(</?(?:{BLOCKS})\b[^<>]*>|<button\b[^<>]*>)\s*\n\s*")
BEFORE = re.compile(rf"\s*\n\s*(?=</?(?:{BLOCKS})\b|</button>)")


def as_read(html: str) -> str:
    """The page with each break of a line as the one space or the nothing that it is to a reader."""
    kept = [one.group(0) for one in KEPT.finditer(html)]
    page = KEPT.sub("\0", html)
    page = TAG.sub(lambda tag: re.sub(r"\s+", " ", tag.group(0)).replace(" >", ">"), page)
    page = re.sub(r"\s*\n\s*", " ", BEFORE.sub("", AFTER.sub(r"\1", page)))
    for one in kept:
        page = page.replace("\0", one, 1)
    return page


class _Answer:
    @property
    def text(self) -> str:
        said: str = super().text  # type: ignore[misc]
        return as_read(said) if self.mimetype == "text/html" else said  # type: ignore[attr-defined]


class Browser(FlaskClient):
    """A browser of tests: `answer.text` is the page as read, `answer.data` its bytes."""

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        self.response_wrapper = type("Answer", (_Answer, self.response_wrapper), {})
