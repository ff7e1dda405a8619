"""The bureau's blind sample: drawing, assessors, results with their agreement, closing; the public list of draws."""

import datetime as dt
import uuid
from typing import Protocol

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.hours.rule_book import load_book
from bureau.hours.totals import list_lawyer_totals
from bureau.quality import draws, results
from tenants.audit import Actor
from tenants.clock import city_day, now
from tenants.database import Audience, Scope
from tenants.errors import Conflict, NotFound
from tenants.firms.admission import list_supervised
from webapp.edge.audiences import actor, audience, bureau_id, public_work, staff_scope, staff_work, year_asked
from webapp.edge.i18n import translate as _
from webapp.forms.bureau import AppointForm, DrawForm
from webapp.wording.hour_words import CONFLICTS

blueprint = Blueprint("samples", __name__)


class Step(Protocol):
    """What follows on a draw."""

    def __call__(
        self,
        session: Session,
        *,
        scope: Scope,
        bureau_id: uuid.UUID,
        draw_id: uuid.UUID,
        by: Actor,
        now: dt.datetime,
    ) -> object: ...


@blueprint.get("/quality-draws")
@audience(Audience.PUBLIC)
def published() -> str:
    """Every draw with its seed: whoever is told the population can draw it again."""
    with public_work() as work:
        return render_template("public/quality_draws.html", draws=draws.list_draws(work))


@blueprint.get("/bureau/hours/samples")
@audience(Audience.BUREAU, may="supervise")
def show() -> tuple[str, int]:
    return _page(DrawForm())


def _page(form: DrawForm, notice: str = "") -> tuple[str, int]:
    with staff_work() as work:
        _offer(form, work)
        assessors = {one.person_id for one in draws.list_assessors(work)}
        page = render_template(
            "bureau/hours/samples.html",
            draws=draws.list_draws(work, bureau_id()),
            form=form,
            lawyers=list_lawyer_totals(work, year=year_asked()),
            assessors=assessors,
            firms={one.id: one.name for one in list_supervised(work)},
            notice=notice,
        )
    return page, 409 if notice else form.status


def _offer(form: DrawForm, work: Session) -> None:
    form.offer(draws.list_drawable(work, bureau_id=bureau_id(), today=city_day(now())))


@blueprint.post("/bureau/hours/samples")
@audience(Audience.BUREAU, may="supervise")
def draw() -> Response | tuple[str, int]:
    form, scope = DrawForm(), staff_scope()
    try:
        with form.faults_of_domain(), staff_work() as work:
            _offer(form, work)
            if form.validate():
                draws.draw_sample(
                    work, scope=scope, bureau_id=bureau_id(), period=form.period.data, by=actor(), now=now()
                )
                return redirect(url_for("samples.show"))
    except Conflict as conflict:
        return _page(form, _(CONFLICTS[conflict.code]))
    return _page(form)


@blueprint.post("/bureau/hours/assessors/<uuid:person_id>")
@audience(Audience.BUREAU, may="supervise")
def appoint(person_id: uuid.UUID) -> Response:
    """Appoint a lawyer of the bureau's part as assessor, or let her go."""
    with staff_work() as work:
        found = [one for one in list_lawyer_totals(work, year=year_asked()) if one.lawyer_id == person_id]
        if not found:
            raise NotFound
        draws.appoint(
            work,
            bureau_id=bureau_id(),
            person_id=person_id,
            works_at=found[0].firm_id,
            name=found[0].lawyer_name,
            is_appointed=AppointForm().appointed.data == "yes",
            now=now(),
        )
    return redirect(url_for("samples.show"))


@blueprint.get("/bureau/hours/samples/<uuid:draw_id>")
@audience(Audience.BUREAU, may="supervise")
def one(draw_id: uuid.UUID) -> str:
    return _draw_page(draw_id)


def _draw_page(draw_id: uuid.UUID, notice: str | None = None) -> str:
    with staff_work() as work:
        row = draws.get_draw(work, bureau_id=bureau_id(), draw_id=draw_id)
        items = results.list_items(work, draw_id)
        closing = draws.preview_closing(work, row, items)
        names = load_book(work, bureau_id()).names()
    percent, kappa, count = results.agreement(items)
    return render_template(
        "bureau/hours/sample.html",
        draw=row,
        items=items,
        closing=closing,
        lacking=[item.lacking for item in items if item.entry.state == "sampled" and item.lacking],
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
    return _follow(draws.ask_again, draw_id)


@blueprint.post("/bureau/hours/samples/<uuid:draw_id>/close")
@audience(Audience.BUREAU, may="supervise")
def close(draw_id: uuid.UUID) -> Response | tuple[str, int]:
    return _follow(draws.close_draw, draw_id)


def _follow(step: Step, draw_id: uuid.UUID) -> Response | tuple[str, int]:
    scope = staff_scope()
    try:
        with staff_work() as work:
            step(work, scope=scope, bureau_id=bureau_id(), draw_id=draw_id, by=actor(), now=now())
    except Conflict as conflict:
        return _draw_page(draw_id, _(CONFLICTS[conflict.code])), 409
    return redirect(url_for("samples.one", draw_id=draw_id))
