"""The page of the queue, as it is shown and shown again; and what a search finds."""

import uuid
from dataclasses import asdict

from flask import render_template, request

from checkup.calls.calling import list_to_make
from checkup.desk import queue
from checkup.desk.filters import parse_filters
from tenants.clock import now
from webapp.edge.audiences import firm_id, staff, staff_work
from webapp.edge.installation import case_keys
from webapp.forms.lawyer import FilterForm, ViewForm

MOST_SOUGHT = 60


def show(form: ViewForm | None = None) -> tuple[str, int]:
    """Filtered as the address says, or the form that was refused."""
    filters, me = form.filters() if form else parse_filters(request.args), staff()
    with staff_work() as work:
        page = queue.read_page(
            work,
            firm_id=firm_id(),
            person_id=me.person_id,
            filters=filters,
            now=now(),
            signs="second_sign" in me.permissions,
            after=_after(),
        )
        views = queue.list_views(work, person_id=me.person_id)
        calls = list_to_make(work, firm_id=firm_id(), person_id=me.person_id, keys=case_keys(), now=now())
    form = form or ViewForm(data=asdict(filters))
    shown = render_template(
        "lawyer/queue.html",
        entries=page.entries,
        calls_to_make=calls,
        after=page.after,
        is_first=_after() is None,
        views=views,
        filters=filters,
        pickers=FilterForm(data=asdict(filters)).offer(),
        form=form,
        me=me.person_id,
    )
    return shown, form.status


def _after() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.args.get("after", ""))
    except ValueError:
        return None


def show_found() -> str:
    """By number, business, and for lawyers also by the names that owners told."""
    sought, me = request.args.get("q", "")[:MOST_SOUGHT].strip(), staff()
    keys = case_keys() if "review" in me.permissions else None
    with staff_work() as work:
        found = queue.search_cases(work, firm_id=firm_id(), words=sought, keys=keys, now=now())
    return render_template("lawyer/found.html", entries=found, sought=sought, me=me.person_id, most=queue.PAGE)
