"""What was let off and put off, for the bureau: against its budget, small groups withheld."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from billing.hardship.policies import list_policies, policy_of
from billing.waivers import sums
from tenants.anonymity import LEAST_BEHIND
from tenants.clock import city_day, now
from tenants.database import Audience
from webapp.edge.audiences import audience, bureau_id, staff_work
from webapp.edge.downloads import csv_response

blueprint = Blueprint("relief_sums", __name__, url_prefix="/bureau/relief-sums")


def _year() -> int:
    year = request.args.get("year", city_day(now()).year, type=int)
    return year if 2000 <= year <= 9999 else abort(404)


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def totals() -> str:
    with staff_work() as work:
        rows = list_policies(work, bureau_id())
        found, budgets = sums.sum_up(work, year=_year()), sums.list_budgets(work, rows, year=_year())
    grounds = {rule.id: rule.name for row in rows for rule in policy_of(row.document).rules}
    return render_template(
        "bureau/relief/sums.html", sums=found, budgets=budgets, year=_year(), least=LEAST_BEHIND, grounds=grounds
    )


@blueprint.get("/sums.csv")
@audience(Audience.BUREAU, may="supervise")
def totals_csv() -> Response:
    """The same cells, withheld in the same way."""
    with staff_work() as work:
        found = sums.sum_up(work, year=_year())
    lines: list[list[object]] = [["kind", "dimension", "key", "waivers", "promised_yuan", "used_yuan", "withheld"]]
    for kind, tables in (("waived", found.waived), ("deferred", found.deferred)):
        for dimension, cells in tables.items():
            for cell in cells:
                hidden = ["", "", "", "yes"]
                shown = [cell.count, f"{cell.promised_minor / 100:.2f}", f"{cell.used_minor / 100:.2f}", "no"]
                lines.append([kind, dimension, cell.key, *(hidden if cell.is_withheld else shown)])
    return csv_response(lines, f"famai-waivers-{_year()}.csv")
