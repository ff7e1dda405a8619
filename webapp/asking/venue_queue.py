"""The queue at a station at the edge: which browser holds a number, the square on the screen and on paper."""

import hashlib
import hmac
import secrets
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

import segno
from flask import after_this_request, request, url_for
from werkzeug.wrappers import Response

from tenants.campaigns.kit_rules import Said
from tenants.errors import NotFound
from tenants.languages import choose
from tenants.models import Station
from tenants.translation import catalogues
from webapp.drawn_papers import PDF, draw
from webapp.edge.installation import installation
from webapp.wording.outreach.queue_words import PAPER

SIZES, LANGUAGES = ("a4", "a6"), ("zh-Hans", "en")
_COOKIE, _A_DAY, _MOST = "venue", 86_400, 64


def holder_here(station_id: UUID, today: date) -> str:
    """The digest by which this browser holds its number: another one at each station and on each day.

    A browser that comes for the first time gets its token with the answer to this request.
    """
    token = request.cookies.get(_COOKIE, "")[:_MOST] or _give_token()
    about = f"venue {station_id} {today} {token}".encode()
    return hmac.new(installation().pepper, about, hashlib.sha256).hexdigest()[:32]


def _give_token() -> str:
    token = secrets.token_urlsafe(16)

    @after_this_request
    def write(response: Response) -> Response:
        is_safe = not installation().is_development
        response.set_cookie(_COOKIE, token, _A_DAY, httponly=True, secure=is_safe, samesite="Lax")
        return response

    return token


def square(code: str) -> str:
    """To be scanned from the screen, as an address of data."""
    return segno.make(_address(code), error="m").svg_data_uri(scale=6, border=3)


def _address(code: str) -> str:
    return installation().public_url + url_for("venue.show", code=code)


def print_square(station: Station, code: str, *, size: str, locale: str) -> bytes:
    """A page to be hung up, as PDF. Slow (a second): outside any unit of work.

    Raises: NotFound for a size or a language that it has not.
    """
    if size not in SIZES or locale not in LANGUAGES:
        raise NotFound
    words, address = catalogues.load(locale), _address(code)

    def say(name: str) -> str:
        return str(words.gettext(PAPER[name]))

    typed_at = urlsplit(address)
    name = choose({"zh-Hans": station.name, "en": station.name_en}, locale)
    said = Said(
        brand=say("brand"),
        title=name,
        lead=say("lead"),
        purpose=say("purpose"),
        promises=(say("nameless"), say("free"), say("by_hand")),
        scan=say("scan"),
        typed=say("typed"),
        address=f"{typed_at.netloc}{typed_at.path.removesuffix(code)}",
        code=code,
        help=say("help"),
        hosts=name,
        until=say("today"),
        place="",
    )
    return draw(said, url=address, size=size, locale=locale, kind=PDF)
