"""After a grant: a declaration is checked, a certificate is revoked. Under the bureau's scope."""

import datetime as dt
import uuid

from sqlalchemy.orm import Session

from billing.hardship.budget import give_back
from billing.waivers import states
from billing.waivers.certificates import revoke_certificate
from billing.waivers.content import get_waiver
from billing.waivers.decisions import carry_out_later
from billing.waivers.granted_terms import terms_of
from billing.waivers.models import Waiver
from billing.waivers.owner_mail import tell_owner
from billing.waivers.steps import note_act, take_step
from tenants.audit import Actor
from tenants.errors import Conflict, FieldFault, Invalid

REVOKED_FOR = ("false_statement", "changed", "mistake")


def begin_check(session: Session, *, waiver_id: uuid.UUID, version: int, by: Actor, now: dt.datetime) -> Waiver:
    """Open the papers of a granted waiver again to check its declaration; the owner is told. Raises: Conflict."""
    row = _in_force(session, waiver_id, version)
    if row.spot_check == "due":
        raise Conflict("not_now")
    row.spot_check = "due"
    note_act(session, row, "check", by=by)
    tell_owner(session, row, "check", now=now)
    return row


def pass_check(session: Session, *, waiver_id: uuid.UUID, version: int, by: Actor, now: dt.datetime) -> Waiver:
    """The declaration was true; the papers are closed again. Raises: Conflict."""
    row = _in_force(session, waiver_id, version)
    if row.spot_check != "due":
        raise Conflict("not_now")
    row.spot_check = "passed"
    note_act(session, row, "passed", by=by)
    return row


def _in_force(session: Session, waiver_id: uuid.UUID, version: int) -> Waiver:
    row = get_waiver(session, waiver_id, lock=True)
    if row.version != version:
        raise Conflict("stale")
    if row.state not in states.IN_FORCE:
        raise Conflict("not_now")
    return row


def revoke(session: Session, *, waiver_id: uuid.UUID, version: int, reason: str, by: Actor, now: dt.datetime) -> Waiver:
    """The certificate ends, what was promised is free again, and money let off by a false statement is called back.

    `reason`: `false_statement`, `changed` or `mistake`. Raises: Invalid, Conflict.
    """
    if reason not in REVOKED_FOR:
        raise Invalid((FieldFault("reason", "unknown_option"),))
    row = _in_force(session, waiver_id, version)
    terms = terms_of(row)
    if row.spot_check == "due":
        row.spot_check = "failed" if reason == "false_statement" else "passed"
    row.decided_at, row.decided_by, row.decided_name = now, by.id, by.name
    row.appeal_by = None
    row.revoked_for = reason
    take_step(session, row, "revoke", role="bureau", by=by, now=now)
    give_back(
        session,
        policy_id=row.policy_id,
        year=terms.valid_from.year,
        lets_off=terms.lets_off,
        amount_minor=terms.cap_minor or 0,
    )
    revoke_certificate(session, row)
    carry_out_later(session, row, "revoked")
    tell_owner(session, row, "revoked", now=now)
    return row
