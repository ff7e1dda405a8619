"""Sealed answers: AES-256-GCM under a data key per checkup, wrapped by the firm's key, wrapped by the master key.

Destroying a checkup's wrapped key erases its answers everywhere, backups included.
"""

import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def _seal(key: bytes, plain: bytes, about: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def _unseal(key: bytes, sealed: bytes, about: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)


@dataclass(frozen=True)
class Keyring:
    """Holds the master key (32 bytes). `about` binds a seal to its row: a moved ciphertext does not open."""

    master: bytes

    def new_firm_key(self, firm_id: str) -> bytes:
        """A fresh firm key, wrapped by the master key."""
        return _seal(self.master, AESGCM.generate_key(256), firm_id.encode())

    def new_data_key(self, firm_key: bytes, firm_id: str, about: str) -> bytes:
        """A fresh data key, wrapped by the firm's (wrapped) key."""
        return _seal(self._firm_key(firm_key, firm_id), AESGCM.generate_key(256), about.encode())

    def _firm_key(self, wrapped: bytes, firm_id: str) -> bytes:
        return _unseal(self.master, wrapped, firm_id.encode())

    def case(self, firm_key: bytes, firm_id: str, data_key: bytes, about: str) -> "CaseKey":
        """Open the data key of one checkup."""
        return CaseKey(_unseal(self._firm_key(firm_key, firm_id), data_key, about.encode()), about.encode())


@dataclass(frozen=True)
class CaseKey:
    """The opened data key of one checkup."""

    key: bytes
    about: bytes

    def seal(self, plain: bytes) -> bytes:
        return _seal(self.key, plain, self.about)

    def unseal(self, sealed: bytes) -> bytes:
        return _unseal(self.key, sealed, self.about)
