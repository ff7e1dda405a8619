"""What waits for an officer, in words, and the page on which it is done; counted once in a request."""

from collections.abc import Sequence

from flask import Flask, g

from bureau.day.waiting import (
    ANOMALIES,
    APPLICATIONS,
    COMPLAINTS,
    EMERGENCIES,
    FIRM_REVIEWS,
    PARAMETERS,
    PARTNERS,
    POLICIES,
    RELIEF,
    SETTLEMENTS,
    TICKETS,
    Waiting,
    list_waiting,
)
from cloud.partners.tickets import count_to_route
from tenants.clock import city_day, now
from webapp.edge.audiences import bureau_id, staff, staff_work
from webapp.edge.i18n import translate as _

PAGES = {
    COMPLAINTS: "complaint_desk.show", APPLICATIONS: "bureau.firms", FIRM_REVIEWS: "bureau.firms",
    RELIEF: "waivers.queue", PARTNERS: "parks.index",
    ANOMALIES: "bureau_hours.anomalies", PARAMETERS: "parameters.show", POLICIES: "hardship.show",
    SETTLEMENTS: "purchases.index", EMERGENCIES: "emergency_mode.show", TICKETS: "tickets.bureau_index",
}  # fmt: skip
# Where the bar counts it: what has no place of its own there counts at the page that leads to it.
IN_BAR = {**PAGES, ANOMALIES: "bureau_hours.show", POLICIES: "waivers.queue"}
KINDS = {
    COMPLAINTS: "在办的投诉", APPLICATIONS: "律所的准入申请", FIRM_REVIEWS: "到了日子要再看的律所",
    PARTNERS: "合作单位的准入申请",
    RELIEF: "等决定的减免", ANOMALIES: "没有看过的工时异常",
    PARAMETERS: "等您批的参数", POLICIES: "等您批的减免办法", SETTLEMENTS: "等您批的结算",
    EMERGENCIES: "等您同意的应急模式", TICKETS: "等转办的工单",
}  # fmt: skip


def waits_here() -> Sequence[Waiting]:
    """Everything that waits for the officer who asks, the nearest clock first."""
    if "waits_here" not in g:
        today = city_day(now())
        with staff_work() as work:
            count, first = count_to_route(work)
            held = list_waiting(work, bureau_id=bureau_id(), me=staff().person_id, today=today)
        held = [*held, *([Waiting(TICKETS, count, first)] if count else [])]
        g.waits_here = sorted(held, key=lambda one: (one.first_due is None, one.first_due, one.kind))
    held_here: Sequence[Waiting] = g.waits_here
    return held_here


def kind_name(kind: str) -> str:
    return _(KINDS[kind])


def init_app(app: Flask) -> None:
    app.jinja_env.filters["waiting_name"] = kind_name
    app.jinja_env.globals.update(waits_here=waits_here, WAITING_PAGES=PAGES)
