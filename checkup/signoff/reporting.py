"""From rows to the one frozen report, and to its stored documents: read, render outside, store."""

import base64
import datetime as dt
import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases import documents
from checkup.cases.checkups import OpenCheckup, open_case, open_checkup
from checkup.cases.holding import is_held
from checkup.cases.sealing import Keyring
from checkup.fixes.models import Fix
from checkup.report.building import Decision, Signed, build_report
from checkup.report.pdf import render_pdf
from checkup.report.signature import Certificate, sign
from checkup.report.values import Letterhead, Report
from checkup.scoring.opportunities import find_opportunities
from checkup.scoring.values import Score
from checkup.signoff.content import Content
from checkup.signoff.differences import in_short
from checkup.signoff.earlier import find_earlier
from checkup.signoff.editions import OpenEdition, find_edition, open_edition
from tenants.clock import city_day
from tenants.database import Scope, unit_of_work
from tenants.errors import NotFound
from tenants.files import content_hash, read_file, write_blocks
from tenants.firms.profile import find_logo
from tenants.languages import choose
from tenants.models import Firm
from tenants.sizes import TRADES
from tenants.verifications import note_seal


def _decisions(content: Content) -> dict[str, Decision]:
    return {
        said.risk: Decision(
            action=said.action,
            likelihood=said.likelihood,
            reason=said.words.reason,
            machine_likelihood=said.machine,
            text=said.words.text,
            plain=said.words.plain,
        )
        for said in content.findings
        if said.action is not None
    }


def _reviewed(opened: OpenCheckup, content: Content, scored_on: dt.date) -> Score | None:
    """The score with the lawyer's likelihoods in the place of the model's; None where she changed none."""
    overruled = {
        said.risk: said.likelihood
        for said in content.findings
        if said.action in ("change", "dismiss") and said.likelihood is not None
    }
    if not overruled:
        return None
    return opened.score(today=scored_on, overruled=overruled)


def _signed(edition: OpenEdition) -> Signed:
    row = edition.row
    return Signed(
        lawyer_name=row.lawyer_name,
        partner_name=row.partner_name,
        edition=row.number,
        signed_on=city_day(row.signed_at),
        verify_number=row.verify_number,
        why=edition.why,
        changes=in_short(edition.changes),
    )


def _letterhead(firm: Firm) -> Letterhead:
    """The picture's address names the picture, so that another one is another report."""
    return Letterhead(
        name=firm.name,
        name_en=firm.name_en,
        licence_number=firm.licence_number,
        address=firm.address,
        phone=firm.phone,
        logo=f"/f/{firm.slug}/logo?{firm.logo_id}" if firm.logo_id else "",
    )


def _picture(session: Session, firm: Firm, files_url: str) -> str:
    """The logo as a data URL, for a paper that fetches nothing; empty without one."""
    logo = find_logo(session, firm)
    if logo is None:
        return ""
    return f"data:{logo.media_type};base64,{base64.b64encode(read_file(files_url, logo.path)).decode()}"


def _begun(session: Session, checkup_id: uuid.UUID) -> dict[str, dt.date]:
    """Since when each finding is being mended: the suggested days of a report are those of the list of what to do."""
    opened = select(Fix.risk, Fix.opened_at).where(Fix.checkup_id == checkup_id)
    return {risk: city_day(at) for risk, at in session.execute(opened).tuples()}


def load_report(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    kind: str,
    locale: str,
    keys: Keyring,
    public_url: str,
    now: dt.datetime,
    edition: int | None = None,
) -> Report:
    """The report of a checkup, `automatic` or `signed` (the newest edition unless one is named), scored on the day it
    was submitted. Raises: NotFound."""
    opened = open_checkup(session, checkup_id=checkup_id, keys=keys)
    row, firm = opened.row, session.get_one(Firm, opened.row.firm_id)
    issued = find_edition(session, checkup_id, edition) if kind == "signed" else None
    if issued is None and edition is not None:
        raise NotFound
    told = open_edition(session, row=row, edition=issued, keys=keys) if issued else None
    scored_on = city_day(row.submitted_at or now)
    return build_report(
        pack=opened.pack,
        score=opened.score(today=scored_on),
        profile=opened.profile,
        answers=opened.answers,
        is_express=row.is_express,
        locale=locale,
        business_name=opened.told.name or choose(TRADES[opened.told.trade].name, locale),
        letterhead=_letterhead(firm),
        rights=find_opportunities(opened.pack, opened.profile, opened.answers),
        reviewed=_reviewed(opened, told.content, scored_on) if told else None,
        decided=_decisions(told.content) if told else {},
        advice=told.content.advice if told else "",
        submitted_on=scored_on,
        signed=_signed(told) if told else None,
        public_url=public_url,
        today=city_day(told.row.signed_at) if told else scored_on,
        is_trial=firm.state == "admitted",
        earlier=find_earlier(session, row, keys),
        begun=_begun(session, checkup_id) if told else None,
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
    certificate: Certificate | None = None,
) -> None:
    """Render the PDF in the checkup's language and store it sealed; the same content is never rendered twice.

    With a certificate the PDF is signed, and its verification says by whom. What is compared is the content, not the
    bytes: those of a signature are new each time.
    It is stored while the case is held: it or an erasure finds what the other has done.
    """
    with unit_of_work(scope) as session:
        row = open_checkup(session, checkup_id=checkup_id, keys=keys).row
        locale = row.locale
        report = load_report(
            session, checkup_id=checkup_id, kind=kind, locale=locale, keys=keys, public_url=public_url, now=now
        )
        digest = content_hash(repr(report).encode())
        edition = report.edition
        logo = _picture(session, session.get_one(Firm, row.firm_id), files_url)
        known = documents.find_document(session, checkup_id=checkup_id, kind=kind, locale=locale, edition=edition)
    if known is not None and known.content_hash == digest:
        return
    path, pdf = f"{row.firm_id}/{checkup_id}/{digest}.sealed", render_pdf(report, logo)
    if certificate is not None:
        pdf = sign(pdf, certificate, reason=f"{report.letterhead.name} {report.verify_number}")
    with unit_of_work(scope) as session:
        if not is_held(session, checkup_id):
            return  # erased meanwhile: nothing of it is written any more
        write_blocks(files_url, path, open_case(session, row, keys).seal_file(path, pdf))
        documents.store_document(
            session, row=row, kind=kind, locale=locale, edition=edition, digest=digest, path=path, now=now
        )
        if certificate is not None and report.verify_number is not None:
            note_seal(session, report.verify_number, vars(certificate.told))
