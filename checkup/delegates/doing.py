"""What a delegate does: answers in her areas, in her own role; things mended, beside the owner, in whose scope alone a
step is taken."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkup.cases.checkups import OpenCheckup
from checkup.cases.sealing import Keyring
from checkup.cases.told_drafts import Typist, type_into
from checkup.delegates.asking import hold
from checkup.delegates.delegation_rules import DELEGATE, STEPS
from checkup.delegates.models import Delegation
from checkup.delegates.reading import get_client, is_in_areas, open_granted
from checkup.fixes import steps
from checkup.fixes.models import Fix
from checkup.fixes.proofs import SealedFile
from checkup.fixes.states import LIFE
from tenants.errors import Conflict, NotFound
from tenants.rows import get_one

_VIA = "web"
LEFT = "accepted"


def steps_from(state: str) -> frozenset[str]:
    """What a delegate may do with a thing to mend in this state; where its owner leaves it as it is, nothing."""
    return frozenset() if state == LEFT else STEPS & set(LIFE.moves_from(state))


def type_answer(
    session: Session,
    *,
    delegation_id: uuid.UUID,
    question_id: str,
    raw: str | list[str],
    keys: Keyring,
    now: dt.datetime,
) -> OpenCheckup:
    """Store one answer, marked with who typed it. Under Scope(DELEGATE).

    Raises: NotFound once it has ended, and for a question outside her areas; InvalidAnswer; Conflict
    `not_now` for what is no draft any more.
    """
    found = open_granted(session, delegation_id, keys, lock=True)
    held = get_client(session, delegation_id).delegation
    if not is_in_areas(found.opened(), held, question_id):
        raise NotFound
    typist = Typist(DELEGATE, _VIA, held.delegate_id, who=str(held.id))
    return type_into(session, found, question_id, raw, typist=typist, now=now)


def take_step(
    session: Session,
    *,
    found: Delegation,
    risk: str,
    step: str,
    why: str,
    proofs: Sequence[SealedFile],
    keys: Keyring,
    now: dt.datetime,
) -> Fix:
    """`take` or `claim`, as `steps.owner_step`. Under the owner's scope; `found` is read in the delegate's.

    Raises: NotFound where it has just ended, things to do are not hers, or the step is the owner's; Conflict `not_now`;
    Invalid on `why` or `proof`.
    """
    held = hold(session, checkup_id=found.checkup_id, delegation_id=found.id)
    if not held.is_open(now) or not held.sees_fixes or step not in STEPS:
        raise NotFound
    of_case = select(Fix.state).where(Fix.checkup_id == held.checkup_id, Fix.risk == risk)
    if get_one(session, of_case) == LEFT:
        raise Conflict("not_now")
    return steps.owner_step(
        session,
        checkup_id=found.checkup_id,
        risk=risk,
        step=step,
        why=why,
        proofs=proofs,
        actor_id=found.delegate_id,
        by=DELEGATE,
        keys=keys,
        now=now,
    )
