"""What anyone may see of the statistics: the latest edition of each quarter, and how it is kept safe."""

from flask import Blueprint, render_template, request

from cloud.cells import DIMENSIONS, TOPIC, WITH, Cell
from cloud.ledger import find_cells, list_editions
from tenants.database import Audience
from webapp.audiences import audience, public_work

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> str:
    with public_work() as work:
        editions = list_editions(work)
        wanted = request.args.get("period", "")
        release = next((one for one in editions if one.period == wanted), editions[0] if editions else None)
        cells = find_cells(work, release.number) if release is not None else {}
    return render_template(
        "public/statistics.html",
        release=release,
        editions=editions,
        total=cells.get(()),
        districts=[(code, cells.get((("district", code),))) for code in DIMENSIONS["district"]],
        grades=[(grade, cells.get((("grade", grade),))) for grade in DIMENSIONS["grade"]],
        topics=_topics(cells),
    )


def _topics(cells: dict[Cell, int | None]) -> list[tuple[str, int | None]]:
    """Area of law → businesses with a finding there, most first; withheld ones last."""
    found = {
        cell[0][0].removeprefix(TOPIC): count
        for cell, count in cells.items()
        if len(cell) == 1 and cell[0][0].startswith(TOPIC) and cell[0][1] == WITH
    }
    return sorted(found.items(), key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
