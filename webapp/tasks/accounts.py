"""Jobs of accounts: a member of staff is told, at her own address, that the way she comes in was changed, or gets the
link to set a new password; whoever is invited to a body gets the link to join; a partner hears what was decided."""

import datetime as dt
import uuid
from collections.abc import Callable

from sqlalchemy.orm import Session

from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.login.bodies import find_to_mail
from tenants.parks.admission import get_decision
from tenants.translation.message_texts import Text, render_message
from webapp.edge.record_links import LASTS, MINUTES, POST_DAYS, invitation_token, make_reset_link
from webapp.outside.message_delivery import write_to_address, write_to_person
from webapp.settings import Settings


def _tell_person(settings: Settings, *, person_id: str, template: str, what: str, at: str) -> None:
    """Raises: NotSent, and the worker tries again."""

    def write(_session: Session, locale: str) -> Text:
        return render_message(template, locale, {"what": what, "at": dt.datetime.fromisoformat(at)})

    scope = Scope(Audience.WORKER, person_id=uuid.UUID(person_id))
    write_to_person(settings, scope=scope, write=write, about=at)


def _send_reset(settings: Settings, *, person_id: str, stamp: str, template: str, at: str) -> None:
    """To whoever this is; an id that is nobody's is a stranger who asked. Raises: NotSent."""
    asked = uuid.UUID(person_id)

    def write(_session: Session, locale: str) -> Text:
        link = make_reset_link(settings, asked, stamp, asked_at=dt.datetime.fromisoformat(at), lasts=LASTS[template])
        return render_message(template, locale, {"link": link, "minutes": MINUTES, "days": POST_DAYS})

    write_to_person(settings, scope=Scope(Audience.WORKER, person_id=asked), write=write, about=f"reset {at}")


def _mail_invitation(settings: Settings, *, invitation_id: str) -> None:
    """In the installation's language: nobody has asked her yet. Raises: NotSent, and the worker tries again."""
    asked = uuid.UUID(invitation_id)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        row = find_to_mail(session, asked, now())
    if row is None:
        return
    link = f"{settings.public_url}/auth/invitation/{invitation_token(settings, asked)}"
    text = render_message("body_invitation", settings.default_locale, {"body": row.place_name, "link": link})
    write_to_address(settings, to=row.email, text=text, key=asked)


def _tell_partner(settings: Settings, *, event_id: str) -> None:
    """In the installation's language. Raises: NotSent, and the worker tries again."""
    asked = uuid.UUID(event_id)
    with unit_of_work(Scope(Audience.WORKER)) as session:
        event, partner = get_decision(session, asked)
    values = {"partner": partner, "became": event.became, "why": event.why}
    text = render_message("partner_decided", settings.default_locale, values)
    write_to_address(settings, to=partner.contact_email, text=text, key=asked)


TASKS: dict[str, Callable[..., object]] = {
    "tell_person": _tell_person,
    "send_reset": _send_reset,
    "mail_invitation": _mail_invitation,
    "tell_partner": _tell_partner,
}
PERIODIC: dict[str, tuple[str, Callable[[Settings], object]]] = {}
