"""Near-identical advice by a keyed fingerprint: what was written cannot be read from it, nor guessed without the key.

Simhash (Charikar 2002): each run of five characters votes on 64 bits by a keyed hash; texts that share most runs
differ in few bits. Pure.
"""

import hashlib
import hmac

RUN = 5
BITS = 64
NEAR = 6  # differing bits; two unrelated texts differ in about 32
LEAST_LENGTH = 60  # characters; shorter advice is alike without anybody having copied


def print_of(text: str, key: bytes) -> int:
    """The fingerprint as a signed 64-bit number, as a database keeps it; white space does not count."""
    plain = "".join(text.split())
    votes = [0] * BITS
    for start in range(max(len(plain) - RUN + 1, 1)):
        digest = hmac.digest(key, plain[start : start + RUN].encode(), hashlib.sha256)
        number = int.from_bytes(digest[:8])
        for bit in range(BITS):
            votes[bit] += 1 if number >> bit & 1 else -1
    value = sum(1 << bit for bit, vote in enumerate(votes) if vote > 0)
    return value - (1 << BITS) if value >> (BITS - 1) else value


def distance(one: int, other: int) -> int:
    """In how many bits two fingerprints differ, 0–64."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def is_near(one: int, other: int) -> bool:
    return distance(one, other) <= NEAR
