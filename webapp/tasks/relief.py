"""Jobs of relief: certificates, the effect of decisions on fees, simulations of proposed policies. All safe twice."""

import uuid
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.hardship.policies import get_policy, policy_of
from billing.waivers import policy_simulation
from billing.waivers.certificate_page import render_certificate
from billing.waivers.certificates import CertificateFacts, find_certificate, place_for_certificate
from billing.waivers.content import get_waiver
from billing.waivers.erasure import finish_waivers
from billing.waivers.fee_effects import carry_out
from bureau.day import appeals
from checkup.cases.holding import is_held
from checkup.cases.part_keys import has_part, open_part
from tenants import jobs
from tenants.audit_models import Erasure
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.files import remove_file, write_with
from tenants.translation.message_texts import Text
from webapp.outside.message_delivery import write_to_person
from webapp.settings import Settings


def _scope(firm_id: str) -> Scope:
    return Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id))


def _render_certificate(settings: Settings, *, firm_id: str, waiver_id: str) -> None:
    with unit_of_work(_scope(firm_id)) as session:
        row = get_waiver(session, uuid.UUID(waiver_id))
        entry = find_certificate(session, row)
        if entry is None or entry.state != "valid" or not has_part(session, firm_id=row.firm_id, part_id=row.id):
            return
        key = open_part(session, firm_id=row.firm_id, part_id=row.id, keys=settings.keyring())
    path, pdf = (
        place_for_certificate(row, entry.content_hash),
        render_certificate(
            CertificateFacts(**entry.facts),
            number=entry.number,
            issued_on=str(entry.signed_on),
            verify_url=f"{settings.public_url}/verify/{entry.number}",
        ),
    )
    with unit_of_work(_scope(firm_id)) as session:
        if is_held(session, row.checkup_id):  # else erased meanwhile: nothing of it is written any more
            write_with(session, settings.files_url, path, key.seal_file(path, pdf))
            get_waiver(session, row.id, lock=True).certificate_path = path


def _carry_out_waiver(settings: Settings, *, firm_id: str, waiver_id: str, what: str) -> None:
    with unit_of_work(_scope(firm_id)) as session:
        carry_out(session, waiver_id=uuid.UUID(waiver_id), what=what, now=now())


def _simulate_policy(settings: Settings, *, policy_id: str) -> None:
    """One unit per firm: only counts leave it."""
    tally = policy_simulation.Tally()
    with unit_of_work(Scope(Audience.WORKER)) as session:
        row = get_policy(session, uuid.UUID(policy_id))
        firm_ids = policy_simulation.list_part_firms(session, row.bureau_id)
    for firm_id in firm_ids:
        with unit_of_work(Scope(Audience.WORKER, firm_id=firm_id)) as session:
            policy = policy_of(row.document)
            policy_simulation.tally_firm(session, policy=policy, keys=settings.keyring(), now=now(), into=tally)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        policy_simulation.store_simulation(session, policy_id=row.id, tally=tally)


def finish_erasure(settings: Settings, *, firm_id: str, checkup_id: str) -> None:
    """After a case was erased: its applications end, their papers are removed."""
    with unit_of_work(_scope(firm_id)) as session:
        erased = session.scalars(select(Erasure).where(Erasure.checkup_id == uuid.UUID(checkup_id))).first()
        asked_by = "" if erased is None else erased.asked_by
        paths = finish_waivers(session, checkup_id=uuid.UUID(checkup_id), asked_by=asked_by, now=now())
    for path in paths:
        remove_file(settings.files_url, path)


def _tell_appeal(settings: Settings, *, firm_id: str, waiver_id: str) -> None:
    """A job for each, so that one address that fails holds up nobody else's mail."""
    with unit_of_work(_scope(firm_id)) as session:
        for one in appeals.list_to_tell(session, uuid.UUID(waiver_id)):
            jobs.defer(session, "mail_appeal", firm_id=firm_id, waiver_id=waiver_id, person_id=one)


def _mail_appeal(settings: Settings, *, firm_id: str, waiver_id: str, person_id: str) -> None:
    """Raises: NotSent, and the worker tries again."""
    to = uuid.UUID(person_id)

    def write(session: Session, locale: str) -> Text | None:
        return appeals.write_mail(session, uuid.UUID(waiver_id), to=to, locale=locale)

    scope = Scope(Audience.WORKER, firm_id=uuid.UUID(firm_id), person_id=to)
    write_to_person(settings, scope=scope, write=write, about=f"appeal {waiver_id}")


TASKS: dict[str, Callable[..., object]] = {
    "render_certificate": _render_certificate,
    "carry_out_waiver": _carry_out_waiver,
    "simulate_policy": _simulate_policy,
    "tell_appeal": _tell_appeal,
    "mail_appeal": _mail_appeal,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {}
