"""Which risks of a pack rest on an article of a law, as it stood before a day. Pure."""

import datetime as dt
import re

from checkup.packs.values import Pack

_DECORATION = re.compile(r"^第|条$|^art\.?\s*", re.IGNORECASE)


def plain_article(article: str) -> str:
    """`第10条`, `art. 10` and `10` are the same article."""
    return _DECORATION.sub("", article.strip()).strip()


def risks_resting_on(pack: Pack, law: str, article: str, changed_on: dt.date) -> tuple[str, ...]:
    """Ids of the risks that cite this article in a version that took effect before the change."""
    wanted = plain_article(article)
    return tuple(
        risk.id
        for risk in pack.risks
        if any(
            basis.law == law and basis.version_on < changed_on and wanted in map(plain_article, basis.articles)
            for basis in risk.basis
        )
    )


def cites(pack: Pack, law: str, article: str) -> bool:
    """Whether any risk or right of the pack cites this article at all."""
    wanted = plain_article(article)
    bases = [basis for risk in pack.risks for basis in risk.basis]
    bases += [basis for right in pack.opportunities for basis in right.basis]
    return any(basis.law == law and wanted in map(plain_article, basis.articles) for basis in bases)
