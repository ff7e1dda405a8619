"""Which bodies an owner is shown for a matter, in which order, and why each stands where it stands."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenants.models import Provider


@dataclass(frozen=True)
class Choice:
    """`is_near`: in her district; `speaks`: her language; `has_room`: takes another; `helps`: asks less for her
    certificate. Whoever has no room stays on the list, last, and cannot be chosen."""

    body: Provider
    is_near: bool
    speaks: bool
    has_room: bool
    helps: bool


def rank_bodies(
    bodies: Iterable[Provider], *, district: str, language: str, has_certificate: bool, with_room: Iterable[object]
) -> Sequence[Choice]:
    """Who has room first, then who speaks her language, is near, asks less, and has time soonest; names last."""
    free = set(with_room)
    choices = [
        Choice(
            body,
            is_near=body.district == district,
            speaks=language in body.languages.split(),
            has_room=body.id in free,
            helps=has_certificate and body.takes_certificates,
        )
        for body in bodies
    ]
    return sorted(choices, key=_place)


def _place(one: Choice) -> tuple[object, ...]:
    waits = math.inf if one.body.waiting_days is None else one.body.waiting_days
    return (not one.has_room, not one.speaks, not one.is_near, not one.helps, waits, one.body.name)
