"""Whatever a lawyer saves on a case counts as activity: one hook, so that no view can forget it.

It works without JavaScript; with it the page also tells when it is in use (`static/activity.js`). After the signature
the trace becomes a suggestion at once.
"""

from flask import Flask, current_app, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bureau.hours.activity_trace import note_save
from bureau.hours.moves import Lawyer
from bureau.hours.suggestions import refresh_suggestions
from checkup.review.models import Review
from tenants.clock import city_day, now
from tenants.database import Audience
from tenants.errors import NotFound
from tenants.login.sessions import Staff
from webapp.edge.audiences import staff_work
from webapp.edge.people_here import current_staff

_BEAT = "hours.beat"


def init_app(app: Flask) -> None:
    app.after_request(_note)


def _note(response: Response) -> Response:
    who = _lawyer_who_saved(response)
    if who is not None and who.firm_id is not None:
        try:
            with staff_work() as work:
                _keep(work, Lawyer(who.firm_id, who.person_id, who.name))
        except NotFound:
            pass  # a case that is not open for review
    return response


def _lawyer_who_saved(response: Response) -> Staff | None:
    if request.method != "POST" or response.status_code >= 400 or request.endpoint in (None, _BEAT):
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "audience", None) is not Audience.FIRM or "checkup_id" not in (request.view_args or {}):
        return None
    who = current_staff()
    return who if who is not None and "review" in who.permissions else None


def _keep(work: Session, lawyer: Lawyer) -> None:
    checkup_id = (request.view_args or {})["checkup_id"]
    note_save(work, checkup_id=checkup_id, lawyer_id=lawyer.id, now=now())
    signed = select(Review.signed_at).where(Review.checkup_id == checkup_id, Review.lawyer_id == lawyer.id)
    if work.scalar(signed) is not None:
        refresh_suggestions(work, lawyer=lawyer, today=city_day(now()), now=now(), checkup_id=checkup_id)
