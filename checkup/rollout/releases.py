"""The life of a pack's release, and the version that a firm's new checkups take.

While nothing was ever released, that is the one that ships. Checkups that have been submitted keep their version;
drafts are offered the one in force.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, load_only

from checkup.packs.catalogue import get_pack, list_versions
from checkup.packs.values import Pack
from checkup.rollout.models import PackRelease
from checkup.rollout.rules import DECIDED, LIFE, Decided, is_stage, version_for
from tenants import jobs
from tenants.audit import Actor
from tenants.errors import Conflict, FieldFault, Invalid
from tenants.one_at_a_time import one_at_a_time
from tenants.rows import get_one

_MOST_SHOWN = 30
# What an owner's role may read of it.
_OPEN = (
    PackRelease.id,
    PackRelease.pack_id,
    PackRelease.version,
    PackRelease.others,
    PackRelease.share,
    PackRelease.firms,
    PackRelease.state,
    PackRelease.released_at,
)
_NEWEST = (
    select(PackRelease.id)
    .where(PackRelease.pack_id == bindparam("pack_id"), PackRelease.state.in_(DECIDED))
    .order_by(PackRelease.released_at.desc(), PackRelease.id.desc())
    .limit(1)
)
# Every question asks for it, so it is read as values and by one compiled statement.
_IN_FORCE = _NEWEST.with_only_columns(
    PackRelease.version, PackRelease.others, PackRelease.share, PackRelease.firms, PackRelease.state
)


def find_decided(session: Session, pack_id: str) -> PackRelease | None:
    """The release that decides now."""
    return session.scalars(
        select(PackRelease).where(PackRelease.id == _NEWEST.scalar_subquery()).options(load_only(*_OPEN)),
        {"pack_id": pack_id},
    ).one_or_none()


def pack_in_force(session: Session, pack_id: str, firm_id: uuid.UUID) -> Pack:
    """Raises: KeyError for an unknown pack. A version that no longer ships is followed by the one that does."""
    decided = session.execute(_IN_FORCE, {"pack_id": pack_id}).one_or_none()
    if decided is None:
        return get_pack(pack_id)
    version = version_for(Decided(*decided), firm_id)
    return get_pack(pack_id, version if version in list_versions(pack_id) else None)


def list_releases(session: Session, pack_id: str) -> Sequence[PackRelease]:
    """Newest first."""
    query = (
        select(PackRelease)
        .where(PackRelease.pack_id == pack_id)
        .order_by(PackRelease.proposed_at.desc(), PackRelease.id.desc())
    )
    return session.scalars(query.limit(_MOST_SHOWN)).all()


def propose(
    session: Session,
    *,
    pack_id: str,
    version: str,
    others: str,
    share: int,
    firms: Sequence[uuid.UUID],
    why: str,
    by: Actor,
    now: dt.datetime,
) -> PackRelease:
    """The worker then counts what it would change. Raises: Invalid; Conflict `already_proposed`."""
    if version == others:
        raise Invalid((FieldFault("others", "same_version"),))
    named = [str(one) for one in firms]
    if not is_stage(share, named):
        raise Invalid((FieldFault("share", "nobody_in_it"),))
    one_at_a_time(session, "pack release")
    if any(row.state == "proposed" for row in list_releases(session, pack_id)):
        raise Conflict("already_proposed")
    row = PackRelease(
        pack_id=pack_id,
        version=version,
        others=others,
        share=share,
        firms=named,
        why=why,
        proposed_id=by.known(),
        proposed_by=by.name,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    jobs.defer(session, "measure_pack_release", release_id=row.id)
    return row


def note_impact(session: Session, *, release_id: uuid.UUID, impact: Mapping[str, float]) -> None:
    """Under Scope(WORKER)."""
    row = get_release(session, release_id)
    row.impact = dict(impact)
    session.flush()


def release(session: Session, *, release_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """By a second person, once the impact is known.

    Raises: NotFound; Conflict `two_people`, `not_measured`, `not_now`.
    """
    row = _held(session, release_id)
    became = LIFE.after(row.state, "release")
    if by.id == row.proposed_id:
        raise Conflict("two_people")
    if not row.impact:
        raise Conflict("not_measured")
    row.state, row.released_id, row.released_by, row.released_at = became, by.known(), by.name, now
    session.flush()


def drop(session: Session, *, release_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """What is only proposed goes. Raises: NotFound, Conflict `not_now`."""
    _end(session, release_id, "drop", by, now)


def stop(session: Session, *, release_id: uuid.UUID, by: Actor, now: dt.datetime) -> None:
    """Everybody takes the other version from this instant on; one person is enough. Raises: NotFound, Conflict."""
    row = _held(session, release_id)
    decided = find_decided(session, row.pack_id)
    if decided is None or decided.id != row.id:
        raise Conflict("not_now")
    _end(session, release_id, "stop", by, now)


def get_release(session: Session, release_id: uuid.UUID) -> PackRelease:
    """Raises: NotFound."""
    return get_one(session, select(PackRelease).where(PackRelease.id == release_id))


def _held(session: Session, release_id: uuid.UUID) -> PackRelease:
    return get_one(session, select(PackRelease).where(PackRelease.id == release_id).with_for_update())


def _end(session: Session, release_id: uuid.UUID, move: str, by: Actor, now: dt.datetime) -> None:
    row = _held(session, release_id)
    row.state = LIFE.after(row.state, move)
    row.ended_by, row.ended_at = by.name, now
    session.flush()
