"""Goals of a year by district and by firm, with what is reached."""

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.dashboard.goal_rules import DISTRICT, FIRM, KINDS, MOST_YEARS_AHEAD, share_of_year
from bureau.dashboard.goals import list_goals, set_goal
from cloud.releases.trends import read_year
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.districts import DISTRICTS
from tenants.firms.admission import list_supervised
from tenants.models import Bureau
from webapp.edge.audiences import actor, audience, bureau_id, public_work, staff_work
from webapp.edge.i18n import pick
from webapp.forms.steering import GoalForm

blueprint = Blueprint("goals", __name__, url_prefix="/bureau/goals")


@blueprint.get("")
@audience(Audience.BUREAU, may="supervise")
def show() -> tuple[str, int]:
    return _page(GoalForm())


def _page(form: GoalForm) -> tuple[str, int]:
    today = city_day(now())
    years = range(today.year - 1, today.year + MOST_YEARS_AHEAD + 1)
    asked = request.args.get("year", today.year, type=int)
    year = asked if asked in years else today.year
    with public_work() as work:
        published = read_year(work, year)
    with staff_work() as work:
        subjects = _subjects(work)
        lines = list_goals(work, year=year, published=published, now=now())
    form.subject.options = _options(subjects)
    if not form.is_submitted():
        form.year.data = max(year, today.year)
    page = render_template(
        "bureau/goals.html",
        year=year,
        years=years,
        passed=share_of_year(year, today),
        lines=lines,
        subjects=subjects,
        kinds=KINDS,
        form=form,
    )
    return page, form.status


def _options(subjects: dict[str, dict[str, dict[str, str]]]) -> list[tuple[str, object]]:
    return [(f"{kind}:{key}", pick(names)) for kind, held in subjects.items() for key, names in held.items()]


def _subjects(work: Session) -> dict[str, dict[str, dict[str, str]]]:
    """Firm and district → who is in this bureau's part of the tree → its names."""
    own = work.get_one(Bureau, bureau_id()).district
    firms = {str(one.id): {"zh-Hans": one.name, "en": one.name_en or one.name} for one in list_supervised(work)}
    return {DISTRICT: {code: DISTRICTS[code] for code in ([own] if own else DISTRICTS)}, FIRM: firms}


@blueprint.post("")
@audience(Audience.BUREAU, may="supervise")
def add() -> Response | tuple[str, int]:
    form = GoalForm()
    with staff_work() as work:
        form.subject.options = _options(_subjects(work))
        if form.validate():
            set_goal(work, bureau_id=bureau_id(), proposed=form.proposed(), by=actor(), now=now())
            return redirect(url_for("goals.show", year=form.year.data))
    return _page(form)
