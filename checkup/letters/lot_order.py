"""The order of a neutral list of firms: drawn by lot for each case, the same at every look, not for sale. Pure."""

import hashlib
import uuid
from collections.abc import Collection

LEAST, MOST = 3, 5


def draw(firm_ids: Collection[uuid.UUID], case_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Up to five of the firms in an order that the case's id alone decides; none when there are fewer than three.

    A firm's place depends on SHA-256 of case and firm: it can neither be bought nor foreseen, and anyone can check it.
    """
    if len(set(firm_ids)) < LEAST:
        return ()
    return tuple(sorted(set(firm_ids), key=lambda firm: hashlib.sha256(case_id.bytes + firm.bytes).digest())[:MOST])
