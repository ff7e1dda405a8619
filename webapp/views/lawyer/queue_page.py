"""The page of the queue, as it is shown and shown again."""

from dataclasses import asdict

from flask import render_template, request

from checkup.desk import queue
from checkup.desk.filters import parse_filters
from tenants.clock import now
from webapp.edge.audiences import firm_id, staff, staff_work
from webapp.forms.lawyer import FilterForm, ViewForm


def show(form: ViewForm | None = None) -> tuple[str, int]:
    """Filtered as the address says, or the form that was refused."""
    filters, me = form.filters() if form else parse_filters(request.args), staff().person_id
    with staff_work() as work:
        entries = queue.list_queue(work, firm_id=firm_id(), person_id=me, filters=filters, now=now())
        views = queue.list_views(work, person_id=me)
    form = form or ViewForm(data=asdict(filters))
    page = render_template(
        "lawyer/queue.html",
        entries=entries,
        views=views,
        filters=filters,
        pickers=FilterForm(data=asdict(filters)).offer(),
        form=form,
        me=me,
    )
    return page, form.status
