"""A score as the JSON that `famai score` prints: stable keys, unrounded numbers. Pure."""

import dataclasses
from typing import Any

from checkup.packs.values import Pack
from checkup.scoring.model import Score


def to_json(pack: Pack, score: Score) -> dict[str, Any]:
    """Keys in the order of the design; a due date as ISO text."""
    result = dataclasses.asdict(score)
    result["findings"] = [{**f, "due": f["due"] and f["due"].isoformat()} for f in result["findings"]]
    return {"pack": {"id": pack.id, "version": pack.version, "hash": pack.hash}, **result}
