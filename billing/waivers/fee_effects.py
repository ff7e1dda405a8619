"""What a decision does to fees in the books: helped by terms, put off anew, called back after a false statement.

Under the worker's scope of the firm (a bureau sees no fee), or the owner's when she accepts a fee. Safe to repeat.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.books.fee_accounts import apply_terms, recall, reset_deferral
from billing.books.models import Fee
from billing.books.money import Money
from billing.books.terms import Relief, Terms
from billing.hardship.policies import get_policy, policy_of
from billing.waivers.content import get_waiver
from billing.waivers.granted_terms import terms_of
from billing.waivers.models import Waiver
from billing.waivers.states import IN_FORCE
from billing.waivers.steps import find_in_force
from tenants.errors import Conflict
from tenants.models import Provider

EFFECTS = ("granted", "reset", "revoked")


def carry_out(session: Session, *, waiver_id: uuid.UUID, what: str, now: dt.datetime) -> None:
    """The effect of one decision on every fee of the case. Raises: NotFound."""
    row = get_waiver(session, waiver_id, lock=True)
    if what == "granted" and row.state in IN_FORCE:
        query = select(Fee).where(Fee.firm_id == row.firm_id, Fee.checkup_id == row.checkup_id, Fee.state == "owed")
        for fee in session.scalars(query.order_by(Fee.accepted_at, Fee.id)).all():
            _apply(session, row, fee, now=now)
    elif what == "reset":
        for fee in _helped(session, row):
            _put_off_anew(session, row, fee, now=now)
    elif what == "revoked" and row.revoked_for == "false_statement":
        for fee in _helped(session, row):
            recall(session, fee_id=fee.id, now=now, why=row.revoked_for)
            fee.certificate = None  # free for the new certificate of an appeal that is allowed
    session.flush()


def apply_to_fee(session: Session, *, fee: Fee, now: dt.datetime) -> None:
    """A fee that was just accepted is helped by the case's certificate, if there is one in force."""
    query = select(Waiver).where(
        Waiver.firm_id == fee.firm_id, Waiver.checkup_id == fee.checkup_id, Waiver.state.in_(IN_FORCE)
    )
    for row in session.scalars(query.order_by(Waiver.applied_at.desc()).with_for_update()).all():
        _apply(session, row, fee, now=now)


def let_off_today(session: Session, fee: Fee, *, today: dt.date) -> Money:
    """What accepting an offered fee today would let off, by the certificate that helps its case."""
    row = find_in_force(session, checkup_id=fee.checkup_id, today=today)
    if row is None or not _is_honoured(session, fee) or not terms_of(row).covers(fee.kind, today):
        return Money.zero(fee.currency)
    return Money(terms_of(row).let_off(fee.amount_minor, row.used_minor), fee.currency)


def _is_honoured(session: Session, fee: Fee) -> bool:
    """By the firm itself, and by a body that its bureau has put on the panel of those that ask less."""
    return fee.provider_id is None or session.get_one(Provider, fee.provider_id).takes_certificates


def _apply(session: Session, row: Waiver, fee: Fee, *, now: dt.datetime) -> None:
    """Only what was not paid and has no certificate yet is helped; what the cap has left is counted here."""
    if row.certificate_number is None or not _is_honoured(session, fee):
        return
    try:
        applied = apply_terms(
            session,
            fee_id=fee.id,
            terms=terms_of(row),
            certificate=row.certificate_number,
            now=now,
            used_minor=row.used_minor,
        )
    except Conflict:
        return
    row.used_minor += applied.let_off.amount_minor + applied.put_off.amount_minor
    session.flush()


def _helped(session: Session, row: Waiver) -> Sequence[Fee]:
    query = select(Fee).where(Fee.firm_id == row.firm_id, Fee.certificate == row.certificate_number)
    return session.scalars(query.order_by(Fee.id)).all()


def _put_off_anew(session: Session, row: Waiver, fee: Fee, *, now: dt.datetime) -> None:
    try:
        reset_deferral(session, fee_id=fee.id, terms=_reset_terms(session, row), now=now)
    except Conflict:
        return  # paid meanwhile: nothing is left to put off


def _reset_terms(session: Session, row: Waiver) -> Terms:
    """Instalments: what is left in as many parts as at first. A deferral: later by the policy's months, from today."""
    terms = terms_of(row)
    if terms.relief is Relief.DEFER:
        return replace(terms, months=policy_of(get_policy(session, row.policy_id).document).resets_months)
    return terms
