"""The second factor of staff: a code from an authenticator app (TOTP, RFC 6238), or a recovery code, once each."""

import datetime as dt
import hashlib
import secrets
import uuid

import pyotp
from sqlalchemy.orm import Session

from tenants.login.models import Credential
from tenants.sealing import seal, unseal
from tenants.typed import codes

ISSUER = "法脉 Famai"
_NUMBER_OF_RECOVERY_CODES = 8
_STEP_SECONDS = 30
_DRIFT = 1


def new_secret() -> str:
    """A fresh secret in base32, to be shown once."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, email: str) -> str:
    """The otpauth:// link behind the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def has_totp(session: Session, person_id: uuid.UUID) -> bool:
    """Under the person's Scope(AUTH), as all below."""
    held = session.get(Credential, person_id)
    return held is not None and held.sealed_totp is not None


def enrol(
    session: Session, person_id: uuid.UUID, secret: str, code: str, *, master: bytes, now: dt.datetime
) -> tuple[str, ...] | None:
    """Store the secret once its first code is right; returns recovery codes to write down, or None for a wrong code."""
    step = _matching_step(secret, code, now)
    if step is None:
        return None
    held = session.get_one(Credential, person_id)
    shown = tuple(f"{secrets.token_hex(2)}-{secrets.token_hex(2)}" for _ in range(_NUMBER_OF_RECOVERY_CODES))
    held.sealed_totp = seal(master, secret.encode(), person_id.bytes)
    held.totp_step = step
    salt = secrets.token_hex(16)
    held.recovery_digests = " ".join([salt, *(_digest(one, salt) for one in shown)])
    return shown


def check_code(session: Session, person_id: uuid.UUID, code: str, *, master: bytes, now: dt.datetime) -> bool:
    """Whether this is a current code that was not used before, or an unused recovery code; either is used up by it."""
    held = session.get(Credential, person_id)
    if held is None or held.sealed_totp is None:
        return False
    step = _matching_step(unseal(master, held.sealed_totp, person_id.bytes).decode(), code, now)
    if step is not None and step > held.totp_step:
        held.totp_step = step
        return True
    salt, *left = held.recovery_digests.split()
    if (digest := _digest(_written(codes.code(code, codes.HEX)), salt)) in left:
        held.recovery_digests = " ".join([salt, *(one for one in left if one != digest)])
        return True
    return False


def _matching_step(secret: str, code: str, now: dt.datetime) -> int | None:
    digits, current = codes.code(code, codes.DIGITS), int(now.timestamp()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if secrets.compare_digest(totp.at(step * _STEP_SECONDS), digits):
            return step
    return None


def _written(plain: str) -> str:
    """A recovery code as it was shown."""
    return f"{plain[:4]}-{plain[4:]}".lower()


def _digest(code: str, salt: str) -> str:
    """Costly to guess: a code that people write down is short."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()
