"""Who has room for a case, the fittest first, and why. Pure."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_DAY_HOURS = 24


@dataclass(frozen=True)
class Room:
    """What one lawyer offers, and how much of it this month has taken."""

    person_id: uuid.UUID
    name: str
    a_month: int
    taken: int
    domains: frozenset[str]
    languages: frozenset[str]
    from_hour: int = 0
    to_hour: int = _DAY_HOURS
    away_until: dt.date | None = None

    @property
    def left(self) -> int:
        return self.a_month - self.taken


@dataclass(frozen=True)
class Wish:
    """What a case needs: areas of law (the heaviest first), a language, whether it cannot wait."""

    domains: tuple[str, ...]
    language: str
    is_urgent: bool


@dataclass(frozen=True)
class Match:
    """A lawyer for a case. `reasons` are codes: left:1/2, domain:emp, any_domain, language:en, hours:19-22."""

    person_id: uuid.UUID
    name: str
    score: float
    reasons: tuple[str, ...]


def language_of(locale: str) -> str:
    """zh for both scripts."""
    return locale.split("-")[0]


def rank(rooms: Sequence[Room], wish: Wish, *, local: dt.datetime, but: Collection[uuid.UUID] = ()) -> list[Match]:
    """The lawyers who may be offered the case, the fittest first; `local` is the city's time, `but` who is left out."""
    fits = [
        _fit(room, wish, local)
        for room in rooms
        if room.person_id not in but and _has_room(room, local.date()) and _is_able(room, wish)
    ]
    return sorted(fits, key=lambda match: (-match.score, match.name, match.person_id))


def _has_room(room: Room, today: dt.date) -> bool:
    return room.left > 0 and (room.away_until is None or room.away_until < today)


def _is_able(room: Room, wish: Wish) -> bool:
    knows = not room.domains or not wish.domains or bool(room.domains & set(wish.domains))
    return knows and wish.language in room.languages


def _fit(room: Room, wish: Wish, local: dt.datetime) -> Match:
    reasons = [f"left:{room.left}/{room.a_month}"]
    known = [domain for domain in wish.domains if domain in room.domains]
    reasons += [f"domain:{domain}" for domain in known] or ["any_domain"]
    reasons.append(f"language:{wish.language}")
    is_there = is_within(room, local.hour)
    if (room.from_hour, room.to_hour) != (0, _DAY_HOURS):
        reasons.append(f"hours:{room.from_hour}-{room.to_hour}")
    # An area that weighs much in the case weighs much here; then whoever has most of the month left.
    place = sum(1 / (1 + wish.domains.index(domain)) for domain in known)
    score = 2 * place + room.left / room.a_month + (3 if wish.is_urgent and is_there else 0)
    return Match(room.person_id, room.name, score, tuple(reasons))


def is_within(room: Room, hour: int) -> bool:
    """Whether the lawyer is there at this hour; hours may run past midnight."""
    if room.from_hour <= room.to_hour:
        return room.from_hour <= hour < room.to_hour
    return hour >= room.from_hour or hour < room.to_hour
