"""Why a firm was found to be the fastest, said to the owner who asked for it."""

from tenants.districts import DISTRICTS
from tenants.firms.directory import Fastest
from webapp.edge.i18n import Named, own_name, pick
from webapp.edge.i18n import translate as _
from webapp.edge.i18n import translate_counted as _n


def fastest_words(found: Fastest, campaign: Named | None = None) -> str:
    """Where it was looked for, how long it takes, that equals were drawn, and whose campaign keeps it room."""
    place = pick(DISTRICTS[found.firm.district]) if found.is_near else _("全市")
    if found.firm.waiting_days is None:
        said = _("{place}能接的", place=place)
    else:
        said = _n("{place}等得最短的，约{n}天", found.firm.waiting_days, place=place)
    if found.speaks:
        said += _("，会您用的语言")
    if found.equals > 1:
        said += _("；有{n}家一样快，抽签定的", n=found.equals)
    if campaign is not None:
        said += _("；“{campaign}”给您留了名额", campaign=own_name(campaign))
    return said
