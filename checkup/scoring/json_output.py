"""A score as the JSON that `famai score` prints: stable keys, unrounded numbers. Pure."""

import dataclasses
from typing import Any

from checkup.packs.values import Pack
from checkup.scoring.values import Finding, Score


def to_json(pack: Pack, score: Score) -> dict[str, Any]:
    """Keys in the order of the design; a due date as ISO text."""
    result = dataclasses.asdict(score)
    result["findings"] = [_finding(finding) for finding in score.findings]
    named = {"id": pack.id, "version": pack.version, "hash": pack.hash, "model": pack.model.number}
    return {"pack": named, **result}


def _finding(finding: Finding) -> dict[str, Any]:
    made = finding._asdict() | {"due": finding.due and finding.due.isoformat()}
    del made["case"]
    return made
