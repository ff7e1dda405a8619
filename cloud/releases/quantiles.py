"""Mean and quantiles of the score from what is published of its bands: between which values they must lie. Pure.

Only published counts are used, so nothing can be learnt here that the bands do not tell already.
"""

from collections.abc import Mapping

from cloud.cubes.cells import BANDS

_EDGES = list(BANDS.values())
_TOPS = {band: (_EDGES[place + 1] if place + 1 < len(_EDGES) else 100.0) for place, band in enumerate(BANDS)}


def quantile(bands: Mapping[str, int | None], total: int | None, share: float) -> tuple[float, float] | None:
    """The least and the most that the score of the business at this share can be; None when nothing is known.

    Businesses in withheld bands may all sit in the lowest of them, or all in the highest.
    """
    spread = _spreads(bands, total)
    if spread is None:
        return None
    low, high = spread
    return BANDS[_band_at(low, share)], _TOPS[_band_at(high, share)]


def mean(bands: Mapping[str, int | None], total: int | None) -> tuple[float, float] | None:
    """The least and the most that the mean can be."""
    spread = _spreads(bands, total)
    if spread is None:
        return None
    low, high = spread
    many = sum(low.values())
    return sum(BANDS[b] * n for b, n in low.items()) / many, sum(_TOPS[b] * n for b, n in high.items()) / many


def _spreads(bands: Mapping[str, int | None], total: int | None) -> tuple[dict[str, int], dict[str, int]] | None:
    if not total or not bands:
        return None
    known = {band: count or 0 for band, count in bands.items()}
    withheld = [band for band in BANDS if band in bands and bands[band] is None]
    missing = total - sum(known.values())
    if not withheld and missing:
        return None
    if not withheld:
        return known, known
    low, high = dict(known), dict(known)
    low[withheld[0]] += missing
    high[withheld[-1]] += missing
    return low, high


def _band_at(counts: Mapping[str, int], share: float) -> str:
    wanted, passed = share * sum(counts.values()), 0
    for band in BANDS:
        passed += counts.get(band, 0)
        if passed >= wanted and passed:
            return band
    return list(BANDS)[-1]
