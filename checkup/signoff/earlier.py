"""The checkup of the same business before this one, as a report compares itself with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings, open_checkup
from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.report.areas import Earlier, Found, count_asked
from tenants.clock import city_day

_WITH_RESULT = ("submitted", "in_review", "signed", "closed")


def find_earlier(session: Session, row: Checkup, keys: Keyring) -> Earlier | None:
    """The last one that was sent before this one; what a lawyer dismissed there did not stand."""
    if row.submitted_at is None:
        return None
    query = (
        select(Checkup)
        .where(
            Checkup.firm_id == row.firm_id,
            Checkup.business_id == row.business_id,
            Checkup.state.in_(_WITH_RESULT),
            Checkup.submitted_at < row.submitted_at,
        )
        .order_by(Checkup.submitted_at.desc())
        .limit(1)
    )
    before = session.scalars(query).one_or_none()
    if before is None or before.submitted_at is None:
        return None
    opened, rows = open_checkup(session, checkup_id=before.id, keys=keys), list_findings(session, checkup_id=before.id)
    asked = count_asked(opened.pack, opened.profile, opened.answers, express=before.is_express).asked
    return Earlier(
        on=city_day(before.submitted_at),
        found=tuple(Found(one.domain, one.colour, one.urgent) for one in rows if one.stands),
        open_areas=frozenset(one.domain for one in rows if one.state in ("possible", "unknown")),
        areas=frozenset(asked),
    )
