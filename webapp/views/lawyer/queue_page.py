"""The page of the queue, as it is shown and shown again."""

from flask import render_template, request

from checkup.desk import queue
from checkup.desk.filters import parse_filters
from checkup.packs.catalogue import get_pack
from tenants.clock import now
from webapp.edge.audiences import firm_id, staff, staff_work
from webapp.wording.codes import PACK


def show(fault: str = "") -> str:
    """Filtered as the address or the form says."""
    filters, me = parse_filters(request.values), staff().person_id
    with staff_work() as work:
        entries = queue.list_queue(work, firm_id=firm_id(), person_id=me, filters=filters, now=now())
        views = queue.list_views(work, person_id=me)
    return render_template(
        "lawyer/queue.html",
        entries=entries,
        views=views,
        filters=filters,
        domains=get_pack(PACK).domains,
        fault=fault,
        me=me,
    )
