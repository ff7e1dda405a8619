"""The bureau's first page: its numbers, each with its definition, its moment and its query one click away."""

import uuid

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from bureau.figures import FIGURES, LEAST_SHOWN
from bureau.home import count_figure, count_home, list_counted, query_values
from tenants.clock import now
from tenants.database import Audience
from tenants.districts import DISTRICTS
from webapp.audiences import audience, staff, staff_work
from webapp.downloads import csv_response
from webapp.i18n import pick

blueprint = Blueprint("bureau_home", __name__, url_prefix="/bureau")


def bureau_id() -> uuid.UUID:
    """The bureau at which the officer is at work."""
    return staff().bureau_id or abort(404)


@blueprint.get("/")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    with staff_work() as work:
        counted = list_counted(work, bureau_id())
        if not counted:  # a new bureau does not wait for the worker's next round
            count_home(work, bureau_id=bureau_id(), now=now())
            counted = list_counted(work, bureau_id())
    return render_template("bureau/home.html", counted=counted, least=LEAST_SHOWN, districts=DISTRICTS)


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
        least=LEAST_SHOWN,
        districts=DISTRICTS,
    )


@blueprint.get("/figures/<key>.csv")
@audience(Audience.BUREAU, may="supervise")
def figure_csv(key: str) -> Response:
    kind = FIGURES.get(key) or abort(404)
    with staff_work() as work:
        lines = count_figure(work, kind, query_values(work, bureau_id=bureau_id(), now=now()))
    rows: list[list[object]] = [[kind.label or "figure", "value"]]
    for line in lines:
        shown = f"<{LEAST_SHOWN}" if line.is_small else "" if line.is_withheld else line.value
        rows.append([line.label or pick(dict(kind.name)), shown])
    return csv_response(rows, f"famai-{key}.csv")
