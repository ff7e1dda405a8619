"""What lawyers make of each risk, told to the pack's author as a release tells: numbers of ten and more that stay until
ten have moved them, and of which no firm can take away its own."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from sqlalchemy.orm import Session

from checkup.signoff.models import RiskQuality
from checkup.signoff.quality import Tally
from cloud.cubes.cells import REVIEWED, VERDICT
from cloud.disclosure.quarters import Counts
from cloud.releases.told_counts import tell_counts


def tell_verdicts(
    session: Session, *, pack_id: str, version: str, firms: Mapping[str, Tally], now: dt.datetime
) -> Mapping[str, RiskQuality]:
    """Risk → what is told of it, under Scope(WORKER). What is not told yet stands as nought."""
    own = {firm: _counts_of(tally) for firm, tally in firms.items()}
    told = tell_counts(session, f"verdicts {pack_id} {version}", own)
    rows: dict[str, RiskQuality] = {}
    for cell, count in told.items():
        if cell:
            [(block, verdict)] = cell
            risk = block.removeprefix(VERDICT)
            nothing = {"confirmed": 0, "raised": 0, "lowered": 0, "dismissed": 0, "counted_at": now}
            row = rows.setdefault(risk, RiskQuality(pack_id=pack_id, pack_version=version, risk=risk, **nothing))
            setattr(row, verdict, count)
    return {risk: session.merge(row) for risk, row in rows.items()}


def _counts_of(tally: Tally) -> Counts:
    counts: Counts = {REVIEWED: Counter({("",): len(tally.businesses)})}
    for (risk, verdict), count in tally.verdicts.items():
        counts.setdefault(f"{VERDICT}{risk}", Counter())[verdict,] = count
    return counts
