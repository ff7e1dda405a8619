"""Take a draft on to the version of its pack that is in force, after its owner has seen what changes."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from checkup.cases import checkups
from checkup.cases.sealing import Keyring
from checkup.cases.states import DRAFTS
from checkup.packs.values import Pack
from checkup.packs.versions import Carried, carry_answers
from checkup.rollout.releases import pack_in_force
from checkup.scoring.routing import walk
from tenants.errors import Conflict


@dataclass(frozen=True)
class Upgrade:
    """What a move to the newest version does; `added` are questions that only the newer version asks."""

    old: Pack
    new: Pack
    carried: Carried
    added: tuple[str, ...]


def plan_upgrade(session: Session, opened: checkups.OpenCheckup) -> Upgrade | None:
    """The move that a draft may make, or None when it is no draft or on the version that its firm takes."""
    if opened.row.state not in DRAFTS:
        return None
    new = pack_in_force(session, opened.pack.id, opened.row.firm_id)
    if new.version == opened.pack.version:
        return None
    carried = carry_answers(opened.pack, new, opened.answers)
    met = walk(new, opened.profile, carried.answers, express=opened.row.is_express).questions
    known = {question.id for question in opened.pack.questions}
    added = tuple(q.id for q in met if q.id not in known and q.id not in carried.answers)
    return Upgrade(opened.pack, new, carried, added)


def upgrade_checkup(
    session: Session, *, checkup_id: uuid.UUID, to_version: str, keys: Keyring, now: dt.datetime
) -> None:
    """Move the draft to `to_version`, the one whose changes its owner was shown; nothing answered is lost.

    Answers that do not carry over stay in the sealed record among the replaced ones.
    Raises: NotFound; Conflict `not_now` when there is nothing to move or a newer version came meanwhile.
    """
    found = checkups.get_checkup(session, checkup_id, keys, lock=True)
    plan = plan_upgrade(session, found.opened())
    if plan is None or plan.new.version != to_version:
        raise Conflict("not_now")
    record = found.record.carried(plan.carried.answers, at=now)
    found.row.pack_version, found.row.pack_hash = plan.new.version, plan.new.hash
    checkups.store_record(session, found, record)
