"""What anyone may see of the statistics: the latest edition of each period, and how it is kept safe."""

from flask import Blueprint, render_template, request

from cloud.releases.ledger import list_cells, list_editions
from tenants.database import Audience
from webapp.edge.audiences import audience, public_work
from webapp.wording.figures import figures_of

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> str:
    with public_work() as work:
        editions = list_editions(work)
        wanted = request.args.get("period", "")
        release = next((one for one in editions if one.period == wanted), editions[0] if editions else None)
        cells = list_cells(work, release.number) if release is not None else {}
    figures = figures_of(release.period, cells) if release is not None else None
    return render_template("public/statistics.html", release=release, editions=editions, figures=figures)
