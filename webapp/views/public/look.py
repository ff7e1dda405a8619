"""Size of letters, colours, contrast and reading aloud: chosen on the phone, for everybody, without account or script.

Kept in cookies of their own; the layout reads them (`look()`).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tenants.database import Audience
from webapp.edge.audiences import audience
from webapp.edge.installation import installation
from webapp.edge.targets import is_own_path
from webapp.forms.public import LookForm

blueprint = Blueprint("look", __name__)

# The first of each is what a page does unasked: as the phone says, and silent.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "text": ("normal", "large"),
    "scheme": ("auto", "light", "dark"),
    "contrast": ("auto", "more"),
    "aloud": ("off", "on"),
}
_YEAR = 31_536_000
_BY_SCRIPT = "aloud"  # its button is on the page, and works there at once (read_aloud.js)


class Look(NamedTuple):
    text: str
    scheme: str
    contrast: str
    aloud: str

    @property
    def sheets(self) -> tuple[tuple[str, str], ...]:
        """Style sheets that give the tokens other values, each with the media it is for. Paper stays white."""
        dark = {"auto": "screen and (prefers-color-scheme: dark)", "dark": "screen", "light": ""}[self.scheme]
        more = {"auto": "screen and (prefers-contrast: more)", "more": "screen"}[self.contrast]
        return tuple((sheet, media) for sheet, media in (("dark.css", dark), ("contrast.css", more)) if media)


def look() -> Look:
    """What was chosen on this phone; whatever else a cookie says counts as not chosen."""
    return Look(**{name: _known(options, request.cookies.get(name, "")) for name, options in CHOICES.items()})


def keep(response: Response, chosen: Iterable[tuple[str, str]]) -> Response:
    """The same phone looks so for a year."""
    for name, value in chosen:
        if value in CHOICES[name]:
            response.set_cookie(
                name,
                value,
                max_age=_YEAR,
                samesite="Lax",
                httponly=name != _BY_SCRIPT,
                secure=not installation().is_development,
            )
    return response


def may_speak() -> bool:
    """Whether this page offers to write down what is said; no other page is let to the microphone."""
    return "speaks" in g


def _let_speak() -> str:
    g.speaks = True
    return ""


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(look=look, let_speak=_let_speak)


def _known(options: tuple[str, ...], value: str) -> str:
    return value if value in options else options[0]


@blueprint.get("/look")
@audience(Audience.PUBLIC)
def show() -> str:
    back = request.args.get("back", "/")
    return render_template("public/look.html", form=LookForm(formdata=None, data={**look()._asdict(), "back": back}))


@blueprint.post("/look")
@audience(Audience.PUBLIC)
def save() -> Response:
    """What was sent is kept, the rest stays as it was; back to the page one came from, of this site only."""
    form = LookForm()
    back = form.back.data or url_for("public.home")
    response = redirect(back if is_own_path(back) else url_for("public.home"))
    return keep(response, ((name, form[name].data) for name in CHOICES if form[name].data))
