"""Words about sheets of paper: why one is not typed, and what stands on it."""

from checkup.assisting.paper_rules import FORM, STAFF, TRADE, Typed
from checkup.packs.answer_words import answer_text
from checkup.packs.values import Pack
from tenants.business_details import FORMS
from tenants.sizes import TRADES
from tenants.stations import sheet_rules
from webapp.edge.i18n import pick
from webapp.edge.i18n import translate as _

_REFUSED = {
    sheet_rules.UNKNOWN: "这个码不对，或者是别的站印的：请照纸上再看一遍；别的站的纸，请她交回那里。",
    sheet_rules.USED: "这张纸已经录过了，一张只录一次。要改，请她认领以后自己改，或者当面重新问。",
    sheet_rules.OVER: "这张纸过了30天，作废了。请当面帮她填，或者重新印一张。",
}


def sheet_refused(why: str) -> str:
    return _(_REFUSED[why])


def said_on_sheet(pack: Pack, key: str, typed: Typed) -> str:
    """What one typing says at this place, in words."""
    value = typed.get(key)
    if value is None:
        return _("（纸上空着）")
    if key == TRADE:
        return pick(dict(TRADES[str(value)].name))
    if key == FORM:
        return pick(FORMS[str(value)])
    return (
        f"{value:g}"
        if key == STAFF and isinstance(value, int | float)
        else pick(answer_text(pack.question(key), value))
    )
