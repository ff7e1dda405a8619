"""A firm's own face: words, colour, hours, languages, logo. What owners could not read is refused."""

import re
import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.errors import FieldFault, Invalid
from tenants.models import Firm, Upload

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
LEAST_CONTRAST = 4.5
_SLUG = re.compile(r"[a-z][a-z0-9-]{2,39}")
MOST_WAITING = 60
LEAST_KEEP, MOST_KEEP = 30, 730
MOST_DAYS = 30
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
    address: str
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


def initial(name: str) -> str:
    """What stands for a firm without a logo: the first character of its name after the city's, which firms share."""
    return name.removeprefix("上海市").removeprefix("上海").lstrip()[:1] or name[:1]


def is_slug(text: str) -> bool:
    return bool(_SLUG.fullmatch(text))


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
