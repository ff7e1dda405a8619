"""Links that staff get by mail, signed. With one, somebody who has left a firm still fetches her own record of hours,
for a month; with the other, whoever forgot her password, or has a new post, sets a new one, in time and once.

The latter names the person and a stamp of the password that was forgotten: after the new one is set it opens nothing.
"""

import datetime as dt
import secrets
import uuid

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from tenants import jobs
from tenants.base import new_id
from tenants.clock import now
from tenants.errors import Conflict, NotFound
from tenants.login import bodies
from tenants.login.models import Credential
from tenants.login.throttle import attempt_key
from webapp.settings import Settings

DAYS, MINUTES, POST_DAYS = 30, 60, 7
# How long a link to a new password is good for, by the letter it stands in.
LASTS = {
    "password_reset": dt.timedelta(minutes=MINUTES),
    "post_begun": dt.timedelta(days=POST_DAYS),
    "post_reset": dt.timedelta(days=POST_DAYS),
}


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="hours-record")


def make_link(settings: Settings, person_id: uuid.UUID) -> str:
    return f"{settings.public_url}/record/{_signer(settings).dumps(str(person_id))}"


def read_token(settings: Settings, token: str) -> uuid.UUID:
    """Whose record it is. Raises: NotFound for a token that is forged or older than a month."""
    try:
        return uuid.UUID(_signer(settings).loads(token, max_age=DAYS * 24 * 3600))
    except (BadSignature, ValueError):
        raise NotFound from None


def stamp_of(settings: Settings, credential: Credential | None) -> str:
    """A digest of the password that is in force; a random one of the same look for nobody."""
    held = secrets.token_hex() if credential is None else credential.password_hash
    return attempt_key(settings.pepper, "stamp", held)


def _reset_signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt="forgotten-password")


def invitation_token(settings: Settings, invitation_id: uuid.UUID) -> str:
    """The secret in the link of an invitation to a body: the worker makes it anew for the mail, no row holds it."""
    return str(URLSafeSerializer(settings.secret_key, salt="invitation").dumps(str(invitation_id)))


def referral_token(settings: Settings, event_id: uuid.UUID) -> str:
    """The secret in the link that a step mails to a body without accounts, made anew if the mail is tried again."""
    return str(URLSafeSerializer(settings.secret_key, salt="referral").dumps(str(event_id)))


def invite_officer(session: Session, settings: Settings, place: bodies.Place, *, email: str, role: str) -> None:
    """Whoever is to work at a provider or a partner gets her link by mail. Raises: Invalid on `email` or `role`."""
    invitation_id = new_id()
    token = invitation_token(settings, invitation_id)
    asked = {"email": email, "role": role}
    bodies.invite(session, place=place, invitation_id=invitation_id, token=token, now=now(), **asked)


def ask_for_reset(session: Session, settings: Settings, person_id: uuid.UUID, template: str) -> None:
    """The worker mails her this letter with a link; under her Scope(AUTH), in which a stranger's id finds nobody."""
    stamp = stamp_of(settings, session.get(Credential, person_id))
    told = {"template": template, "at": now().isoformat()}
    jobs.defer(session, "send_reset", person_id=person_id, stamp=stamp, **told)


def make_reset_link(
    settings: Settings, person_id: uuid.UUID, stamp: str, *, asked_at: dt.datetime, lasts: dt.timedelta
) -> str:
    ends_at = int((asked_at + lasts).timestamp())
    return f"{settings.public_url}/auth/forgotten/{_reset_signer(settings).dumps([str(person_id), stamp, ends_at])}"


def read_reset(settings: Settings, token: str) -> tuple[uuid.UUID, str]:
    """Whose it is, and the stamp of the password it may replace. Raises: Conflict `link_gone`."""
    try:
        person_id, stamp, ends_at = _reset_signer(settings).loads(token)
        found = uuid.UUID(person_id), str(stamp)
    except (BadSignature, ValueError, TypeError):
        raise Conflict("link_gone") from None
    if now().timestamp() > ends_at:
        raise Conflict("link_gone")
    return found
