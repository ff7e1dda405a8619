"""The city's reception (公共法律服务中心): where a checkup lies until its owner has chosen a firm.

A tenant of its own without a single member: it reads nothing, signs nothing and is nobody's to supervise. The database
holds that (`tenants.models`, `tenants.access.sql`); its one id is the same in every city, so that rules can name it.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.base import RECEPTION_ID
from tenants.models import Bureau, Firm

KEEP_DAYS = 90
_HOTLINE = "12348"


def open_reception(session: Session, *, new_key: bytes) -> bool:
    """The reception under the city's bureau, which must be there, under Scope(OPERATOR); whether it is new.

    Until there is one, owners begin at a firm.
    """
    bureau_id = session.scalars(select(Bureau.id).where(Bureau.parent_id.is_(None)).order_by(Bureau.id)).first()
    if bureau_id is None or session.get(Firm, RECEPTION_ID) is not None:
        return False
    session.add(
        Firm(
            id=RECEPTION_ID,
            bureau_id=bureau_id,
            slug="reception",
            name="公共法律服务中心",
            name_en="Public Legal Service Centre",
            district="",
            phone=_HOTLINE,
            licence_number="",
            languages="zh-Hans zh-Hant en",
            keep_days=KEEP_DAYS,
            state="reception",
            wrapped_key=new_key,
        )
    )
    session.flush()
    return True


def has_reception(session: Session) -> bool:
    """Whether owners may begin before they choose a firm."""
    return session.scalar(select(Firm.id).where(Firm.id == RECEPTION_ID)) is not None


def is_reception(firm_id: uuid.UUID | None) -> bool:
    """Whether a row of this firm still waits for its owner's choice."""
    return firm_id == RECEPTION_ID
