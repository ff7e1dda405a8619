"""Incident mode: the word above every page, the city read-only, a second operator, and the draft of the notice."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tenants.clock import now
from tenants.database import Audience
from tenants.errors import Conflict
from tenants.running import incidents
from tenants.running.models import Incident
from tenants.running.rules import ends_alone_at
from webapp.edge.audiences import actor, audience, staff, staff_work
from webapp.edge.i18n import translate as _
from webapp.edge.people_here import fresh
from webapp.forms.operator import IncidentForm, NoticeForm
from webapp.operating.incident_mode import look_anew

blueprint = Blueprint("incident", __name__, url_prefix="/operator/incident")


@blueprint.get("")
@audience(Audience.OPERATOR, may="operate")
def show() -> tuple[str, int]:
    return _page(IncidentForm())


def _page(form: IncidentForm, notice: NoticeForm | None = None, said: str = "") -> tuple[str, int]:
    with staff_work() as work:
        rows = incidents.list_incidents(work)
    standing = next((row for row in rows if incidents.is_in_force(row, now())), None)
    shown = standing or (rows[0] if rows else None)
    page = render_template(
        "operator/incident.html",
        standing=standing,
        ends_at=ends_alone_at(standing.opened_at, standing.agreed_at) if standing else None,
        shown=shown,
        before=[row for row in rows if row is not standing],
        me=staff(),
        form=form,
        notice=notice or (_notice_of(shown) if shown else None),
        said=said,
    )
    status = form.status if notice is None else notice.status
    return page, 409 if said else status


def _notice_of(row: Incident) -> NoticeForm:
    return NoticeForm(formdata=None, data={name: getattr(row, name) for name in incidents.NOTICE})


@blueprint.post("")
@audience(Audience.OPERATOR, may="operate")
@fresh
def begin() -> Response | tuple[str, int]:
    form = IncidentForm()
    if not form.validate():
        return _page(form)
    try:
        with staff_work() as work:
            incidents.open_incident(
                work,
                title=form.title.data,
                banner=form.banner.data,
                banner_en=form.banner_en.data,
                is_read_only=form.is_read_only.data,
                by=actor(),
                now=now(),
            )
    except Conflict:
        return _page(form, said=_("已经有一起事件在处理，请先结束它。"))
    look_anew()
    return redirect(url_for("incident.show"))


@blueprint.post("/<uuid:incident_id>/agree")
@audience(Audience.OPERATOR, may="operate")
@fresh
def second(incident_id: uuid.UUID) -> Response | tuple[str, int]:
    """A second operator stands behind it: it holds until it is ended."""
    try:
        with staff_work() as work:
            incidents.agree(work, incident_id=incident_id, by=actor(), now=now())
    except Conflict as conflict:
        is_own = conflict.code == "two_people"
        said = _("打开的人不能自己同意，请另一位同事来。") if is_own else _("它已经结束，或者已经有人同意了。")
        return _page(IncidentForm(formdata=None), said=said)
    look_anew()
    return redirect(url_for("incident.show"))


@blueprint.post("/<uuid:incident_id>/end")
@audience(Audience.OPERATOR, may="operate")
def end(incident_id: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            incidents.end(work, incident_id=incident_id, by=actor(), now=now())
    except Conflict:
        return _page(IncidentForm(formdata=None), said=_("它已经结束了。"))
    look_anew()
    return redirect(url_for("incident.show"))


@blueprint.post("/<uuid:incident_id>/notice")
@audience(Audience.OPERATOR, may="operate")
def write(incident_id: uuid.UUID) -> Response | tuple[str, int]:
    """What the notice to authorities and people says; changed as often as more is known."""
    with staff_work() as work:
        incidents.get_incident(work, incident_id)
    form = NoticeForm()
    if not form.validate():
        return _page(IncidentForm(formdata=None), form)
    with staff_work() as work:
        words = {name: form[name].data for name in incidents.NOTICE}
        incidents.write_notice(work, incident_id=incident_id, words=words)
    return redirect(url_for("incident.show", _anchor="notice"))
