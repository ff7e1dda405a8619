"""The operator's page of connected parties: who is told, what arrived, what did not, and their keys."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from cloud.partners import feed, operator_view
from cloud.partners.clients import SCOPES, end_tokens, give_credentials
from cloud.partners.models import Subscriber
from tenants.clock import now
from tenants.database import Audience
from tenants.errors import FieldFault, NotFound
from tenants.models import Provider
from tenants.providers.directory import list_serving
from webapp.edge.audiences import audience, staff_work
from webapp.edge.installation import installation
from webapp.edge.people_here import fresh
from webapp.forms.fields import as_uuid
from webapp.forms.operator import ActiveForm, CredentialsForm, PartnerForm

blueprint = Blueprint("parties", __name__, url_prefix="/operator/parties")


@blueprint.get("")
@audience(Audience.OPERATOR, may="operate")
def index() -> tuple[str, int]:
    return _index(PartnerForm())


def _index(form: PartnerForm) -> tuple[str, int]:
    with staff_work() as work:
        rows = operator_view.list_parties(work)
        form.offer(list_serving(work))
    return render_template("operator/parties.html", parties=rows, form=form), form.status


@blueprint.post("")
@audience(Audience.OPERATOR, may="operate")
def add() -> str | tuple[str, int]:
    """The secret is shown once, on the page that answers."""
    form = PartnerForm()
    with staff_work() as work:
        form.offer(list_serving(work))
    if not form.validate():
        return _index(form)
    try:
        with staff_work() as work:
            row, secret = feed.add_subscriber(
                work,
                name=form.name.data,
                url=form.url.data,
                source=form.source.data,
                provider_id=as_uuid(form.body.data),
                master=installation().master_key,
                now=now(),
            )
    except IntegrityError:
        form.refuse(FieldFault("name", "taken"))
        return _index(form)
    return _page(row.id, {"signing": secret}), 201


@blueprint.get("/<uuid:party_id>")
@audience(Audience.OPERATOR, may="operate")
def party(party_id: uuid.UUID) -> str:
    return _page(party_id, {})


def _page(party_id: uuid.UUID, secrets: dict[str, str]) -> str:
    with staff_work() as work:
        row = _find(work, party_id)
        client = operator_view.find_client(work, row.id)
        body = work.get(Provider, row.provider_id) if row.provider_id else None
        form = CredentialsForm(formdata=None, data={"scope": client.scopes.split() if client else tuple(SCOPES)})
        return render_template(
            "operator/party.html",
            party=row,
            body=body,
            client=client,
            tokens=operator_view.count_tokens(work, client.id, now()) if client else 0,
            deliveries=operator_view.list_deliveries(work, row.id),
            notices=operator_view.list_notices(work, row.id),
            form=form,
            secrets=secrets,
        )


def _find(work: Session, party_id: uuid.UUID) -> Subscriber:
    return work.get(Subscriber, party_id) or _gone()


def _gone() -> Subscriber:
    raise NotFound


@blueprint.post("/<uuid:party_id>/secret")
@audience(Audience.OPERATOR, may="operate")
@fresh
def rotate(party_id: uuid.UUID) -> str:
    with staff_work() as work:
        secret = feed.rotate_secret(work, name=_find(work, party_id).name, master=installation().master_key, now=now())
    return _page(party_id, {"signing": secret})


@blueprint.post("/<uuid:party_id>/credentials")
@audience(Audience.OPERATOR, may="operate")
@fresh
def credentials(party_id: uuid.UUID) -> str:
    """New credentials for the interface with the scopes that are ticked; tokens given before end."""
    form = CredentialsForm()
    form.validate()  # what is no scope is given to nobody
    scopes = " ".join(scope for scope in SCOPES if scope in form.scope.data)
    with staff_work() as work:
        client, secret = give_credentials(work, subscriber_id=_find(work, party_id).id, scopes=scopes, now=now())
        end_tokens(work, client.id)
    return _page(party_id, {"client": secret})


@blueprint.post("/<uuid:party_id>/replay")
@audience(Audience.OPERATOR, may="operate")
def replay(party_id: uuid.UUID) -> Response:
    with staff_work() as work:
        feed.replay_dead(work, _find(work, party_id).name, now())
    return redirect(url_for("parties.party", party_id=party_id))


@blueprint.post("/<uuid:party_id>/active")
@audience(Audience.OPERATOR, may="operate")
def switch(party_id: uuid.UUID) -> Response:
    """Stop or resume the calls; a party that is stopped gets no token either."""
    with staff_work() as work:
        operator_view.set_active(work, _find(work, party_id), ActiveForm().active.data == "yes", now())
    return redirect(url_for("parties.party", party_id=party_id))
