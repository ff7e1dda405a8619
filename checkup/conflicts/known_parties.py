"""Everybody a firm acts for or against: its own list, and what its checkups tell."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.models import Checkup
from checkup.cases.sealing import Keyring
from checkup.conflicts.models import CaseParties, FirmParty
from checkup.conflicts.parties import list_parties, read_names
from checkup.conflicts.rules import ADVERSE, CLIENT, Hit, Known, find_hits
from checkup.conflicts.values import Party
from tenants.models import Business, BusinessChange

_ACTED_FOR = ("in_review", "signed")
_MOST_CASES = 500


def list_known(session: Session, row: Checkup, keys: Keyring) -> list[Known]:
    """The firm's list; the businesses of its other checkups as clients, and whom their owners named as adverse."""
    listed = session.scalars(select(FirmParty).where(FirmParty.firm_id == row.firm_id))
    known = [Known(one.name, one.side, one.matter, one.credit_code) for one in listed]
    for other, name in [*_list_other_cases(session, row), *_list_former_names(session, row)]:
        known.append(Known(name, CLIENT, other.case_number))
    return known + _list_named_elsewhere(session, row, keys)


def _list_other_cases(session: Session, row: Checkup) -> list[tuple[Checkup, str]]:
    query = (
        select(Checkup, Business.name)
        .join(Business)
        .where(Checkup.firm_id == row.firm_id, Checkup.state.in_(_ACTED_FOR), Checkup.owner_id != row.owner_id)
        .where(Checkup.review_wanted.is_(True))
        .order_by(Checkup.id.desc())
        .limit(_MOST_CASES)
    )
    return list(session.execute(query).tuples())


def _list_former_names(session: Session, row: Checkup) -> list[tuple[Checkup, str]]:
    """A client who has another name now is the same client."""
    was_called = BusinessChange.was["name"].as_string()
    query = (
        select(Checkup, was_called)
        .join(BusinessChange, BusinessChange.business_id == Checkup.business_id)
        .where(BusinessChange.firm_id == row.firm_id)
        .where(Checkup.firm_id == row.firm_id, Checkup.state.in_(_ACTED_FOR), Checkup.owner_id != row.owner_id)
        .where(Checkup.review_wanted.is_(True))
        .order_by(Checkup.id.desc())
        .limit(_MOST_CASES)
    )
    return list(session.execute(query).tuples())


def _list_named_elsewhere(session: Session, row: Checkup, keys: Keyring) -> list[Known]:
    query = (
        select(Checkup)
        .join(CaseParties)
        .where(Checkup.firm_id == row.firm_id, Checkup.state.in_(_ACTED_FOR), Checkup.owner_id != row.owner_id)
        .where(Checkup.review_wanted.is_(True))
        .order_by(Checkup.id.desc())
        .limit(_MOST_CASES)
    )
    return [
        Known(line, ADVERSE, other.case_number)
        for other in session.scalars(query).all()
        for line in read_names(session, other, keys)[0].counterparties
    ]


def look_for_conflicts(session: Session, row: Checkup, keys: Keyring) -> tuple[tuple[Party, ...], int, list[Hit]]:
    """The names of a case, their version, and what they are like."""
    parties, version = list_parties(session, row, keys)
    code = session.scalars(
        select(Business.credit_code).where(Business.firm_id == row.firm_id, Business.id == row.business_id)
    ).one_or_none()
    return parties, version, find_hits(parties, list_known(session, row, keys), credit_code=code)
