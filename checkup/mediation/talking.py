"""While both talk: papers to the mediator or to both, and offers that open when both agree to open them."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.sealing import Keyring
from checkup.mediation import states
from checkup.mediation.events import Taken, note
from checkup.mediation.models import Mediation, MediationOffer, MediationPaper
from checkup.mediation.steps import open_key
from tenants.base import new_id
from tenants.errors import Conflict, FieldFault, Invalid, NotFound
from tenants.files import write_with
from tenants.sealed_files import OpenFile
from tenants.typed.words import check_words
from tenants.uploads import CheckedFile

MOST_OFFER, MOST_PAPERS = 600, 20


def add_paper(
    session: Session,
    row: Mediation,
    *,
    side: str,
    name: str,
    file: CheckedFile,
    is_shared: bool,
    keys: Keyring,
    files_url: str,
    now: dt.datetime,
) -> None:
    """Sealed under the mediation's own key. Raises: Conflict `not_now`; Invalid `number_of_files` past the most."""
    _check_talking(row)
    own = [one for one in list_papers(session, row) if one.side == side]
    if len(own) >= MOST_PAPERS:
        raise Invalid((FieldFault("files", "number_of_files", {"most": MOST_PAPERS}),))
    key, paper_id = open_key(session, row, keys), new_id()
    path = f"mediations/{row.firm_id}/{row.id}/{paper_id}.sealed"
    write_with(session, files_url, path, key.seal_file(path, file.content))
    session.add(
        MediationPaper(
            firm_id=row.firm_id,
            id=paper_id,
            checkup_id=row.checkup_id,
            owner_id=row.owner_id,
            mediation_id=row.id,
            side=side,
            is_shared=is_shared,
            sealed_name=key.seal(name.encode()),
            media_type=file.media_type,
            size=len(file.content),
            path=path,
            at=now,
        )
    )
    session.flush()
    note(session, row, Taken(states.PAPER, side), was=row.state, key=None, now=now)


def list_papers(session: Session, row: Mediation) -> Sequence[MediationPaper]:
    """As much as the scope may see: one's own and what is shared; the body all."""
    query = select(MediationPaper).where(MediationPaper.firm_id == row.firm_id, MediationPaper.mediation_id == row.id)
    return session.scalars(query.order_by(MediationPaper.at, MediationPaper.id)).all()


def open_paper(
    session: Session, row: Mediation, *, paper_id: uuid.UUID, keys: Keyring, files_url: str
) -> tuple[str, OpenFile]:
    """Media type and content. Raises: NotFound, also where the bytes are gone."""
    paper = next((one for one in list_papers(session, row) if one.id == paper_id), None)
    if paper is None:
        raise NotFound
    try:
        return paper.media_type, open_key(session, row, keys).open_file(files_url, paper.path)
    except FileNotFoundError:
        raise NotFound from None


def put_offer(session: Session, row: Mediation, *, side: str, words: str, keys: Keyring, now: dt.datetime) -> None:
    """Instead of the one before, until they are opened. Raises: Invalid on `words`, Conflict `not_now`."""
    _check_talking(row)
    if row.offers_opened_at is not None:
        raise Conflict("not_now")
    sealed = open_key(session, row, keys).seal(check_words(words, "words", most=MOST_OFFER).encode())
    offer = session.get(MediationOffer, (row.firm_id, row.id, side))
    if offer is None:
        ids = {"firm_id": row.firm_id, "mediation_id": row.id, "checkup_id": row.checkup_id, "owner_id": row.owner_id}
        session.add(MediationOffer(**ids, side=side, sealed_offer=sealed, put_at=now))
        session.flush()
        note(session, row, Taken(states.OFFER, side), was=row.state, key=None, now=now)
    else:
        offer.sealed_offer, offer.put_at = sealed, now
        session.flush()


def agree_to_open(session: Session, row: Mediation, *, side: str, now: dt.datetime) -> None:
    """Both offers open when both have put one and both agree. Raises: Conflict `not_now` without one of one's own."""
    _check_talking(row)
    if session.get(MediationOffer, (row.firm_id, row.id, side)) is None:
        raise Conflict("not_now")
    if row.owner_opens if side == states.OWNER else row.other_opens:
        return
    setattr(row, f"{side}_opens", True)
    if row.owner_opens and row.other_opens:
        row.offers_opened_at = now
    session.flush()
    note(session, row, Taken(states.OPEN, side), was=row.state, key=None, now=now)


def list_offers(session: Session, row: Mediation, keys: Keyring) -> dict[str, str]:
    """Side → its offer: one's own, and both once they are open."""
    key = open_key(session, row, keys)
    query = select(MediationOffer).where(MediationOffer.firm_id == row.firm_id, MediationOffer.mediation_id == row.id)
    return {one.side: key.unseal(one.sealed_offer).decode() for one in session.scalars(query)}


def _check_talking(row: Mediation) -> None:
    if row.state not in states.TALKING:
        raise Conflict("not_now")
