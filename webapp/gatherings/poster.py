"""The poster of a gathering, A4: what, when, where, that it is free, and the square by which one signs up."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from bureau.gatherings.models import Gathering
from bureau.gatherings.reading import find_host, find_partner
from bureau.gatherings.states import ANNOUNCED
from tenants.campaigns.kit_rules import Said
from tenants.campaigns.links import Named
from tenants.clock import city_day
from tenants.districts import DISTRICTS
from tenants.errors import Conflict, NotFound
from tenants.languages import choose
from tenants.translation import catalogues
from webapp.drawn_papers import draw
from webapp.wording.outreach.gathering_words import POSTER, when_in

LANGUAGES = ("zh-Hans", "en")


@dataclass(frozen=True)
class Poster:
    """The gathering, and who stands behind it."""

    row: Gathering
    hosts: tuple[Named, ...]


def read_poster(session: Session, row: Gathering, now: dt.datetime) -> Poster:
    """As anybody reads it, under Scope(PUBLIC).

    Raises: Conflict `not_now` for one that was called off or is over: nobody is sent to a shut door.
    """
    if row.state != ANNOUNCED or row.ends_at <= now:
        raise Conflict("not_now")
    found = (find_host(session, row), find_partner(session, row))
    return Poster(row, tuple(one for one in found if one is not None))


def print_poster(poster: Poster, *, locale: str, kind: str, events_url: str) -> bytes:
    """As SVG or PDF, `events_url` being the page of all gatherings. Slow as PDF (a second): outside any unit of work.

    Raises: NotFound for a language or a kind that it has not.
    """
    if locale not in LANGUAGES:
        raise NotFound
    url = f"{events_url}/{poster.row.number}"
    return draw(_said(poster, locale, events_url), url=url, size="a4", locale=locale, kind=kind)


def _said(poster: Poster, locale: str, events_url: str) -> Said:
    row, words = poster.row, catalogues.load(locale)

    def say(name: str, **params: object) -> str:
        return str(words.gettext(POSTER[name])).format(**params)

    def named(one: Named | Gathering) -> str:
        return choose({"zh-Hans": one.name, "en": one.name_en or one.name}, locale)

    typed_at = urlsplit(events_url)
    return Said(
        brand=say("brand"),
        title=named(row),
        lead=say(row.kind),
        purpose=choose({"zh-Hans": row.about, "en": row.about_en or row.about}, locale),
        promises=(say("free"), say("nameless")),
        scan=say("scan"),
        typed=say("typed"),
        address=f"{typed_at.netloc}{typed_at.path}/",
        code=row.number,
        help=say("help"),
        hosts=" · ".join(dict.fromkeys(named(one) for one in poster.hosts)),
        until=say("seats", seats=row.seats),
        place="",
        facts=(
            when_in(row, locale, city_day(row.begins_at)),
            f"{choose(DISTRICTS[row.district], locale)} · {row.place}",
        ),
    )
