"""The bureau's blind sample: drawing, assessors, results with their agreement, closing; the public list of draws."""

import uuid
from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.hours.rule_book import load_book
from bureau.hours.totals import list_lawyer_totals
from bureau.quality import draws, results
from bureau.quality.checklist import ended_periods
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import Conflict, Invalid, NotFound
from tenants.firms.admission import list_supervised
from webapp.edge.audiences import actor, audience, bureau_id, public_work, staff_scope, staff_work, year_asked
from webapp.edge.errors import fault_text
from webapp.edge.i18n import translate as _
from webapp.wording.hour_words import CONFLICTS

blueprint = Blueprint("samples", __name__)


@blueprint.get("/quality-draws")
@audience(Audience.PUBLIC)
def published() -> str:
    """Every draw with its seed: whoever is told the population can draw it again."""
    with public_work() as work:
        return render_template("public/quality_draws.html", draws=draws.list_draws(work))


@blueprint.get("/bureau/hours/samples")
@audience(Audience.BUREAU, may="supervise")
def show() -> str:
    return _page()


def _page(notice: str | None = None) -> str:
    with staff_work() as work:
        assessors = {one.person_id for one in draws.list_assessors(work)}
        return render_template(
            "bureau/hours/samples.html",
            draws=draws.list_draws(work, bureau_id()),
            periods=ended_periods(city_day(now())),
            lawyers=list_lawyer_totals(work, year=year_asked()),
            assessors=assessors,
            firms={one.id: one.name for one in list_supervised(work)},
            notice=notice,
        )


def _step(do: Callable[[Session], object], back: str, **where: uuid.UUID) -> Response | tuple[str, int]:
    try:
        with staff_work() as work:
            do(work)
    except Conflict as conflict:
        notice = _(CONFLICTS[conflict.code])
        return (_draw_page(where["draw_id"], notice) if where else _page(notice)), 409
    except Invalid as invalid:
        return _page(fault_text(invalid.faults[0])), 422
    return redirect(url_for(back, **where))


@blueprint.post("/bureau/hours/samples")
@audience(Audience.BUREAU, may="supervise")
def draw() -> Response | tuple[str, int]:
    period, scope = request.form.get("period", ""), staff_scope()
    return _step(
        lambda work: draws.draw_sample(work, scope=scope, bureau_id=bureau_id(), period=period, by=actor(), now=now()),
        "samples.show",
    )


@blueprint.post("/bureau/hours/assessors/<uuid:person_id>")
@audience(Audience.BUREAU, may="supervise")
def appoint(person_id: uuid.UUID) -> Response:
    """Appoint a lawyer of the bureau's part as assessor, or let her go."""
    with staff_work() as work:
        found = [one for one in list_lawyer_totals(work, year=year_asked()) if one.lawyer_id == person_id]
        if not found:
            raise NotFound
        facts = {"person_id": person_id, "works_at": found[0].firm_id, "name": found[0].lawyer_name}
        is_appointed = request.form.get("appointed") == "yes"
        draws.appoint(work, bureau_id=bureau_id(), is_appointed=is_appointed, now=now(), **facts)
    return redirect(url_for("samples.show"))


@blueprint.get("/bureau/hours/samples/<uuid:draw_id>")
@audience(Audience.BUREAU, may="supervise")
def one(draw_id: uuid.UUID) -> str:
    return _draw_page(draw_id)


def _draw_page(draw_id: uuid.UUID, notice: str | None = None) -> str:
    with staff_work() as work:
        row = draws.get_draw(work, bureau_id=bureau_id(), draw_id=draw_id)
        items = results.list_items(work, draw_id)
        names = load_book(work, bureau_id()).names()
    percent, kappa, count = results.agreement(items)
    return render_template(
        "bureau/hours/sample.html",
        draw=row,
        items=items,
        names=names,
        percent=percent,
        kappa=kappa,
        count=count,
        notice=notice,
    )


@blueprint.post("/bureau/hours/samples/<uuid:draw_id>/ask")
@audience(Audience.BUREAU, may="supervise")
def ask(draw_id: uuid.UUID) -> Response | tuple[str, int]:
    """Others in the place of those who declined."""
    scope = staff_scope()
    return _step(
        lambda work: draws.ask_again(work, scope=scope, bureau_id=bureau_id(), draw_id=draw_id, by=actor(), now=now()),
        "samples.one",
        draw_id=draw_id,
    )


@blueprint.post("/bureau/hours/samples/<uuid:draw_id>/close")
@audience(Audience.BUREAU, may="supervise")
def close(draw_id: uuid.UUID) -> Response | tuple[str, int]:
    scope = staff_scope()
    return _step(
        lambda work: draws.close_draw(work, scope=scope, bureau_id=bureau_id(), draw_id=draw_id, by=actor(), now=now()),
        "samples.one",
        draw_id=draw_id,
    )
