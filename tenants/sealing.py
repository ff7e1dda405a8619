"""AES-256-GCM with a fresh nonce; `about` binds a seal to its row: a moved ciphertext does not open."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORM = b"\x01"  # how it is sealed: another cipher gets another mark, and both open until all is sealed anew
_START, _NONCE_BYTES = len(_FORM), 12


def new_key() -> bytes:
    """32 random bytes."""
    return AESGCM.generate_key(256)


def fingerprint(key: bytes) -> str:
    """Eight characters by which people tell keys apart; they say nothing of the key."""
    return hmac.digest(key, b"fingerprint", hashlib.sha256).hex()[:8]


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """The mark of the cipher, nonce and ciphertext."""
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, plain, _FORM + about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """Raises: cryptography.exceptions.InvalidTag for another key, another row, another form or a changed byte."""
    if not sealed.startswith(_FORM) or len(sealed) < _START + _NONCE_BYTES:
        raise InvalidTag
    nonce, locked = sealed[_START : _START + _NONCE_BYTES], sealed[_START + _NONCE_BYTES :]
    return AESGCM(key).decrypt(nonce, locked, _FORM + about)
