"""The secret of a link: its digest names the row, the link and the row's salt together open the snapshot. Pure."""

import hashlib
import hmac
import os
import secrets

_BYTES = 32


def new_token() -> str:
    """43 characters that nobody guesses."""
    return secrets.token_urlsafe(_BYTES)


def new_salt() -> bytes:
    return os.urandom(_BYTES)


def link_digest(token: str) -> str:
    """What the database keeps of a link."""
    return hashlib.sha256(b"famai-share:" + token.encode()).hexdigest()


def snapshot_key(token: str, salt: bytes) -> bytes:
    """The 32 bytes that seal the snapshot: neither the link nor the database has them alone."""
    return hmac.new(salt, b"famai-share-key:" + token.encode(), hashlib.sha256).digest()
