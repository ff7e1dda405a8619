"""The public interface to releases: numbered, immutable, so every answer has a lasting ETag."""

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from cloud.cubes.models import Release
from cloud.partners.service_listing import list_services
from cloud.releases.editions import rows_of, to_sdmx_csv
from cloud.releases.ledger import list_cells, list_releases
from tenants.database import Audience
from tenants.typed.numbers import whole_number
from webapp.edge.audiences import audience, public_work
from webapp.edge.installation import installation
from webapp.edge.limits import MOST_NUMBER
from webapp.openapi import DESCRIPTION

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
PAGE = 50
_SDMX = "application/vnd.sdmx.data+csv; version=2.0.0"


@blueprint.get("/")
@audience(Audience.PUBLIC)
def index() -> str:
    """The same description, to be read by people."""
    return render_template("public/interface.html", description=DESCRIPTION)


@blueprint.get("/openapi.json")
@audience(Audience.PUBLIC)
def openapi() -> Response:
    return jsonify(DESCRIPTION)


@blueprint.get("/services")
@audience(Audience.PUBLIC)
def services() -> Response:
    """Who offers what in the city now, how long one waits, and where one begins."""
    begin = installation().public_url
    with public_work() as work:
        found = list_services(work)
    return jsonify(services=[{**one.as_json(), "url": f"{begin}/f/{one.slug}/start?via=cloud"} for one in found])


@blueprint.get("/releases")
@audience(Audience.PUBLIC)
def releases() -> Response:
    """Oldest first; `after` is the last number one has."""
    after = number_after()
    with public_work() as work:
        rows = list_releases(work, after=after, most=PAGE)
    following = url_for("api.releases", after=rows[-1].number) if len(rows) == PAGE else None
    return jsonify(releases=[_summary(row) for row in rows], next=following)


def number_after() -> int:
    """The number of the last release that one has: what follows it is wanted."""
    after = whole_number(request.args.get("after", "0"), least=0, most=MOST_NUMBER)
    return abort(400) if after is None else after


def _summary(row: Release) -> dict[str, object]:
    return {
        "number": row.number,
        "period": row.period,
        "made_at": row.made_at.isoformat(timespec="seconds"),
        "threshold": row.threshold,
        "manifest_sha256": row.manifest_hash,
    }


def _find(number: int) -> Release:
    with public_work() as work:
        return work.get(Release, number) or abort(404)


def _lasting(response: Response, row: Release) -> Response:
    """A release never changes: the hash of its manifest names every form of it."""
    response.set_etag(row.manifest_hash)
    response.cache_control.public, response.cache_control.max_age = True, 31536000
    response.make_conditional(request)
    return response


@blueprint.get("/releases/<int:number>")
@audience(Audience.PUBLIC)
def manifest(number: int) -> Response:
    row = _find(number)
    return _lasting(Response(row.manifest, mimetype="application/json"), row)


@blueprint.get("/releases/<int:number>/cells.csv")
@audience(Audience.PUBLIC)
def cells_csv(number: int) -> Response:
    row = _find(number)
    with public_work() as work:
        cells = list_cells(work, number)
    return _lasting(Response(to_sdmx_csv(row.period, cells), content_type=_SDMX), row)


@blueprint.get("/releases/<int:number>/cells.json")
@audience(Audience.PUBLIC)
def cells_json(number: int) -> Response:
    row = _find(number)
    with public_work() as work:
        cells = list_cells(work, number)
    return _lasting(jsonify(cells=rows_of(row.period, cells)), row)
