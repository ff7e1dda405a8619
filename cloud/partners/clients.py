"""Credentials of connected parties: OAuth 2 client credentials (RFC 6749, 4.4), scopes, tokens for an hour."""

import datetime as dt
import hashlib
import hmac
import secrets
import uuid

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cloud.partners.feed import OLD_SECRET_LIFE
from cloud.partners.models import ApiClient, ApiToken
from tenants.base import new_id

# What a party may do beyond reading what is public.
SCOPES = {
    "subscription": "see and change one's own subscription, rotate its secret, replay dead letters",
    "deliveries": "see what was delivered to oneself",
    "tickets": "send tickets and follow them",
    "referrals": "read the matters handed to one's own body and take its steps",
}
TOKEN_LIFE = dt.timedelta(hours=1)
SECRET_BYTES = 32


def digest_of(secret: str) -> str:
    """Secrets and tokens are random and long, so a plain digest keeps them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def give_credentials(
    session: Session, *, subscriber_id: uuid.UUID, scopes: str, now: dt.datetime
) -> tuple[ApiClient, str]:
    """A new secret, shown once; one that was there before counts for a day more. Under Scope(OPERATOR)."""
    row = session.scalars(select(ApiClient).where(ApiClient.subscriber_id == subscriber_id)).one_or_none()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    if row is None:
        row = ApiClient(
            id=new_id(),
            subscriber_id=subscriber_id,
            scopes=scopes,
            secret_digest=digest_of(secret),
            old_secret_digest=None,
            old_until=None,
        )
        session.add(row)
    else:
        row.old_secret_digest, row.old_until = row.secret_digest, now + OLD_SECRET_LIFE
        row.secret_digest, row.scopes = digest_of(secret), scopes
    session.flush()
    return row, secret


def is_right_secret(row: ApiClient, secret: str, now: dt.datetime) -> bool:
    held = digest_of(secret)
    is_old = row.old_secret_digest is not None and row.old_until is not None and row.old_until > now
    is_right = hmac.compare_digest(held, row.secret_digest)
    return is_right or (is_old and hmac.compare_digest(held, row.old_secret_digest or ""))


def keep_token(session: Session, *, client: ApiClient, token: str, scopes: str, now: dt.datetime) -> None:
    session.add(
        ApiToken(
            digest=digest_of(token),
            client_id=client.id,
            subscriber_id=client.subscriber_id,
            scopes=scopes,
            expires_at=now + TOKEN_LIFE,
        )
    )
    session.flush()


def find_token(session: Session, token: str, now: dt.datetime) -> ApiToken | None:
    """Under Scope(CLIENT, token=digest_of(token)); None when it has run out."""
    row = session.get(ApiToken, digest_of(token))
    return row if row is not None and row.expires_at > now else None


def end_tokens(session: Session, client_id: uuid.UUID) -> None:
    """Every token of a client ends at once."""
    session.execute(delete(ApiToken).where(ApiToken.client_id == client_id))


def forget_tokens(session: Session, now: dt.datetime) -> None:
    session.execute(delete(ApiToken).where(ApiToken.expires_at < now))
