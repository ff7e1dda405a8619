"""AES-256-GCM with a fresh nonce; `about` binds a seal to its row: a moved ciphertext does not open."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def new_key() -> bytes:
    """32 random bytes."""
    return AESGCM.generate_key(256)


def seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    """Nonce and ciphertext."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    """Raises: cryptography.exceptions.InvalidTag for another key, another row or a changed byte."""
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
