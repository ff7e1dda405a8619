"""The bureau's first page: its numbers, each with its definition, its moment and its query one click away."""

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from bureau.dashboard.home import count_figure, count_home, list_counted, query_values
from cloud.releases.home_figures import FIGURES
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.districts import DISTRICTS
from webapp.edge.audiences import audience, bureau_id, staff_work
from webapp.edge.downloads import csv_response
from webapp.edge.i18n import pick

blueprint = Blueprint("bureau_home", __name__, url_prefix="/bureau")


@blueprint.get("/")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    with staff_work() as work:
        counted = list_counted(work, FIGURES, bureau_id())
        if not counted:  # a new bureau does not wait for the worker's next round
            count_home(work, FIGURES, bureau_id=bureau_id(), now=now())
            counted = list_counted(work, FIGURES, bureau_id())
    return render_template("bureau/home.html", counted=counted, today=city_day(now()), districts=DISTRICTS)


@blueprint.get("/figures/<key>")
@audience(Audience.BUREAU, may="supervise")
def figure(key: str) -> str:
    """One figure, counted now."""
    kind = FIGURES.get(key) or abort(404)
    moment = now()
    with staff_work() as work:
        values = query_values(work, bureau_id=bureau_id(), now=moment)
        lines = count_figure(work, kind, values)
    used = {name: value for name, value in values.items() if f":{name}" in kind.sql}
    return render_template(
        "bureau/figure.html",
        kind=kind,
        counted=lines,
        values=used,
        counted_at=moment,
        districts=DISTRICTS,
    )


@blueprint.get("/figures/<key>.csv")
@audience(Audience.BUREAU, may="supervise")
def figure_csv(key: str) -> Response:
    kind = FIGURES.get(key) or abort(404)
    with staff_work() as work:
        lines = count_figure(work, kind, query_values(work, bureau_id=bureau_id(), now=now()))
    rows: list[list[object]] = [[kind.label or "figure", "value", "withheld", "period"]]
    rows += [
        [line.label or pick(dict(kind.name)), line.value, "yes" if line.is_withheld else "no", line.period]
        for line in lines
    ]
    return csv_response(rows, f"famai-{key}.csv")
