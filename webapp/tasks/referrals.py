"""Jobs of referrals: whom a step concerns is told, silence is noted each morning, what was not sent is swept."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from checkup.consultations import answering
from checkup.mediation import telling as mediations
from checkup.mediation.clocks import note_late as note_late_talks
from checkup.mediation.ratings import tally_other_sides
from checkup.owner.erasure import remove_files
from checkup.referrals.clocks import note_late
from checkup.referrals.drafting import sweep_drafts
from checkup.referrals.links import find_to_mail, keep_link
from checkup.referrals.ratings import Tally, tally_firm
from checkup.referrals.telling import follow
from cloud.partners.referrals import tell_systems
from cloud.releases.bodies import tell_body
from tenants.clock import city_day, now
from tenants.database import Audience, Scope, unit_of_work
from tenants.translation.message_texts import render_message
from webapp.edge.record_links import referral_token
from webapp.outside.message_delivery import write_to_address
from webapp.settings import Settings
from webapp.tasks.every_firm import at_every_firm, list_firms, on_its_own


def _follow_referral(settings: Settings, *, firm_id: str, event_id: str) -> None:
    firm = uuid.UUID(firm_id)
    with unit_of_work(Scope(Audience.WORKER, firm)) as session:
        follow(session, firm_id=firm, event_id=uuid.UUID(event_id), public_url=settings.public_url, now=now())
        tell_systems(session, firm_id=firm, event_id=uuid.UUID(event_id), now=now())


def _follow_mediation(settings: Settings, *, firm_id: str, event_id: str) -> None:
    firm = uuid.UUID(firm_id)
    with unit_of_work(Scope(Audience.WORKER, firm)) as session:
        mediations.follow(
            session, firm_id=firm, event_id=uuid.UUID(event_id), public_url=settings.public_url, now=now()
        )


def _mail_referral_link(settings: Settings, *, firm_id: str, event_id: str) -> None:
    """In the installation's language: nobody there has said hers. Raises: NotSent, and the worker tries again."""
    event, link = uuid.UUID(event_id), ""
    with unit_of_work(Scope(Audience.WORKER, uuid.UUID(firm_id))) as session:
        found = find_to_mail(session, firm_id=uuid.UUID(firm_id), event_id=event)
        if found is not None and found[0].is_running:
            token = referral_token(settings, event)
            keep_link(session, row=found[0], token=token, now=now())
            link = f"{settings.public_url}/referral/{token}"
    if found is not None:
        row, email = found
        values = {"number": row.number, "until_day": row.due_on, "link": link}
        text = render_message("referral_link", settings.default_locale, values)
        write_to_address(settings, to=email, text=text, key=event)


def note_silence(settings: Settings) -> int:
    """Every step that did not come in time is noted once; returns how many."""

    def look(session: Session, firm: uuid.UUID) -> int:
        return note_late(session, firm_id=firm, now=now()) + note_late_talks(session, firm_id=firm, now=now())

    return at_every_firm(look)


def _tell_asker(_settings: Settings, *, firm_id: str, consultation_id: str) -> None:
    firm = uuid.UUID(firm_id)
    with unit_of_work(Scope(Audience.WORKER, firm)) as session:
        answering.tell_asker(session, firm_id=firm, consultation_id=uuid.UUID(consultation_id), now=now())


def remind_of_questions(settings: Settings) -> int:
    """Each morning whoever is on call, while a question of a body waits; returns how many were told."""
    return at_every_firm(lambda session, firm: answering.remind(session, firm_id=firm, now=now()))


def sweep_packets(settings: Settings) -> int:
    """Packets that their owners looked at and did not send; returns how many files went."""

    gone: list[str] = []

    def sweep(session: Session, firm: uuid.UUID) -> int:
        paths = sweep_drafts(session, firm_id=firm, now=now())
        gone.extend(paths)
        return len(paths)

    count = at_every_firm(sweep)
    remove_files(settings.files_url, gone)  # once no row names them any more
    return count


def count_bodies(settings: Settings) -> int:
    """What of each body is told of this year and the last; returns how many numbers. Twice changes nothing."""
    this_year, told = city_day(now()).year, 0
    for year in (this_year - 1, this_year):
        bodies = defaultdict[uuid.UUID, dict[str, Tally]](dict)
        for firm_id in list_firms():
            with on_its_own(f"firm {firm_id}"), unit_of_work(Scope(Audience.WORKER, firm_id)) as session:
                other = tally_other_sides(session, firm_id=firm_id, year=year)
                for body, tally in tally_firm(session, firm_id=firm_id, year=year).items():
                    bodies[body][str(firm_id)] = replace(tally, other=other.get(body, Counter()))
        for body, firms in bodies.items():
            with on_its_own(f"body {body}"), unit_of_work(Scope(Audience.WORKER)) as session:
                told += len(tell_body(session, provider_id=body, year=year, firms=firms, now=now()))
    return told


TASKS: dict[str, Callable[..., object]] = {
    "follow_referral": _follow_referral,
    "follow_mediation": _follow_mediation,
    "mail_referral_link": _mail_referral_link,
    "tell_asker": _tell_asker,
}
# Name → (cron in UTC, what is done): at half past eight in the city, when bodies open; drafts at night.
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {
    "remind_of_questions": ("35 0 * * *", remind_of_questions),
    "note_silence": ("30 0 * * *", note_silence),
    "count_bodies": ("45 18 * * *", count_bodies),
    "sweep_packets": ("50 18 * * *", sweep_packets),
}
