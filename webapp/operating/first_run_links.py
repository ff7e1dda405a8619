"""The link that opens an installation without a bureau: signed by the installation's own secret, for a day."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from webapp.settings import Settings

LINK_SECONDS = 24 * 60 * 60
_WORD = "first run"


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt="famai.first-run")


def make_link(settings: Settings) -> str:
    """The address to open; it is dead once there is a bureau."""
    return f"{settings.public_url}/first-run/{_signer(settings).dumps(_WORD)}"


def is_genuine(settings: Settings, token: str) -> bool:
    """Whether this installation signed the token within the last day."""
    try:
        return bool(_signer(settings).loads(token, max_age=LINK_SECONDS) == _WORD)
    except BadSignature:
        return False
