"""Where each figure of a report comes from: the keys that `Figure.key` may name. Pure."""

from bureau.reports.edition_rules import Frozen, digest, to_bytes, total_score


def make_manifest(frozen: Frozen) -> dict[str, dict[str, object]]:
    """Key → value and source (for an indicator its formula), for every figure that a report may show."""
    entries: dict[str, dict[str, object]] = {
        one.key: {
            "value": one.value,
            "unit": one.unit,
            "source": one.source,
            "withheld": one.is_withheld,
        }
        for one in frozen.book.values()
    }
    for rated in frozen.rated:
        known = rated.definition
        entries[f"indicator:{known.key}"] = {
            "value": rated.value,
            "unit": known.unit,
            "source": known.formula,
            "version": known.version,
            "target": known.target,
            "weight": known.weight,
            "lacking": list(rated.lacking),
        }
    withheld = sum(one.is_withheld for one in frozen.book.values())
    entries["total"] = {"value": total_score(frozen.rated), "unit": "percent", "source": "weighted progress"}
    entries["withheld"] = {"value": withheld, "unit": "count", "source": f"of {len(frozen.book)} measures"}
    entries["threshold"] = {"value": frozen.threshold, "unit": "count", "source": "disclosure control"}
    entries["edition"] = {"value": digest(to_bytes(frozen)), "unit": "sha256", "source": f"edition {frozen.period}"}
    entries["period"] = {"value": frozen.period, "unit": "days", "source": f"to {frozen.as_of}"}
    entries["covers"] = {"value": list(frozen.covers), "unit": "count", "source": "quarters of the releases"}
    for number, sealed in frozen.releases.items():
        entries[f"release:{number}"] = {"value": sealed, "unit": "sha256", "source": f"/api/v1/releases/{number}"}
    return entries
