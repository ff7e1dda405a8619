"""Sealed answers: AES-256-GCM under a data key per checkup, wrapped by the firm's key, wrapped by the master key.

Destroying a checkup's wrapped key erases its answers everywhere, backups included (`docs/decisions/0005`).
"""

from dataclasses import dataclass

from tenants.files import Blocks
from tenants.sealed_files import OpenFile, open_file, seal_file
from tenants.sealing import new_key, seal, unseal


@dataclass(frozen=True)
class Keyring:
    """Holds the master key (32 bytes). `about` binds a seal to its row: a moved ciphertext does not open."""

    master: bytes

    def new_firm_key(self, firm_id: str) -> bytes:
        """A fresh firm key, wrapped by the master key."""
        return seal(self.master, new_key(), firm_id.encode())

    def new_data_key(self, firm_key: bytes, firm_id: str, about: str) -> bytes:
        """A fresh data key, wrapped by the firm's (wrapped) key."""
        return seal(self._firm_key(firm_key, firm_id), new_key(), about.encode())

    def _firm_key(self, wrapped: bytes, firm_id: str) -> bytes:
        return unseal(self.master, wrapped, firm_id.encode())

    def case(self, firm_key: bytes, firm_id: str, data_key: bytes, about: str) -> "CaseKey":
        """Open the data key of one checkup."""
        return CaseKey(unseal(self._firm_key(firm_key, firm_id), data_key, about.encode()), about.encode())

    def rewrap_data_key(self, data_key: bytes, about: str, *, was: bytes, becomes: bytes, firm_id: str) -> bytes:
        """The same data key, wrapped by the firm's new (wrapped) key."""
        plain = unseal(self._firm_key(was, firm_id), data_key, about.encode())
        return seal(self._firm_key(becomes, firm_id), plain, about.encode())


@dataclass(frozen=True)
class CaseKey:
    """The opened data key of one checkup."""

    key: bytes
    about: bytes

    def seal(self, plain: bytes) -> bytes:
        return seal(self.key, plain, self.about)

    def unseal(self, sealed: bytes) -> bytes:
        return unseal(self.key, sealed, self.about)

    def seal_file(self, path: str, content: bytes) -> Blocks:
        """A file of this case, as it is to lie at `path` and nowhere else."""
        return seal_file(self.key, content, about=self.about, path=path)

    def open_file(self, files_url: str, path: str) -> OpenFile:
        """Raises: FileNotFoundError; InvalidTag for a file of another case or path, and one that was changed."""
        return open_file(files_url, path, self.key, about=self.about)
