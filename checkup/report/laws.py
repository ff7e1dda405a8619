"""How a report cites the law: title, articles, the version that is meant. Pure."""

import datetime as dt

from checkup.packs.values import Basis, Pack
from tenants.languages import choose
from tenants.translation.shown import day


def cite(pack: Pack, basis: Basis, locale: str, today: dt.date) -> str:
    """Title, articles, version date; a text that has lost force since is marked until a person has looked."""
    law = pack.laws[basis.law]
    name, is_old = choose(law.title, locale), law.until is not None and today > law.until
    if locale == "en":
        mark = " [to be checked against the new text]" if is_old else ""
        return f"{name}, art. {', '.join(basis.articles)} (in force since {day(basis.version_on, locale)}){mark}"
    mark = choose({"zh-Hans": "【条文待核】", "en": ""}, locale) if is_old else ""
    version = choose({"zh-Hans": "起施行的文本", "en": ""}, locale)
    return f"《{name}》第{'、'.join(basis.articles)}条（{day(basis.version_on, locale)}{version}）{mark}"
