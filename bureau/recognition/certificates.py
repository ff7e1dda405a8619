"""Certificates of verified hours, what a lawyer chooses to show, and who is on the shortlist. No league table."""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bureau.hours.moves import Lawyer
from bureau.hours.rule_book import book_of_firm, load_book
from bureau.hours.totals import LawyerTotals, list_entries, list_lawyer_totals, points_of, progress_of
from bureau.quality.models import HourAnomaly, HourCertificate, PublishedHours
from tenants import audit
from tenants.base import new_id
from tenants.clock import city_day
from tenants.errors import Conflict, NotFound
from tenants.models import Bureau, Firm, Verification
from tenants.numbers import mint


def issue_certificate(session: Session, *, lawyer: Lawyer, year: int, now: dt.datetime) -> HourCertificate:
    """A certificate over all verified hours of the year, at every firm; one before it points to the new one.

    Raises: Conflict `nothing_verified`.
    """
    book = book_of_firm(session, lawyer.firm_id)
    entries = list_entries(session, year=year, lawyer_id=lawyer.id, states=("verified",), most=None)
    minutes = progress_of(session, lawyer_id=lawyer.id, year=year, book=book).totals.verified
    if not minutes:
        raise Conflict("nothing_verified")
    firm = session.get_one(Firm, lawyer.firm_id)
    row = HourCertificate(
        firm_id=firm.id,
        id=new_id(),
        lawyer_id=lawyer.id,
        lawyer_name=lawyer.name,
        firm_name=firm.name,
        bureau_name=session.get_one(Bureau, firm.bureau_id).name,
        year=year,
        minutes=minutes,
        entries=len(entries),
        points=points_of(entries, book),
        number=mint("FMH", at=now, letters=10, dash=""),
        issued_on=city_day(now),
        content_hash="",
    )
    row.content_hash = certificate_hash(row)
    _supersede(session, lawyer, year, row.number)
    session.add(row)
    session.add(
        Verification(
            number=row.number,
            firm_id=firm.id,
            content_hash=row.content_hash,
            firm_name=row.firm_name,
            lawyer_name=row.lawyer_name,
            signed_on=row.issued_on,
            kind="hours",
            facts={"year": year, "minutes": minutes, "entries": row.entries, "bureau": row.bureau_name},
        )
    )
    audit.note(
        session, firm_id=firm.id, act="hours.certificate", by=audit.Actor(lawyer.id, lawyer.name), about_id=row.id
    )
    session.flush()
    return row


def certificate_hash(row: HourCertificate) -> str:
    """Over everything that the certificate says."""
    names = ("lawyer_name", "firm_name", "bureau_name", "year", "minutes", "entries", "points", "number", "issued_on")
    said = json.dumps([str(getattr(row, name)) for name in names], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _supersede(session: Session, lawyer: Lawyer, year: int, number: str) -> None:
    of_year = [one for one in list_certificates(session, lawyer_id=lawyer.id) if one.year == year]
    mine = [one.number for one in of_year if one.firm_id == lawyer.firm_id]
    session.execute(
        update(Verification)
        .where(Verification.number.in_(mine), Verification.state == "valid")
        .values(state="replaced", replaced_by=number)
    )


def list_certificates(session: Session, *, lawyer_id: uuid.UUID) -> Sequence[HourCertificate]:
    """The lawyer's certificates, newest first."""
    query = select(HourCertificate).where(HourCertificate.lawyer_id == lawyer_id)
    return session.scalars(query.order_by(HourCertificate.year.desc(), HourCertificate.id.desc())).all()


def get_certificate(session: Session, *, lawyer_id: uuid.UUID, certificate_id: uuid.UUID) -> HourCertificate:
    """The lawyer's own. Raises: NotFound."""
    found = next((one for one in list_certificates(session, lawyer_id=lawyer_id) if one.id == certificate_id), None)
    if found is None:
        raise NotFound
    return found


def list_published(session: Session, *, firm_id: uuid.UUID) -> Sequence[PublishedHours]:
    """What the firm's lawyers have chosen to show, by name."""
    query = select(PublishedHours).where(PublishedHours.firm_id == firm_id)
    return session.scalars(query.order_by(PublishedHours.lawyer_name, PublishedHours.year.desc())).all()


def publish(session: Session, *, lawyer: Lawyer, year: int, is_public: bool, now: dt.datetime) -> None:
    """Show a year's verified hours on the firm's page, as they are now, or nothing. Raises: Conflict."""
    mine = {"firm_id": lawyer.firm_id, "lawyer_id": lawyer.id, "year": year}
    session.execute(delete(PublishedHours).filter_by(**mine))
    if not is_public:
        return
    book = book_of_firm(session, lawyer.firm_id)
    minutes = progress_of(session, lawyer_id=lawyer.id, year=year, book=book).totals.verified
    if not minutes:
        raise Conflict("nothing_verified")
    session.add(PublishedHours(**mine, lawyer_name=lawyer.name, minutes=minutes, published_at=now))


@dataclass(frozen=True)
class Shortlist:
    """Who fulfils the rule of the year, by name; `least_minutes` is the rule."""

    year: int
    least_minutes: int
    lawyers: Sequence[LawyerTotals]


def make_shortlist(session: Session, *, bureau_id: uuid.UUID, year: int) -> Shortlist:
    """Verified minutes as the rule asks, no upheld rejection in the year, no anomaly that waits for a word."""
    least = load_book(session, bureau_id).number("award_minutes", dt.date(year, 12, 31))
    upheld = {entry.lawyer_id for entry in list_entries(session, year=year, states=("upheld",), most=None)}
    waiting = select(HourAnomaly.lawyer_id).where(HourAnomaly.settled_at.is_(None), HourAnomaly.replied_at.is_(None))
    barred = upheld | set(session.scalars(waiting))
    fit = [
        one
        for one in list_lawyer_totals(session, year=year)
        if one.totals.verified >= least and one.lawyer_id not in barred
    ]
    return Shortlist(year, least, fit)
