"""The record of hours of somebody who has left her firm, by the link she was sent."""

import json

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from bureau.hours.rules import RuleBook
from bureau.recognition.pdf import render_record
from bureau.recognition.record_export import export_record
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.firms.directory import list_firms
from tenants.models import Person
from webapp.edge.audiences import audience, public_work
from webapp.edge.installation import installation
from webapp.edge.record_links import read_token
from webapp.wording.hour_words import STATES

blueprint = Blueprint("left_record", __name__, url_prefix="/record")


@blueprint.get("/<token>")
@audience(Audience.PUBLIC)
def show(token: str) -> Response | str:
    """The page, or with `?as=json` or `?as=pdf` the record itself: read in her own scope, at no firm."""
    person_id, kind = read_token(installation(), token), request.args.get("as", "")
    with public_work() as work:
        names = {firm.id: firm.name for firm in list_firms(work)}
    with unit_of_work(Scope(Audience.FIRM, person_id=person_id)) as work:
        person = work.get(Person, person_id) or abort(404)
        record = export_record(work, lawyer_id=person_id, lawyer_name=person.name, firm_names=names, now=now())
    if kind == "json":
        return Response(json.dumps(record, ensure_ascii=False, indent=2), mimetype="application/json")
    if kind == "pdf":
        words = {**STATES, **{code: one.name for code, one in RuleBook().names().items()}}
        return Response(render_record(record, words), mimetype="application/pdf")
    return render_template("public/left_record.html", record=record, token=token)
