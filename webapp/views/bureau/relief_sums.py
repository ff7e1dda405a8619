"""What was let off and put off, for the bureau: against its budget, as it may list it case by case."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from billing.hardship.policies import list_policies, policy_of
from billing.waivers import sums
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
        "bureau/relief/sums.html",
        sums=found,
        add_up=sums.add_up,
        budgets=budgets,
        year=_year(),
        this_year=city_day(now()).year,
        grounds=grounds,
    )


@blueprint.get("/sums.csv")
@audience(Audience.BUREAU, may="supervise")
def totals_csv() -> Response:
    with staff_work() as work:
        found = sums.sum_up(work, year=_year())
    lines: list[list[object]] = [["kind", "dimension", "key", "waivers", "promised_yuan", "used_yuan"]]
    for kind, tables in (("waived", found.waived), ("deferred", found.deferred)):
        for dimension, groups in tables.items():
            for one in groups:
                money = [f"{minor / 100:.2f}" for minor in (one.promised_minor, one.used_minor)]
                lines.append([kind, dimension, one.key, one.count, *money])
    return csv_response(lines, f"famai-waivers-{_year()}.csv")
