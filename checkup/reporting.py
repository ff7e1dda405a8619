"""From rows to the one frozen report, and to its stored documents: read, render outside, store."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from checkup import documents
from checkup.checkups import open_checkup
from checkup.models import FindingRow
from checkup.opportunities import find_opportunities
from checkup.report.building import Decision, build_report
from checkup.report.pdf import render_pdf
from checkup.report.values import Report
from checkup.reviews import OpenReview, open_review
from checkup.scoring import score
from checkup.sealing import Keyring
from tenants.clock import city_day
from tenants.database import Scope, unit_of_work
from tenants.files import content_hash, write_file
from tenants.models import Firm


def _decisions(review: OpenReview) -> dict[str, Decision]:
    return {row.risk: _decision(row) for row in review.findings if row.lawyer_action is not None}


def _decision(row: FindingRow) -> Decision:
    return Decision(
        action=row.lawyer_action or "confirm",
        likelihood=row.lawyer_likelihood,
        reason=row.lawyer_reason or "",
        machine_likelihood=row.likelihood,
    )


def load_report(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    kind: str,
    locale: str,
    keys: Keyring,
    public_url: str,
    now: dt.datetime,
) -> Report:
    """The report of a checkup, `automatic` or `signed`, scored on the day it was submitted. Raises: NotFound."""
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    row, firm = opened.row, session.get_one(Firm, opened.row.firm_id)
    is_signed = kind == "signed" and row.signed_at is not None
    review = open_review(session, checkup_id=checkup_id, keys=keys, even_unwanted=True) if is_signed else None
    scored_on = city_day(row.submitted_at or now)
    return build_report(
        pack=opened.pack,
        score=score(opened.pack, opened.profile, opened.answers, today=scored_on),
        locale=locale,
        business_name=opened.business.name,
        firm_name=firm.name,
        lawyer_name=review.review.lawyer_name if review and review.review else None,
        stage="signed" if is_signed else "automatic",
        rights=find_opportunities(opened.pack, opened.profile, opened.answers),
        decided=_decisions(review) if review else {},
        advice=review.advice if review else "",
        submitted_on=scored_on,
        signed_on=city_day(row.signed_at) if row.signed_at and is_signed else None,
        verify_number=row.verify_number if is_signed else None,
        verify_url=f"{public_url}/verify/{row.verify_number}" if is_signed else None,
        today=scored_on,
        is_trial=firm.state == "admitted",
    )


def render_and_store(
    *,
    scope: Scope,
    checkup_id: uuid.UUID,
    kind: str,
    keys: Keyring,
    files_url: str,
    public_url: str,
    now: dt.datetime,
) -> None:
    """Render the PDF in the checkup's language and store it; the same content is never rendered twice."""
    with unit_of_work(scope) as session:
        row = open_checkup(session, checkup_id=checkup_id, keys=keys).row
        locale = row.locale
        report = load_report(
            session, checkup_id=checkup_id, kind=kind, locale=locale, keys=keys, public_url=public_url, now=now
        )
        digest = content_hash(repr(report).encode())
        known = documents.find_document(session, checkup_id=checkup_id, kind=kind, locale=locale)
    if known is not None and known.content_hash == digest:
        return
    path = f"{row.firm_id}/{checkup_id}/{digest}.pdf"
    write_file(files_url, path, render_pdf(report))
    with unit_of_work(scope) as session:
        documents.store_document(session, row=row, kind=kind, locale=locale, digest=digest, path=path, now=now)
