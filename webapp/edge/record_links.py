"""A link with which somebody who has left a firm still fetches her own record of hours: signed, for a month."""

import uuid

from itsdangerous import BadSignature, URLSafeTimedSerializer

from tenants.errors import NotFound
from webapp.settings import Settings

DAYS = 30


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
