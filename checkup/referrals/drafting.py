"""An owner makes a packet and sees it as it would leave; it lies sealed with her case until she sends it or not."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from checkup.cases.checkups import list_findings, open_case
from checkup.cases.holding import hold_case
from checkup.cases.models import Checkup, PartKey
from checkup.cases.part_keys import new_part
from checkup.cases.sealing import CaseKey, Keyring
from checkup.correspondence.models import CaseFile
from checkup.packs.catalogue import get_pack
from checkup.referrals.models import Referral, ReferralFile
from checkup.referrals.packets import FILES, LEVELS, MATTER, Packet, Subject, subject_of
from checkup.ways.loading import list_disputes
from tenants.base import new_id
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.files import write_with
from tenants.firms.reception import is_reception
from tenants.models import Business, Provider
from tenants.numbers import mint
from tenants.uploads import CheckedFile

RESULTS = ("submitted", "in_review", "signed", "closed")
MOST_WORDS, MOST_SENT = 600, 5
DRAFTS_LAST = dt.timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """What an owner wants to let go. `picked`: files that she gave her lawyer; `given`: others, by name."""

    level: str
    words: str
    person: str
    phone: str
    picked: tuple[uuid.UUID, ...] = ()
    given: tuple[tuple[str, CheckedFile], ...] = ()


def get_subject(session: Session, row: Checkup, topic: str) -> Subject:
    """Raises: NotFound."""
    found = [one for one in list_findings(session, checkup_id=row.id) if one.stands]
    pack = get_pack(row.pack_id, row.pack_version)
    return subject_of(topic, pack=pack, disputes=list_disputes(row.pack_id), found=found)


def draft(
    session: Session,
    *,
    checkup_id: uuid.UUID,
    topic: str,
    body: Provider,
    wish: Wish,
    certificate: str,
    keys: Keyring,
    files_url: str,
    now: dt.datetime,
) -> tuple[Referral, list[str]]:
    """The packet as it would leave, and the paths of what the draft before it held, to be removed.

    Raises: NotFound; Conflict `not_now` before there is a result, `no_firm` at the city's reception; Invalid.
    """
    row = hold_case(session, checkup_id)
    if row.state not in RESULTS:
        raise Conflict("not_now")
    if is_reception(row.firm_id):
        raise Conflict("no_firm")
    subject = get_subject(session, row, topic)
    _check(wish)
    gone = drop_drafts(session, row)
    business = session.get_one(Business, (row.firm_id, row.business_id))
    packet = Packet(
        title=dict(subject.title),
        until=subject.until,
        words=wish.words,
        district=business.district,
        trade=business.trade,
        languages=(row.locale,),
        certificate=certificate if body.takes_certificates else "",
        name=business.name,
        person=wish.person,
        phone=wish.phone,
    ).at_level(wish.level)
    referral_id = new_id()
    key = new_part(session, row, referral_id, keys)
    made = Referral(
        firm_id=row.firm_id,
        id=referral_id,
        checkup_id=row.id,
        owner_id=row.owner_id,
        business_id=row.business_id,
        provider_id=body.id,
        number=mint("ZJ", at=now),
        kind=body.kind,
        service=subject.service,
        topic=topic,
        level=wish.level,
        certificate=packet.certificate or None,
        sealed_packet=key.seal(packet.to_bytes()),
        state="drafted",
        drafted_at=now,
    )
    session.add(made)
    session.flush()
    if wish.level == FILES:
        _add_files(session, made, row, wish, key, keys, files_url, now)
    return made, gone


def _check(wish: Wish) -> None:
    """Raises: Invalid."""
    faults = []
    if wish.level not in LEVELS:
        faults.append(FieldFault("level", "unknown_option"))
    if wish.level != MATTER and not wish.phone:
        faults.append(FieldFault("phone", "number_to_call"))
    if len(wish.picked) + len(wish.given) > MOST_SENT:
        faults.append(FieldFault("given", "number_of_files", {"most": MOST_SENT}))
    if wish.level == FILES and not (wish.picked or wish.given):
        faults.append(FieldFault("given", "number_of_files", {"most": MOST_SENT}))
    if faults:
        raise Invalid(tuple(faults))


def _add_files(
    session: Session,
    made: Referral,
    row: Checkup,
    wish: Wish,
    key: CaseKey,
    keys: Keyring,
    files_url: str,
    now: dt.datetime,
) -> None:
    """Copies under the referral's key. Raises: Invalid `file_lost` for one that is gone meanwhile."""
    case = open_case(session, row, keys)
    query = select(CaseFile).where(CaseFile.checkup_id == row.id, CaseFile.id.in_(wish.picked))
    held = session.scalars(query).all()
    if len(held) != len(set(wish.picked)):
        raise Invalid((FieldFault("picked", "file_lost"),))
    for file in held:
        try:
            content = case.open_file(files_url, file.path).read()
        except FileNotFoundError:
            raise Invalid((FieldFault("picked", "file_lost"),)) from None
        name = case.unseal(file.sealed_name).decode()
        _add_file(session, made, key, name, CheckedFile(file.media_type, content), files_url, now)
    for name, given in wish.given:
        _add_file(session, made, key, name, given, files_url, now)


def _add_file(
    session: Session,
    made: Referral,
    key: CaseKey,
    name: str,
    file: CheckedFile,
    files_url: str,
    now: dt.datetime,
) -> None:
    file_id = new_id()
    path = f"referrals/{made.firm_id}/{made.id}/{file_id}.sealed"
    write_with(session, files_url, path, key.seal_file(path, file.content))
    session.add(
        ReferralFile(
            firm_id=made.firm_id,
            id=file_id,
            checkup_id=made.checkup_id,
            owner_id=made.owner_id,
            referral_id=made.id,
            provider_id=made.provider_id,
            sealed_name=key.seal(name.encode()),
            media_type=file.media_type,
            size=len(file.content),
            path=path,
            at=now,
        )
    )
    session.flush()


def drop_drafts(session: Session, row: Checkup) -> list[str]:
    """What was not sent goes; returns the paths of its files, to be removed."""
    query = select(Referral.id).where(Referral.checkup_id == row.id, Referral.state == "drafted")
    return _drop(session, session.scalars(query).all())


def sweep_drafts(session: Session, *, firm_id: uuid.UUID, now: dt.datetime) -> list[str]:
    """Under Scope(WORKER, firm): drafts of which nothing came in a day."""
    query = select(Referral.id).where(
        Referral.firm_id == firm_id, Referral.state == "drafted", Referral.drafted_at < now - DRAFTS_LAST
    )
    return _drop(session, session.scalars(query).all())


def _drop(session: Session, ids: Sequence[uuid.UUID]) -> list[str]:
    if not ids:
        return []
    paths = list(session.scalars(select(ReferralFile.path).where(ReferralFile.referral_id.in_(ids))))
    session.execute(delete(ReferralFile).where(ReferralFile.referral_id.in_(ids)))
    session.execute(delete(Referral).where(Referral.id.in_(ids)))
    session.execute(delete(PartKey).where(PartKey.part_id.in_(ids)))
    return paths
