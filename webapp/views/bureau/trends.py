"""Where which risks grow, from published counts alone: map, table over time, alerts."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request

from bureau.oversight.alerts import Alert, list_alerts
from bureau.parameters.in_force import get_value
from cloud.releases.trends import Period, read_quarters
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.districts import DISTRICTS
from webapp.edge.audiences import audience, bureau_id, public_work, staff_work
from webapp.edge.i18n import locale
from webapp.forms.bureau import TopicForm
from webapp.report_editions import topic_names

blueprint = Blueprint("trends", __name__, url_prefix="/bureau/trends")

# Where each district stands on the map: column and row of a square, roughly as they lie.
TILES = {
    "310151": (4, 0), "310114": (1, 1), "310113": (3, 1), "310107": (2, 2), "310106": (3, 2), "310109": (4, 2),
    "310110": (5, 2), "310118": (0, 2), "310105": (2, 3), "310101": (4, 3), "310115": (5, 3), "310117": (1, 3),
    "310104": (3, 3), "310112": (2, 4), "310120": (4, 4), "310116": (2, 5),
}  # fmt: skip
SHADES = 5


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    names = topic_names()["en" if locale() == "en" else "zh-Hans"]
    form = TopicForm(request.args)
    form.topic.options = list(names.items())
    topic = form.topic.data if form.topic.data in names else ""
    with public_work() as work:
        periods = read_quarters(work)
    with staff_work() as work:
        least = get_value(work, bureau_id=bureau_id(), key="alert_least", on=city_day(now()))
    return render_template(
        "bureau/trends.html",
        names=names,
        topic=topic,
        form=form,
        periods=periods,
        tiles=_tiles(periods[-1], topic) if periods else [],
        rows=[(code, [one.count(topic, code) for one in periods]) for code in DISTRICTS],
        totals=[one.count(topic) for one in periods],
        alerts=_alerts(periods, least),
        least=least,
    )


def _alerts(periods: Sequence[Period], least: int) -> list[Alert]:
    if len(periods) < 2:
        return []
    before, latest = periods[-2:]
    return list_alerts(before.by_topic_and_district(), latest.by_topic_and_district(), least=least)


def _tiles(period: Period, topic: str) -> list[tuple[str, int, int, int | None, int]]:
    """(district, column, row, count, shade): shade 0 is withheld, 1 the palest, 5 the darkest."""
    counts = {code: period.count(topic, code) for code in TILES}
    most = max((count for count in counts.values() if count), default=1)
    return [
        (code, column, row, counts[code], 0 if counts[code] is None else 1 + (SHADES - 1) * (counts[code] or 0) // most)
        for code, (column, row) in TILES.items()
    ]
