"""A firm's own face: words, colour, hours, languages, logo. What owners could not read is refused."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.errors import FieldFault, Invalid
from tenants.models import DRAFT_DAYS, REVISIT_MONTHS, Firm, Upload
from tenants.typed.numbers import whole_number

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_SLUG = re.compile(r"[a-z][a-z0-9-]{2,39}")
_LENGTHS = {"intro": 300, "intro_en": 300, "phone": 30, "hours": 80}
MOST_WAITING = 60
LEAST_KEEP, MOST_KEEP = 30, 730
MOST_DAYS = 30
SERVICE_TIMES = {"take_days": 3, "review_days": 5, "reply_days": 2, "answer_days": 5}
MOST_MONTHS = 24


@dataclass(frozen=True)
class Face:
    """What owners see of a firm.

    `waiting_days`: how long a review takes now, None when not said; `keep_days`: how long an untouched draft is kept;
    `revisit_months`: after how long owners are asked to check again.
    In working days, from 1 to 30: until a case is taken, for the review, for a reply, for the owner's answer.
    """

    slug: str
    intro: str
    intro_en: str
    phone: str
    hours: str
    colour: str
    waiting_days: int | None
    keep_days: int
    revisit_months: int
    languages: str
    take_days: int
    review_days: int
    reply_days: int
    answer_days: int


def contrast(colour: str) -> float:
    """The WCAG 2.2 contrast ratio of a `#rrggbb` colour with white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def parse_face(raw: Mapping[str, str], languages: list[str]) -> Face:
    """Raises: Invalid with every fault: required, too_long, control_characters, not_a_slug, not_a_colour, pale_colour,
    not_a_whole_number, days_out_of_range, months_out_of_range."""
    faults: list[FieldFault] = []
    texts = {field: _text(raw.get(field, ""), field, most, faults) for field, most in _LENGTHS.items()}
    colour, slug = raw.get("colour", "").strip().lower(), raw.get("slug", "").strip().lower()
    if not _COLOUR.fullmatch(colour):
        faults.append(FieldFault("colour", "not_a_colour"))
    elif contrast(colour) < LEAST_CONTRAST:
        faults.append(FieldFault("colour", "pale_colour"))
    if not _SLUG.fullmatch(slug):
        faults.append(FieldFault("slug", "not_a_slug"))
    if not languages or not set(languages) <= set(LANGUAGES):
        faults.append(FieldFault("languages", "required"))
    waiting = _waiting(raw.get("waiting_days", "").strip(), faults)
    keep = _whole(raw, "keep_days", DRAFT_DAYS, (LEAST_KEEP, MOST_KEEP), "days_out_of_range", faults)
    months = _whole(raw, "revisit_months", REVISIT_MONTHS, (1, MOST_MONTHS), "months_out_of_range", faults)
    times = {
        field: _whole(raw, field, usual, (1, MOST_DAYS), "days_out_of_range", faults)
        for field, usual in SERVICE_TIMES.items()
    }
    if faults:
        raise Invalid(tuple(faults))
    return Face(
        slug=slug,
        colour=colour,
        waiting_days=waiting,
        keep_days=keep,
        revisit_months=months,
        languages=" ".join(languages),
        take_days=times["take_days"],
        review_days=times["review_days"],
        reply_days=times["reply_days"],
        answer_days=times["answer_days"],
        **texts,
    )


def _text(raw: str, field: str, most: int, faults: list[FieldFault]) -> str:
    text = " ".join(raw.split())
    if len(text) > most:
        faults.append(FieldFault(field, "too_long", {"most": most}))
    elif not text.isprintable():
        faults.append(FieldFault(field, "control_characters"))
    return text


def _whole(
    raw: Mapping[str, str], field: str, usual: int, room: tuple[int, int], code: str, faults: list[FieldFault]
) -> int:
    """A whole number within its room; `usual` when nothing is typed."""
    number = whole_number(raw.get(field, "").strip() or str(usual), least=room[0], most=room[1])
    if number is None:
        faults.append(FieldFault(field, code, {"least": room[0], "most": room[1]}))
        return usual
    return number


def _waiting(raw: str, faults: list[FieldFault]) -> int | None:
    if not raw:
        return None
    number = whole_number(raw, least=0, most=MOST_WAITING)
    if number is None:
        faults.append(FieldFault("waiting_days", "not_a_whole_number"))
    return number


def set_face(session: Session, *, firm: Firm, face: Face) -> None:
    """Raises: Invalid `taken` when another firm has the address."""
    other = session.scalars(select(Firm.id).where(Firm.slug == face.slug, Firm.id != firm.id)).first()
    if other is not None:
        raise Invalid((FieldFault("slug", "taken"),))
    for field, value in vars(face).items():
        setattr(firm, field, value)
    session.flush()


def find_logo(session: Session, firm: Firm) -> Upload | None:
    """The upload that is the firm's logo now."""
    if firm.logo_id is None:
        return None
    return session.get(Upload, (firm.id, firm.logo_id))


def set_logo(firm: Firm, upload_id: uuid.UUID) -> None:
    firm.logo_id = upload_id
