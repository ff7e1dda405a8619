"""The certificate that signs papers: the installation's own, in development a self-made one in the data folder."""

from functools import lru_cache
from pathlib import Path

from checkup.report.signature import Certificate, load_certificate, make_certificate
from tenants.clock import now
from webapp.settings import Settings

_MADE = "signing.pem"
_MAKER = "Famai (development)"


def signing_certificate(settings: Settings) -> Certificate | None:
    """None in production without a setting: papers are then not signed. Raises: BadCertificate."""
    file = settings.signing_certificate
    if file is None and settings.is_development:
        file = settings.data_dir / _MADE
        make_certificate(file, holder=_MAKER, now=now())
    if file is None:
        return None
    return _load(file, settings.signing_key, settings.signing_passphrase)


@lru_cache(maxsize=4)
def _load(file: Path, key: Path | None, passphrase: str) -> Certificate:
    """Opened once in a process; a new one counts from the next start on."""
    return load_certificate(file, key, passphrase)
