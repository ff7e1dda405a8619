"""All stored answers to one version of a pack, unsealed firm by firm: for re-scoring, never for a screen."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.answer_record import AnswerRecord
from checkup.cases.checkups import told_of
from checkup.cases.models import CaseKeyRow, Checkup, SealedAnswers
from checkup.cases.sealing import Keyring
from checkup.packs.answers import Answers
from checkup.packs.values import Pack
from tenants.businesses import details_of
from tenants.models import Business, BusinessChange, Firm

_BATCH = 500


def iter_answered(
    session: Session, *, pack: Pack, keys: Keyring
) -> Iterator[tuple[dict[str, str | float], Answers, bool]]:
    """(profile, answers, whether express) of every checkup in the scope submitted on this version of the pack."""
    query = (
        select(Business, Checkup, SealedAnswers, Firm.wrapped_key, CaseKeyRow.wrapped_key)
        .select_from(Business)
        .join(Checkup)
        .join(SealedAnswers)
        .join(CaseKeyRow)
        .join(Firm, (Firm.id == Checkup.firm_id) & Firm.wrapped_key.is_not(None))
        .where(Checkup.pack_id == pack.id, Checkup.pack_version == pack.version, Checkup.submitted_at.is_not(None))
        .where(CaseKeyRow.opens == "facts")
        .order_by(Checkup.id)
        .execution_options(yield_per=_BATCH)
    )
    corrected = set(session.scalars(select(BusinessChange.business_id).distinct()))  # few: only these are looked up
    for business, row, sealed, firm_key, data_key in session.execute(query).tuples():
        case = keys.case(firm_key or b"", str(sealed.firm_id), data_key, str(sealed.checkup_id))
        record = AnswerRecord.from_bytes(case.unseal(sealed.sealed))
        told = told_of(session, row, business) if business.id in corrected else details_of(business)
        yield told.profile(), record.answers(), row.is_express
